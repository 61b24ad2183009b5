/**
 * Receipt codes: `26-0048213-K`, two digits of the year, seven of the number, one check letter. Told over the telephone
 * (#50), so the check must catch every single wrong character and every swap of two neighbours.
 *
 * check = (Σ weightᵢ · digitᵢ + shift) mod 17. Seventeen is prime and greater than nine: a wrong digit changes the sum by
 * weightᵢ · d with neither factor divisible by 17, a swap by (weightᵢ − weightⱼ) · d likewise, so both always show.
 * The check is a letter and the rest are digits, so a swap over that border shows by itself.
 */

// No B D G I O Q S U Z: they are heard or read as đ, u/ư, 8, 6, 1, 0, 5, 2.
const letters = 'ACEFHJKLMNPRTVWXY'
const weights = [2, 3, 4, 5, 6, 7, 8, 9, 10] as const
const shift = 2

export interface ReceiptCode {
  readonly code: string
  /** Four digits. */
  readonly year: number
  /** 1 … 9 999 999, unique within the year. */
  readonly number: number
}

export type CodeProblem = 'length' | 'characters' | 'check'
export type ParsedCode =
  | ({ readonly ok: true } & ReceiptCode)
  | {
      readonly ok: false
      readonly problem: CodeProblem
      /** Codes with a right check that are one slip of the finger away, likeliest first; the caller keeps those that exist. */
      readonly suggestions: readonly string[]
    }

function checkLetter(digits: string): string {
  let sum = shift
  for (const [i, weight] of weights.entries()) sum += weight * Number(digits[i])
  return letters[sum % letters.length]!
}

const dashed = (raw: string): string => `${raw.slice(0, 2)}-${raw.slice(2, 9)}-${raw.slice(9)}`
const isShaped = (raw: string): boolean => /^\d{9}[A-Z]$/.test(raw)
const isTrue = (raw: string): boolean => isShaped(raw) && checkLetter(raw) === raw[9] && Number(raw.slice(2, 9)) > 0

/** @throws RangeError when the year is not 2000–2099 or the number not 1–9 999 999: a code is never cut to fit. */
export function formatCode(year: number, number: number): string {
  if (!Number.isInteger(year) || year < 2000 || year > 2099) throw new RangeError(`year ${year} has no receipt codes`)
  if (!Number.isInteger(number) || number < 1 || number > 9_999_999) {
    throw new RangeError(`${number} is not a receipt number`)
  }
  const digits = String(year).slice(2) + String(number).padStart(7, '0')
  return dashed(digits + checkLetter(digits))
}

/** Reads a code as people write it: any case, spaces, missing dashes, and leading zeros left out between two dashes. */
export function parseCode(text: string): ParsedCode {
  const upper = text.normalize('NFKC').toUpperCase().trim()
  const parts = /^(\d{2})\s*[-–./ ]\s*(\d{1,7})\s*[-–./ ]\s*([A-Z])$/.exec(upper)
  const raw = parts ? parts[1]! + parts[2]!.padStart(7, '0') + parts[3]! : upper.replace(/[\s\-–./]/g, '')
  if (isTrue(raw)) {
    return { ok: true, code: dashed(raw), year: 2000 + Number(raw.slice(0, 2)), number: Number(raw.slice(2, 9)) }
  }
  const problem = raw.length !== 10 ? 'length' : isShaped(raw) ? 'check' : 'characters'
  return { ok: false, problem, suggestions: suggestionsFor(raw) }
}

/** Pieces to say one after the other, with a pause between: `26`, `004`, `8213`, `K`. */
export function spokenCode(code: string): string[] {
  const raw = code.replace(/-/g, '')
  return [raw.slice(0, 2), raw.slice(2, 5), raw.slice(5, 9), raw.slice(9)]
}

function suggestionsFor(raw: string): string[] {
  if (raw.length < 9 || raw.length > 11) return []
  const found = new Set<string>()
  const consider = (candidate: string) => {
    if (isTrue(candidate)) found.add(dashed(candidate))
  }
  const positions = [...raw].keys()
  if (raw.length === 11) for (const i of positions) consider(raw.slice(0, i) + raw.slice(i + 1))
  else if (raw.length === 10) {
    const lookAlikes: Record<string, string> = { O: '0', Q: '0', I: '1', L: '1', B: '8', S: '5', Z: '2', G: '6' }
    consider([...raw.slice(0, 9)].map((c) => lookAlikes[c] ?? c).join('') + raw[9])
    for (const i of [...raw.slice(1)].keys()) consider(raw.slice(0, i) + raw[i + 1] + raw[i] + raw.slice(i + 2))
    if (/^\d{9}/.test(raw)) consider(raw.slice(0, 9) + checkLetter(raw))
    for (const i of positions) for (let d = 0; d <= 9; d++) consider(raw.slice(0, i) + d + raw.slice(i + 1))
  } else {
    if (/^\d{9}$/.test(raw)) consider(raw + checkLetter(raw))
    for (let i = 0; i <= 8; i++) for (let d = 0; d <= 9; d++) consider(raw.slice(0, i) + d + raw.slice(i))
  }
  return [...found]
}
