import { fold } from '../../src-shared/words/fold.ts'

/**
 * What a person typed, as an FTS5 expression over folded words: all whole words, the last one as a beginning.
 * @returns null when there is nothing to look for.
 */
export function matchAll(text: string): string | null {
  const words = wordsOf(text)
  if (words.length === 0) return null
  return words.map((word, index) => (index === words.length - 1 ? `"${word}"*` : `"${word}"`)).join(' ')
}

/** Any of the words, for text that is a whole sentence: ranking puts the closest first. */
export function matchAny(text: string): string | null {
  const words = [...new Set(wordsOf(text))].filter((word) => word.length > 1).slice(-24)
  if (words.length === 0) return null
  return words.map((word, index) => (index === words.length - 1 ? `"${word}"*` : `"${word}"`)).join(' OR ')
}

const wordsOf = (text: string): string[] => fold(text).match(/[\p{L}\p{N}]+/gu) ?? []
