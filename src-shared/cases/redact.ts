import { foldWithOrigin, normalisePhone } from '../words/fold.ts'
import type { Citizen } from './case.ts'

export type PersonalDataKind = 'name' | 'phone' | 'email' | 'address' | 'id-number' | 'plate'

export interface PersonalData {
  readonly kind: PersonalDataKind
  /** As it stands in the text. */
  readonly found: string
  /** Half-open range in `text.normalize('NFC')`. */
  readonly from: number
  readonly to: number
}

export interface RedactOptions {
  readonly citizen: Pick<Citizen, 'name' | 'phone' | 'address' | 'email'> | null
  /** Numbers of offices, which are public. */
  readonly publicPhones?: readonly string[]
}

/**
 * D10: what must not be published. Finds the citizen by name and address with or without Vietnamese marks, and anybody's
 * telephone numbers, e-mail addresses, identity numbers and vehicle plates. It errs on the side of finding: a person
 * looks at what it found before anything is public.
 */
export function findPersonalData(text: string, options: RedactOptions): PersonalData[] {
  const { composed, folded, origin } = foldWithOrigin(text)
  const isPublic = new Set((options.publicPhones ?? []).map(normalisePhone))
  const found: PersonalData[] = []
  const look = (kind: PersonalDataKind, pattern: RegExp) => {
    for (const match of folded.matchAll(pattern)) {
      const from = origin[match.index]!
      const to = origin[match.index + match[0].length]!
      const data = { kind, found: composed.slice(from, to), from, to }
      const isTaken = found.some((other) => from < other.to && other.from < to)
      if (!isTaken && !(kind === 'phone' && isPublic.has(normalisePhone(data.found)))) found.push(data)
    }
  }
  look('email', /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g)
  for (const pattern of addressPatterns(options.citizen?.address ?? '')) look('address', pattern)
  for (const pattern of namePatterns(options.citizen?.name ?? '')) look('name', pattern)
  const ownPhone = normalisePhone(options.citizen?.phone ?? '')
  if (ownPhone.length >= 6) look('phone', spacedDigits(ownPhone.replace(/^[0+]/, ''), '(?:\\+?84|0|\\+)?'))
  for (const pattern of idPatterns) look('id-number', pattern)
  look('phone', phonePattern)
  look('plate', platePattern)
  return found.sort((a, b) => a.from - b.from)
}

/** The text (in NFC) with everything `findPersonalData` finds replaced by `[…]`. */
export function redact(text: string, options: RedactOptions): string {
  let rest = text.normalize('NFC')
  for (const { from, to } of findPersonalData(text, options).reverse())
    rest = `${rest.slice(0, from)}[…]${rest.slice(to)}`
  return rest
}

// All patterns are matched against folded text: lower case, no marks.
const notInWord = '(?<![\\p{L}\\p{N}])'
const wordEnds = '(?![\\p{L}\\p{N}])'
const separator = '[\\s.\\-/]'

// A trunk 0 or the country code, then 9 or 10 digits (mobile, or landline with its area code), in any grouping.
// "0277 1022" and "1900 1234" are too short: the hotline's own number is no secret.
const phonePattern = new RegExp(
  `(?<![\\p{N}+])\\(?(?:\\+?84|0084|0)(?:${separator}{0,2}\\(?\\d\\)?){9,10}(?!\\d)`,
  'gu',
)

const idPatterns = [
  // The citizen card has 12 digits and begins with the province's 0; the old one had 9 and is told by its name.
  /(?<!\d)(?:\d{12}|0\d{2}(?: \d{3}){3})(?!\d)/g,
  /(?<=(?:cmnd|cmt|cccd|can cuoc|chung minh)\D{0,15})\d{9}(?!\d)/g,
]

// 66A-123.45, 66-C1 123.45, 66A 1234.
const platePattern = /(?<![\p{L}\p{N}])\d{2}[\s-]?[a-z]{1,2}\d?[\s.-]?(?:\d{3}\.?\d{2}|\d{4})(?![\p{L}\p{N}])/gu

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
const foldedWords = (text: string): string[] => foldWithOrigin(text).folded.split(/\s+/).filter(Boolean)
const phrase = (words: readonly string[]): RegExp =>
  new RegExp(notInWord + words.map(literally).join('\\s+') + wordEnds, 'gu')
const spacedDigits = (digits: string, prefix: string): RegExp =>
  new RegExp(`(?<!\\d)${prefix}${separator}?${[...digits].join(`${separator}?`)}(?!\\d)`, 'gu')

/** "Nguyễn Văn An", "Văn An", and "ông An"; never a bare "An", which is also a word. */
function namePatterns(name: string): RegExp[] {
  const words = foldedWords(name)
  const given = words.at(-1)
  if (given === undefined) return []
  const patterns = words.length >= 2 ? [phrase(words)] : []
  if (words.length >= 3) patterns.push(phrase(words.slice(-2)))
  const titles = 'ong|ba|anh|chi|co|chu|bac|cau|di|em|cu'
  patterns.push(new RegExp(`(?<=${notInWord}(?:${titles})\\s+)${literally(given)}${wordEnds}`, 'gu'))
  return patterns
}

/** The whole address, and its first part when that names a house; a street or commune alone is a public place. */
function addressPatterns(address: string): RegExp[] {
  const patterns = [new RegExp(`${notInWord}(?:so nha|nha so)\\s+\\d+[\\p{L}\\d/-]*`, 'gu')]
  const parts = address
    .split(/[,;]/)
    .map(foldedWords)
    .filter((words) => words.length > 0)
  if (parts.length === 0) return patterns
  const house = parts[0]!
  const all = parts.map((words) => words.map(literally).join('\\s+')).join('\\s*[,;]?\\s*')
  if (parts.length > 1) patterns.unshift(new RegExp(notInWord + all + wordEnds, 'gu'))
  if (house.length >= 2 && house.some((word) => /\d/.test(word))) patterns.splice(-1, 0, phrase(house))
  return patterns
}
