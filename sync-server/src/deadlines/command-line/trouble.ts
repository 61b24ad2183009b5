import { type Language, say, type WordKey, type WordParams } from '../../../../src-shared/words/words.ts'

/** Why a question has no answer: a value, because in a batch the next line goes on. */
export interface Trouble {
  readonly key: WordKey
  readonly params?: WordParams
}

export function troubleWords(language: Language, { key, params = {} }: Trouble): string {
  const { why } = params
  if (why === undefined) return say(language, key, params)
  return say(language, key, { ...params, why: say(language, `calendar-problem.why.${why}` as WordKey) })
}

/** What ends the whole command: its lines on stderr, and the exit code 1 (what was given is wrong) or 2 (wrongly asked). */
export class CommandProblem extends Error {
  readonly exitCode: 1 | 2

  constructor(lines: readonly string[], exitCode: 1 | 2 = 1) {
    super(lines.join('\n'))
    this.exitCode = exitCode
  }
}
