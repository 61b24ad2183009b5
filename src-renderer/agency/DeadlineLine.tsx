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

/** The deadline counting down in working time; colour, shape and word say the same. */
export function DeadlineLine({ clock }: { clock: ClockView }) {
  const now = useNow()
  const book = useSlips((slips) => slips.book)
  const soon = useSlips((slips) => slips.soon)
  const workingTime = book?.ids.includes(clock.calendarId) ? book.workingTime(clock.calendarId) : null
  const chip = chipOf(clock, now, workingTime, soon, tell)
  const Icon = icons[chip.tone]
  return (
    <Signal tone={tones[chip.tone]} icon={<Icon size={15} aria-hidden="true" />}>
      {chip.text}
    </Signal>
  )
}
