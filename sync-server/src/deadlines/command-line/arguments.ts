import { type Language, say } from '../../../../src-shared/words/words.ts'
import { CommandProblem, type Trouble, troubleWords } from './trouble.ts'

const COMMANDS = {
  due: { needed: ['calendar', 'from', 'hours'], allowed: ['as-known-at'] },
  between: { needed: ['calendar', 'from', 'to'], allowed: ['as-known-at'] },
  batch: { needed: ['calendar'], allowed: [] },
  verify: { needed: [], allowed: [] },
  'what-if': { needed: ['cases'], allowed: ['focal-hours', 'head-hours', 'reading', 'calendar'] },
} as const

type CommandName = keyof typeof COMMANDS
type Option = 'calendar' | 'from' | 'to' | 'hours' | 'as-known-at' | 'cases' | 'focal-hours' | 'head-hours' | 'reading'

export interface Asked {
  readonly command: CommandName
  /** Every option that the command needs is there. */
  readonly options: Readonly<Partial<Record<Option, string>>>
  /** Of `verify`. */
  readonly file: string
}

/** @throws CommandProblem with the usage (exit code 2) for what cannot be asked. */
export function readArguments(args: readonly string[], language: Language): Asked | 'help' {
  const refuse = (trouble: Trouble): never => {
    throw new CommandProblem([troubleWords(language, trouble), say(language, 'clock.usage')], 2)
  }
  const { options, words, isHelp } = parse(args, refuse)
  if (isHelp) return 'help'
  const [command = '', ...files] = words
  if (!Object.hasOwn(COMMANDS, command)) return refuse({ key: 'clock.usage-command', params: { command } })
  const { needed, allowed } = COMMANDS[command as CommandName]
  for (const option of needed) {
    if (!options[option]) refuse({ key: 'clock.usage-missing', params: { option: `--${option}` } })
  }
  for (const option of Object.keys(options)) {
    if ([...needed, ...allowed].some((each) => each === option)) continue
    refuse({ key: 'clock.usage-unknown', params: { option: `--${option}` } })
  }
  const [file = ''] = files
  if (command === 'verify' && files.length !== 1) refuse({ key: 'clock.usage-file' })
  if (command !== 'verify' && files.length > 0) refuse({ key: 'clock.usage-unknown', params: { option: file } })
  return { command: command as CommandName, options, file }
}

/** Vietnamese, unless English is asked for or the system speaks it. Looked up before anything can be wrong. */
export function languageOf(args: readonly string[], env: NodeJS.ProcessEnv): Language {
  const at = args.findIndex((each) => each === '--lang' || each.startsWith('--lang='))
  const asked = at < 0 ? undefined : args[at] === '--lang' ? args[at + 1] : args[at]!.slice('--lang='.length)
  if (asked === 'vi' || asked === 'en') return asked
  return (env.LC_ALL || env.LC_MESSAGES || env.LANG || '').startsWith('en') ? 'en' : 'vi'
}

const OPTIONS: readonly string[] = [
  ...Object.values(COMMANDS).flatMap(({ needed, allowed }) => [...needed, ...allowed]),
  'lang',
]

/** `--from X` or `--from=X`. A value may begin with one hyphen, as a negative amount does; the standard parser takes none. */
function parse(args: readonly string[], refuse: (trouble: Trouble) => never) {
  const options: Partial<Record<Option, string>> = {}
  const words: string[] = []
  let isHelp = false
  for (let i = 0; i < args.length; i += 1) {
    const arg = args[i]!
    const [, name, given] = /^--([^=]*)(?:=(.*))?$/s.exec(arg) ?? []
    if (arg === '--help' || arg === '-h') isHelp = true
    else if (name === undefined) words.push(arg)
    else if (!OPTIONS.includes(name)) refuse({ key: 'clock.usage-unknown', params: { option: arg } })
    else {
      const next = args[i + 1]
      const value = given ?? (next?.startsWith('--') ? undefined : next)
      if (value === undefined) return refuse({ key: 'clock.usage-missing', params: { option: `${arg} …` } })
      if (given === undefined) i += 1
      if (name !== 'lang') options[name as Option] = value
    }
  }
  return { options, words, isHelp }
}
