import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blockHolds, codesLeft, leaseBlock, nextCode } from '../../../src-shared/cases/code-blocks.ts'
import { formatCode, parseCode, spokenCode } from '../../../src-shared/cases/codes.ts'
import { deskIdSchema } from '../../../src-shared/ids.ts'

const year = fc.integer({ min: 2000, max: 2099 })
const number = fc.integer({ min: 1, max: 9_999_999 })
/** Every character that somebody could write in its place. */
const characters = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ']
const bare = (code: string) => code.replace(/-/g, '')

/** All single substitutions and all swaps of two different neighbours of a bare code. */
function slips(raw: string): { substitutions: string[]; swaps: string[] } {
  const substitutions = [...raw].flatMap((own, i) =>
    characters.filter((c) => c !== own).map((c) => raw.slice(0, i) + c + raw.slice(i + 1)),
  )
  const swaps = [...raw.slice(1)]
    .map((_, i) => ({ i, a: raw[i]!, b: raw[i + 1]! }))
    .filter(({ a, b }) => a !== b)
    .map(({ i, a, b }) => raw.slice(0, i) + b + a + raw.slice(i + 2))
  return { substitutions, swaps }
}

describe('#50: receipt codes', () => {
  it('reads as it is written', () => {
    expect(formatCode(2026, 48213)).toBe('26-0048213-K')
    expect(parseCode('26-0048213-K')).toEqual({ ok: true, code: '26-0048213-K', year: 2026, number: 48213 })
  })

  it.each([
    '260048213K',
    '26 0048213 k',
    ' 26-0048213-k ',
    '26.0048213.K',
    '26–0048213–K',
    '26-48213-K',
    '26 / 48213 / k',
    '26 004 8213 K',
  ])('is read as people write it: %s', (text) =>
    expect(parseCode(text)).toMatchObject({ ok: true, code: '26-0048213-K' }),
  )

  it('round-trips for every year and number', () => {
    fc.assert(
      fc.property(year, number, (y, n) => {
        expect(parseCode(formatCode(y, n))).toEqual({ ok: true, code: formatCode(y, n), year: y, number: n })
      }),
    )
  })

  it('has no letter that is heard or read as another character', () => {
    const letters = new Set(Array.from({ length: 1000 }, (_, n) => formatCode(2026, n + 1).at(-1)))
    expect(letters.size).toBe(17)
    for (const letter of 'BDGIOQSUZ') expect(letters.has(letter)).toBe(false)
  })

  // The sum is linear: a slip is caught or missed by the place, the digit and its wrong digit alone, whatever stands
  // elsewhere. Each code is tried whole with all its slips, and the codes run through every pair of digits in every place.
  it('catches every single wrong character and every swap of two neighbours', () => {
    const codes = new Set<string>()
    for (let place = 0; place < 7; place++)
      for (let pair = 0; pair < 100; pair++)
        codes.add(formatCode(2000 + ((place * 37 + pair) % 100), Math.max(1, (pair * 10 ** place) % 10_000_000)))
    for (let y = 2000; y < 2100; y++) codes.add(formatCode(y, 1_234_567))
    for (let n = 1; n <= 50; n++) codes.add(formatCode(2026, (n * 19_937) % 9_999_999))
    let tried = 0
    for (const code of codes) {
      const { substitutions, swaps } = slips(bare(code))
      for (const slip of [...substitutions, ...swaps]) {
        tried += 1
        if (parseCode(slip).ok) throw new Error(`${slip} passes for ${code}`)
      }
    }
    expect(tried).toBeGreaterThan(250_000)
  })

  it('suggests the true code for every wrong digit, wrong letter and swap', () => {
    fc.assert(
      fc.property(year, number, fc.nat(), (y, n, pick) => {
        const code = formatCode(y, n)
        const { substitutions, swaps } = slips(bare(code))
        const all = [...substitutions, ...swaps]
        const parsed = parseCode(all[pick % all.length]!)
        expect(parsed.ok || parsed.suggestions).toContain(code)
      }),
      { numRuns: 400 },
    )
  })

  it('suggests the true code for a digit too few or too many, and for the missing letter', () => {
    fc.assert(
      fc.property(number, fc.nat({ max: 8 }), fc.nat({ max: 9 }), (n, i, digit) => {
        const code = formatCode(2026, n)
        const raw = bare(code)
        for (const slip of [
          raw.slice(0, i) + raw.slice(i + 1),
          raw.slice(0, i) + digit + raw.slice(i),
          raw.slice(0, 9),
        ]) {
          const parsed = parseCode(slip)
          expect(parsed).toMatchObject({ ok: false, problem: 'length' })
          expect(parsed.ok || parsed.suggestions).toContain(code)
        }
      }),
    )
  })

  it.each([
    ['26-0048213-A', 'check'],
    ['26-004O213-K', 'characters'],
    ['26-0048213-7', 'characters'],
    ['26-004821-K1', 'characters'],
    ['', 'length'],
    ['xin chào', 'length'],
    ['26-0048213-KK', 'length'],
  ])('says what is wrong with %s: %s', (text, problem) => {
    expect(parseCode(text)).toMatchObject({ ok: false, problem })
  })

  it('puts the likeliest first: a letter O typed for a zero', () => {
    const parsed = parseCode('26-OO48213-K')
    expect(parsed.ok || parsed.suggestions[0]).toBe('26-0048213-K')
  })

  it('every suggestion is itself a true code', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{9,10}[A-Z]$/), (text) => {
        const parsed = parseCode(text)
        for (const suggestion of parsed.ok ? [] : parsed.suggestions) expect(parseCode(suggestion).ok).toBe(true)
      }),
    )
  })

  it('is said in pieces', () => expect(spokenCode('26-0048213-K')).toEqual(['26', '004', '8213', 'K']))

  it('never cuts a number to fit', () => {
    expect(() => formatCode(2026, 10_000_000)).toThrow(RangeError)
    expect(() => formatCode(2026, 0)).toThrow(RangeError)
    expect(() => formatCode(26, 1)).toThrow(RangeError)
    expect(parseCode('26-0000000-A').ok).toBe(false)
  })
})

describe('blocks of codes leased to a desk', () => {
  const deskId = deskIdSchema.parse('d1')

  it('follow each other without gap or overlap', () => {
    const first = leaseBlock({ deskId, year: 2026, count: 100, lastLeased: null })
    const second = leaseBlock({ deskId, year: 2026, count: 50, lastLeased: first.to })
    expect([first.from, first.to, second.from, second.to]).toEqual([1, 100, 101, 150])
    expect(() => leaseBlock({ deskId, year: 2026, count: 2, lastLeased: 9_999_998 })).toThrow(RangeError)
  })

  it('hold their own numbers of their own year', () => {
    const block = leaseBlock({ deskId, year: 2026, count: 100, lastLeased: null })
    expect(blockHolds(block, formatCode(2026, 100))).toBe(true)
    expect(blockHolds(block, formatCode(2026, 101))).toBe(false)
    expect(blockHolds(block, formatCode(2027, 5))).toBe(false)
    expect(blockHolds(block, '26-0000001-Z')).toBe(false)
  })

  it('give the lowest unused code of this year, and none when they are used up', () => {
    const blocks = [
      { deskId, year: 2026, from: 11, to: 12 },
      { deskId, year: 2026, from: 1, to: 2 },
    ]
    const used = new Set<string>()
    const given: string[] = []
    for (
      let code = nextCode(blocks, 2026, (c) => used.has(c));
      code !== null;
      code = nextCode(blocks, 2026, (c) => used.has(c))
    ) {
      given.push(code)
      used.add(code)
      expect(codesLeft(blocks, 2026, (c) => used.has(c))).toBe(4 - given.length)
    }
    expect(given).toEqual([1, 2, 11, 12].map((n) => formatCode(2026, n)))
    expect(nextCode(blocks, 2027, () => false)).toBeNull()
  })
})
