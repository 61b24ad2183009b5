import type { ClockView } from '../../src-shared/cases/views.ts'
import { ChipSignal } from '../deadlines/ChipSignal.tsx'
import { chipOf } from '../deadlines/chip.ts'
import { useNow } from './now.ts'
import { useSlips } from './slips.ts'
import { tell } from './words.ts'

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
  return (
    <ChipSignal tone={chip.tone} iconSize={15}>
      {isUnread ? spoken : chip.text}
    </ChipSignal>
  )
}
