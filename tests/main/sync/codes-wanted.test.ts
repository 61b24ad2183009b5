import { describe, expect, it } from 'vitest'
import { codesWanted } from '../../../src-main/sync/codes-wanted.ts'

const block = (from: number, size: number, left: number, year = 2026) => ({
  year,
  from,
  to: from + size - 1,
  next: from + size - left,
})
const wanted = (
  blocks: ReturnType<typeof block>[],
  now = '2026-11-16T09:00:00+07:00',
  leasedAt: string | null = '2026-11-13T09:00:00+07:00',
) => codesWanted({ blocks, now, leasedAt })

describe('S21: when a desk asks for codes', () => {
  it.each([
    ['none at all', [], [{ year: 2026, count: 120 }]],
    ['half of the block left', [block(1, 120, 60)], []],
    ['less than half left', [block(1, 120, 59)], [{ year: 2026, count: 120 }]],
    ['the last block is what counts', [block(1, 120, 0), block(500, 240, 119)], [{ year: 2026, count: 240 }]],
    ['another year’s block is no block of this', [block(1, 120, 120, 2025)], [{ year: 2026, count: 120 }]],
  ])('%s', (_, blocks, expected) => {
    expect(wanted(blocks)).toEqual(expected)
  })

  it('asks for twice as many where the last block lasted less than a day, up to 500', () => {
    const yesterday = '2026-11-15T20:00:00+07:00'
    expect(wanted([block(1, 120, 10)], undefined, yesterday)).toEqual([{ year: 2026, count: 240 }])
    expect(wanted([block(1, 400, 10)], undefined, yesterday)).toEqual([{ year: 2026, count: 500 }])
  })

  it('asks for half as many where it lasted more than a week, never less than 120', () => {
    const lastMonth = '2026-10-16T09:00:00+07:00'
    expect(wanted([block(1, 480, 10)], undefined, lastMonth)).toEqual([{ year: 2026, count: 240 }])
    expect(wanted([block(1, 120, 10)], undefined, lastMonth)).toEqual([{ year: 2026, count: 120 }])
  })

  it('asks in December for the next year’s too', () => {
    const december = '2026-12-01T00:00:00+07:00'
    expect(wanted([block(1, 120, 120)], december)).toEqual([{ year: 2027, count: 120 }])
    expect(wanted([block(1, 120, 120), block(1, 120, 120, 2027)], december)).toEqual([])
  })
})
