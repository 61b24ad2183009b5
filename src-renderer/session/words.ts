import { isWordKey, type Language, say, type WordKey, type WordParams } from '../../src-shared/words/words.ts'
import type { RemoteFailure } from '../bridge.ts'
import { useSession } from './session-store.ts'

export type Say = (key: WordKey, params?: WordParams) => string

const speakers: Record<Language, Say> = {
  vi: (key, params) => say('vi', key, params),
  en: (key, params) => say('en', key, params),
}

/** Words of the language the person chose. */
export const useSay = (): Say => speakers[useSession((session) => session.language)]

/** The same outside a component. */
export const sayNow: Say = (key, params) => speakers[useSession.getState().language](key, params)

/** A code that came off a wire: its words if the catalogue has them, otherwise the code itself, to be seen. */
export function sayCode(speak: Say, prefix: string, code: string, params: WordParams = {}): string {
  const key = `${prefix}.${code}`
  return isWordKey(key) ? speak(key, params) : code
}

/** What a failure of the desk or the server means for the person; their own words where no catalogue has the code. */
export function failureWords(speak: Say, failure: RemoteFailure): string {
  if (isWordKey(`failure.${failure.code}`)) return speak(`failure.${failure.code}` as WordKey)
  return speak('problem.desk', { why: failure.message })
}
