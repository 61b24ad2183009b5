import { type Language, say, type WordKey, type WordParams } from '../../src-shared/words/words.ts'

export type Say = (key: WordKey, params?: WordParams) => string

/** Vietnamese unless the address asks for English (`?lang=en`): the page has no settings to keep. */
export const language: Language = new URLSearchParams(location.search).get('lang') === 'en' ? 'en' : 'vi'

export const tell: Say = (key, params) => say(language, key, params)
