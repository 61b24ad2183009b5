import type { ClockView } from '../../src-shared/cases/views.ts'
import { DeadlineChip } from './DeadlineChip.tsx'
import { LetterChip } from './LetterChip.tsx'
import { isLetterFirst, type RunningLetter } from './letter.ts'

/** #4: of our deadline and the letter's the earlier, and whose it is; without a letter simply ours. */
export function EarlierChip({
  clock,
  letter,
  saysReckoned,
}: {
  clock: ClockView | null
  letter: RunningLetter | null
  saysReckoned: boolean
}) {
  if (letter !== null && isLetterFirst(clock, letter)) return <LetterChip letter={letter} />
  return clock === null ? null : <DeadlineChip clock={clock} isNamed={letter !== null} saysReckoned={saysReckoned} />
}
