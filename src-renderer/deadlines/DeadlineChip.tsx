import { Tooltip } from '@mantine/core'
import type { ClockView } from '../../src-shared/cases/views.ts'
import { fromIso } from '../../src-shared/deadlines/instants.ts'
import { soonSecondsOf } from '../../src-shared/deadlines/soon.ts'
import { instantWords } from '../../src-shared/deadlines/spoken.ts'
import { useNow } from '../session/now.ts'
import { useSession } from '../session/session-store.ts'
import { useSay } from '../session/words.ts'
import { ChipSignal } from './ChipSignal.tsx'
import { chipOf } from './chip.ts'

interface Props {
  clock: ClockView
  /** Where a letter has its own (#4). */
  isNamed?: boolean
  /** Not where the row says it of all that is in it. */
  saysReckoned?: boolean
}

/** The deadline, counting in working time; colour, shape and word say the same. */
export function DeadlineChip({ clock, isNamed = false, saysReckoned = true }: Props) {
  const say = useSay()
  const now = useNow(clock.state === 'running' ? 5 : 3600)
  const hours = useSession((session) => session.hours)
  const policy = useSession((session) => session.policy)
  const workingTime = hours?.book.workingTime(clock.calendarId) ?? null
  const chip = chipOf(clock, now, workingTime, soonSecondsOf(policy), say)
  const due =
    clock.dueAt === null ? say('deadline.none') : say('deadline.dueAt', { at: instantWords(fromIso(clock.dueAt)) })
  const said = clock.isProvisional && saysReckoned ? `${chip.text} · ${say('deadline.provisional')}` : chip.text
  return (
    <Tooltip label={due}>
      <span>
        <ChipSignal tone={chip.tone} iconSize={13}>
          {isNamed ? say('chip.ours', { words: said }) : said}
        </ChipSignal>
      </span>
    </Tooltip>
  )
}
