import { IconAlertTriangle, IconCloudUp } from '@tabler/icons-react'
import type { CaseRow } from '../../src-shared/cases/views.ts'
import { useSay } from '../session/words.ts'
import { Signal } from '../ui/Signal.tsx'

/**
 * What the register does not have yet, or has refused; of what it has, nothing need be said. `isDueReckoned` where the deadline
 * beside it has no room to say that it is reckoned here.
 */
export function SyncChip({ sync, isDueReckoned = false }: { sync: CaseRow['sync']; isDueReckoned?: boolean }) {
  const say = useSay()
  if (sync === 'confirmed') return null
  const isRefused = sync === 'attention'
  const Icon = isRefused ? IconAlertTriangle : IconCloudUp
  return (
    <Signal tone={isRefused ? 'late' : 'quiet'} icon={<Icon size={13} aria-hidden="true" />}>
      {isDueReckoned ? say('sync.dueReckoned', { state: say(`sync.${sync}`) }) : say(`sync.${sync}`)}
    </Signal>
  )
}
