import type { CaseState } from '../../src-shared/cases/case.ts'
import { letterDueAt, letterSoonMs } from '../../src-shared/cases/case-proof.ts'
import type { ClockView } from '../../src-shared/cases/views.ts'
import { fromIso } from '../../src-shared/deadlines/instants.ts'
import type { Say } from '../session/words.ts'
import type { Chip } from './chip.ts'
import { shortTime } from './times.ts'

/** A letter whose deadline still runs (#4). */
export interface RunningLetter {
  readonly number: string
  /** ISO. */
  readonly dueAt: string
}

export function runningLetter(state: Pick<CaseState, 'external' | 'stage'>): RunningLetter | null {
  const { external } = state
  return letterDueAt(state) === null ? null : { number: external!.number, dueAt: external!.dueAt! }
}

/** #4: two deadlines may run at once; the earlier one is shown, and said to be whose. Lateness of ours hides behind nothing (#22). */
export function isLetterFirst(
  clock: Pick<ClockView, 'state' | 'dueAt' | 'isLate'> | null,
  letter: RunningLetter,
): boolean {
  if (clock?.isLate) return false
  const isOursRunning = clock !== null && clock.state === 'running' && clock.dueAt !== null
  return !isOursRunning || fromIso(letter.dueAt) < fromIso(clock.dueAt!)
}

/** The letter's deadline as a chip. It counts calendar time: whoever wrote it does not know our hours. */
export function letterChip({ dueAt }: RunningLetter, now: number, say: Say): Chip {
  const left = fromIso(dueAt) - now
  const due = say('external.dueShort', { at: shortTime(dueAt, now) })
  if (left < 0) return { tone: 'late', text: say('external.short', { words: `${say('external.past')}, ${due}` }) }
  return { tone: left <= letterSoonMs ? 'soon' : 'calm', text: say('external.short', { words: due }) }
}
