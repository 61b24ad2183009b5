import { IconAlertOctagonFilled, IconAlertTriangle, IconCircleCheck, IconClock } from '@tabler/icons-react'
import type { Consult } from '../../src-shared/cases/case.ts'
import { useNow } from '../session/now.ts'
import { useSession } from '../session/session-store.ts'
import { Signal } from '../ui/Signal.tsx'
import { opinionTime } from './opinion-time.ts'

const looks = {
  calm: { tone: 'calm', Icon: IconClock },
  soon: { tone: 'soon', Icon: IconAlertTriangle },
  late: { tone: 'late', Icon: IconAlertOctagonFilled },
  stopped: { tone: 'quiet', Icon: IconClock },
  done: { tone: 'quiet', Icon: IconCircleCheck },
} as const

/** #33: how long the asked agency has left, or how late it is, in its own working time. */
export function OpinionChip({ consult }: { consult: Consult }) {
  const now = useNow(60)
  const workingTime = useSession((session) => session.hours)?.ofAgency(consult.agencyId)
  if (workingTime === undefined) return null
  const { tone, text } = opinionTime(consult, workingTime, now)
  if (text === '') return null
  const { tone: signal, Icon } = looks[tone]
  return (
    <Signal tone={signal} icon={<Icon size={13} aria-hidden="true" />}>
      {text}
    </Signal>
  )
}
