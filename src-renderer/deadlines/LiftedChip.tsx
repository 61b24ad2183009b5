import { IconFileCheck } from '@tabler/icons-react'
import type { CaseState } from '../../src-shared/cases/case.ts'
import { useSay } from '../session/words.ts'
import { Signal } from '../ui/Signal.tsx'

/** D14: stands beside the word "trễ hạn", never in its place. */
export function LiftedChip({ lift }: { lift: Pick<NonNullable<CaseState['lateLift']>, 'number'> | null }) {
  const say = useSay()
  if (lift === null) return null
  return (
    <Signal tone="calm" icon={<IconFileCheck size={13} aria-hidden="true" />}>
      {say('late.lifted', { number: lift.number })}
    </Signal>
  )
}
