import { Tooltip } from '@mantine/core'
import {
  IconAlertOctagonFilled,
  IconAlertTriangle,
  IconCircleCheck,
  IconClock,
  IconPlayerPause,
} from '@tabler/icons-react'
import type { ClockView } from '../../src-shared/cases/views.ts'
import { fromIso } from '../../src-shared/deadlines/instants.ts'
import { soonSecondsOf } from '../../src-shared/deadlines/soon.ts'
import { instantWords } from '../../src-shared/deadlines/spoken.ts'
import { useNow } from '../session/now.ts'
import { useSession } from '../session/session-store.ts'
import { useSay } from '../session/words.ts'
import { Signal, type Tone } from '../ui/Signal.tsx'
import { type ChipTone, chipOf } from './chip.ts'

const icons = {
  calm: IconClock,
  soon: IconAlertTriangle,
  late: IconAlertOctagonFilled,
  stopped: IconPlayerPause,
  done: IconCircleCheck,
} as const
const tones: Record<ChipTone, Tone> = { calm: 'calm', soon: 'soon', late: 'late', stopped: 'quiet', done: 'quiet' }

/** The deadline, counting in working time; colour, shape and word say the same. `isNamed` where a letter has its own (#4). */
export function DeadlineChip({ clock, isNamed = false }: { clock: ClockView; isNamed?: boolean }) {
  const say = useSay()
  const now = useNow(clock.state === 'running' ? 5 : 3600)
  const hours = useSession((session) => session.hours)
  const policy = useSession((session) => session.policy)
  const workingTime = hours?.book.workingTime(clock.calendarId) ?? null
  const chip = chipOf(clock, now, workingTime, soonSecondsOf(policy), say)
  const due =
    clock.dueAt === null ? say('deadline.none') : say('deadline.dueAt', { at: instantWords(fromIso(clock.dueAt)) })
  const Icon = icons[chip.tone]
  const said = clock.isProvisional ? `${chip.text} · ${say('deadline.provisional')}` : chip.text
  return (
    <Tooltip label={due}>
      <span>
        <Signal tone={tones[chip.tone]} icon={<Icon size={13} aria-hidden="true" />}>
          {isNamed ? say('chip.ours', { words: said }) : said}
        </Signal>
      </span>
    </Tooltip>
  )
}
