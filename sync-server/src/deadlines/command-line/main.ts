import { z } from 'zod'
import { type Language, say } from '../../../../src-shared/words/words.ts'
import { type Asked, languageOf, readArguments } from './arguments.ts'
import { answerBatch } from './batch.ts'
import { type CalendarClock, openCalendarClock } from './calendar-clock.ts'
import { readCalendarFile } from './calendar-file.ts'
import { between, due } from './one-answer.ts'
import { CommandProblem } from './trouble.ts'

const { stdin, stdout, stderr, env } = process
const args = process.argv.slice(2)
const language = languageOf(args, env)

/** Answers on stdout, what is wrong on stderr; exit code 1 for what was given, 2 for how it was asked. */
async function main(): Promise<void> {
  // Also what a library finds wrong is said in the language of the rest of the sentence.
  if (language === 'vi') z.config(z.locales.vi())
  const asked = readArguments(args, language)
  if (asked === 'help') stdout.write(`${say(language, 'clock.usage')}\n`)
  else if (asked.command === 'verify') await verify(asked.file)
  else if (asked.command === 'what-if') await tryRules(asked)
  else await answer(asked, openCalendar(asked, language))
}

async function answer({ command, options }: Asked, clock: CalendarClock): Promise<void> {
  if (command === 'batch') await answerBatch(clock, stdin, stdout, language)
  else print(command === 'due' ? due(clock, options, language) : between(clock, options, language))
}

/** Loaded when asked for: the schemas of all events of a case take longer to set up than a due instant to be told. */
async function verify(file: string): Promise<void> {
  const { verifyFile } = await import('./verify.ts')
  process.exitCode = verifyFile(file, folder(), language, stdout, stderr)
}

/** Loaded when asked for, for the same reason. */
async function tryRules({ options }: Asked): Promise<void> {
  const { whatIf } = await import('./what-if.ts')
  print(await whatIf(options, folder(), language))
}

function openCalendar({ options }: Asked, language: Language): CalendarClock {
  return openCalendarClock(readCalendarFile(options.calendar ?? '', folder(), language))
}

/** One line for a program, several for a person at a terminal. */
function print(json: object): void {
  stdout.write(`${JSON.stringify(json, null, stdout.isTTY ? 2 : 0)}\n`)
}

/** npm runs a script in the project's folder, wherever the person who types a file's name stands. */
function folder(): string {
  return (env.npm_lifecycle_event === 'clock' ? env.INIT_CWD : undefined) ?? process.cwd()
}

// Whoever reads may stop reading: `… | head` is no failure.
stdout.on('error', (failure: NodeJS.ErrnoException) => {
  if (failure.code === 'EPIPE') process.exit(0)
  throw failure
})

main().catch((failure: unknown) => {
  const isProblem = failure instanceof CommandProblem
  stderr.write(`${isProblem ? failure.message : failure instanceof Error ? failure.stack : String(failure)}\n`)
  process.exitCode = isProblem ? failure.exitCode : 1
})
