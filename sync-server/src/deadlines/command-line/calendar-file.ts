import { readFileSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, resolve } from 'node:path'
import { type Calendar, parseCalendar } from '../../../../src-shared/deadlines/calendar.ts'
import { type CalendarChain, chainOf } from '../../../../src-shared/deadlines/calendar-chain.ts'
import { calendarProblemWords } from '../../../../src-shared/deadlines/calendar-problem-words.ts'
import type { CalendarProblem } from '../../../../src-shared/deadlines/calendar-problems.ts'
import { type Language, say } from '../../../../src-shared/words/words.ts'
import { CommandProblem } from './trouble.ts'

/**
 * A calendar file, and beside it, as `<id>.json`, those it inherits from.
 * @throws CommandProblem that says of every mistake the file, the place in it and the reason.
 */
export function readCalendarFile(file: string, folder: string, language: Language): CalendarChain {
  const calendars = new Map<string, Calendar>()
  const files = new Map<string, string>()
  const read = (shown: string): Calendar => {
    const parsed = parseCalendar(readJsonFile(shown, folder, language), shown)
    if (!parsed.ok) throw problemsOf(parsed.problems, language)
    calendars.set(parsed.calendar.id, parsed.calendar)
    files.set(parsed.calendar.id, shown)
    return parsed.calendar
  }

  const first = read(file)
  let calendar = first
  while (calendar.inherits !== null && !calendars.has(calendar.inherits)) {
    const wanted = calendar.inherits
    const beside = join(dirname(file), `${basename(wanted)}.json`)
    calendar = read(beside)
    if (calendar.id !== wanted) {
      throw new CommandProblem([say(language, 'clock.parent-other-id', { file: beside, id: calendar.id, wanted })])
    }
  }
  const resolved = chainOf(first.id, calendars)
  if (resolved.ok) return resolved.chain
  // A chain speaks of ids; whoever has to mend it needs the file.
  const inFiles = resolved.problems.map((each) => ({
    ...each,
    path: each.path.replace(/^[^:]+/, (id) => files.get(id) ?? id),
  }))
  throw problemsOf(inFiles, language)
}

/** @throws CommandProblem for a file that cannot be read or is not JSON, with the line and column where it breaks off. */
export function readJsonFile(file: string, folder: string, language: Language): unknown {
  let text: string
  try {
    text = readFileSync(isAbsolute(file) ? file : resolve(folder, file), 'utf8')
  } catch (failure) {
    const reason = (failure as NodeJS.ErrnoException).code ?? String(failure)
    const key = reason === 'ENOENT' ? 'clock.no-file' : 'clock.unreadable-file'
    throw new CommandProblem([say(language, key, { file, reason })])
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (failure) {
    const [, line, column] = /line (\d+) column (\d+)/.exec((failure as Error).message) ?? []
    const place = line === undefined ? '' : ` ${say(language, 'config.json-place', { line, column: column! })}:`
    throw new CommandProblem([`${file}:${place} ${say(language, 'clock.not-json')}`])
  }
}

function problemsOf(problems: readonly CalendarProblem[], language: Language): CommandProblem {
  return new CommandProblem(problems.map((each) => `${each.path}: ${calendarProblemWords(language, each)}`))
}
