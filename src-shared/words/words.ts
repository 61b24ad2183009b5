import { enAgency, viAgency } from './agency.ts'
import { enBackup, viBackup } from './backup.ts'
import { enCalendarProblems, viCalendarProblems } from './calendar-problems.ts'
import { enCases, viCases } from './cases.ts'
import { enClockCommand, viClockCommand } from './clock-command.ts'
import { enConsole, viConsole } from './console.ts'
import { enDesk, viDesk } from './desk.ts'
import { enPhone, viPhone } from './phone.ts'
import { enPublic, viPublic } from './public.ts'
import { enServer, viServer } from './server.ts'

/** Every sentence a person can read, by key; a missing key does not compile. `{name}` stands for a parameter. */
const vi = {
  ...viCases,
  ...viConsole,
  ...viPhone,
  ...viAgency,
  ...viPublic,
  ...viDesk,
  ...viServer,
  ...viBackup,
  ...viCalendarProblems,
  ...viClockCommand,
}
export type WordKey = keyof typeof vi
const en: Record<WordKey, string> = {
  ...enCases,
  ...enConsole,
  ...enPhone,
  ...enAgency,
  ...enPublic,
  ...enDesk,
  ...enServer,
  ...enBackup,
  ...enCalendarProblems,
  ...enClockCommand,
}

export type Language = 'vi' | 'en'
export type WordParams = Readonly<Record<string, string | number>>

/** The sentence for a key, its `{parameters}` filled in; an unknown parameter is left to be seen. */
export function say(language: Language, key: WordKey, params: WordParams = {}): string {
  const text: string = (language === 'vi' ? vi : en)[key]
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name]
    return value === undefined ? whole : String(value)
  })
}

export const isWordKey = (key: string): key is WordKey & string => Object.hasOwn(vi, key)
