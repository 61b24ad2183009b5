import {
  IconAlertOctagonFilled,
  IconAlertTriangle,
  IconCircleCheck,
  IconClock,
  IconPlayerPause,
} from '@tabler/icons-react'
import type { ClockView } from '../../src-shared/cases/views.ts'
import { chipOf } from '../deadlines/chip.ts'
import { Signal } from '../ui/Signal.tsx'
import { useNow } from './now.ts'
import { useSlips } from './slips.ts'
import { tell } from './words.ts'

const icons = {
  calm: IconClock,
  soon: IconAlertTriangle,
  late: IconAlertOctagonFilled,
  stopped: IconPlayerPause,
  done: IconCircleCheck,
} as const
const tones = { calm: 'calm', soon: 'soon', late: 'late', stopped: 'quiet', done: 'quiet' } as const

/**
 * The deadline counting down in working time; colour, shape and word say the same.
 * @param spoken the server's words for it, for who has no calendars here
 */
export function DeadlineLine({ clock, spoken }: { clock: ClockView; spoken?: string }) {
  const now = useNow()
  const book = useSlips((slips) => slips.book)
  const soon = useSlips((slips) => slips.soon)
  const workingTime = book?.ids.includes(clock.calendarId) ? book.workingTime(clock.calendarId) : null
  const chip = chipOf(clock, now, workingTime, soon, tell)
  const isUnread = workingTime === null && clock.state !== 'ended' && clock.dueAt !== null
  if (isUnread && !spoken) return null
  const Icon = icons[chip.tone]
  return (
    <Signal tone={tones[chip.tone]} icon={<Icon size={15} aria-hidden="true" />}>
      {isUnread ? spoken : chip.text}
    </Signal>
  )
}
