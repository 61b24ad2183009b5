import { clockView } from '../../src-shared/cases/case-clock.ts'
import { instantWords } from '../../src-shared/deadlines/spoken.ts'
import { say } from '../../src-shared/words/words.ts'
import type { SettledCase } from './register-copy.ts'
import type { Rules } from './rules.ts'

/**
 * What the register changed in what this desk had shown: the agent told a citizen a time, and must know if it moved.
 * @returns sentences for a person; none when the prediction came true.
 */
export function differencesOf({ before, after }: SettledCase, rules: Rules, now: number): string[] {
  const sentences: string[] = []
  const shown = clockView(before, rules.hours, now, true)
  const confirmed = clockView(after, rules.hours, now, false)
  if (confirmed?.dueAt && shown?.dueAt && confirmed.dueAt !== shown.dueAt) {
    sentences.push(
      say('vi', 'difference.due', {
        from: instantWords(Date.parse(shown.dueAt)),
        to: instantWords(Date.parse(confirmed.dueAt)),
        received: instantWords(Date.parse(confirmed.startedAt)),
      }),
    )
  }
  if (before.stage !== after.stage) {
    sentences.push(
      say('vi', 'difference.stage', {
        from: say('vi', `stage.${before.stage}`),
        to: say('vi', `stage.${after.stage}`),
      }),
    )
  }
  return sentences
}
