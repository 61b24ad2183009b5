/** Raised whenever a text folds to something else than before: an index of folded words is then made anew. */
export const foldWordsVersion = 1

/**
 * Lower case without marks, for finding what was typed with or without them: `Đường Nguyễn Huệ` → `duong nguyen hue`.
 * The same for composed and decomposed input.
 */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/đ/g, 'd')
}

/**
 * Folds and remembers where each folded character came from, so that a find in the folded text can be cut out of the
 * real one. `origin[i]` is an index into `text.normalize('NFC')`; one more entry than characters, the last its length.
 */
export function foldWithOrigin(text: string): { composed: string; folded: string; origin: number[] } {
  const composed = text.normalize('NFC')
  const origin: number[] = []
  let folded = ''
  let at = 0
  for (const character of composed) {
    const plain = fold(character)
    for (let i = 0; i < plain.length; i++) origin.push(at)
    folded += plain
    at += character.length
  }
  origin.push(at)
  return { composed, folded, origin }
}

/**
 * A telephone number as its bare digits, so that two spellings of one number are one: `+84 912.345.678`, `84912345678`
 * and `0912 345 678` → `0912345678`. A foreign number keeps its `+`. No digits: the empty string.
 */
export function normalisePhone(text: string): string {
  const digits = text.replace(/\D/g, '')
  const isInternational = /^\s*\(?\s*\+/.test(text) || digits.startsWith('00')
  const bare = isInternational ? digits.replace(/^00/, '') : digits
  // Without a "+", 84… is the country code only when what follows has the length of a Vietnamese number; 8400 is a short code.
  if (bare.startsWith('84') && (isInternational || bare.length === 11 || bare.length === 12)) {
    return `0${bare.slice(2).replace(/^0/, '')}`
  }
  return isInternational && bare !== '' ? `+${bare}` : bare
}
