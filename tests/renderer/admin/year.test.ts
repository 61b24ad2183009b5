import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { monthsOf } from '../../../src-renderer/admin/year.ts'
import { openCalendarBook } from '../../../src-shared/deadlines/calendar-book.ts'

const ids = ['dong-thap-offices', 'dong-thap-service-centres']
const opened = openCalendarBook(
  ids.map((id) => ({
    where: id,
    json: JSON.parse(
      readFileSync(new URL(`../../../resources/calendars/${id}.json`, import.meta.url), 'utf8'),
    ) as unknown,
  })),
)
if (!opened.ok) throw new Error('the calendars do not open')
const cellOf = (id: string, date: string) =>
  monthsOf(opened.book.workingTime(id), 2026)
    .flat()
    .find((cell) => cell.date === date)!

describe('a year on one screen (#25)', () => {
  test('has every day of the year, each month beginning in its column', () => {
    const months = monthsOf(opened.book.workingTime('dong-thap-offices'), 2026)
    expect(months.map((days) => days.length)).toEqual([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
    // 1 January 2026 was a Thursday, 1 November a Sunday.
    expect([months[0]![0]!.column, months[10]![0]!.column]).toEqual([4, 7])
  })

  test('tells the swapped days of National Day 2026 apart', () => {
    expect(cellOf('dong-thap-offices', '2026-08-22')).toMatchObject({ look: 'swapped', column: 6 })
    expect(cellOf('dong-thap-offices', '2026-08-31').look).toBe('holiday')
    expect(cellOf('dong-thap-offices', '2026-09-03').look).toBe('working')
    expect(cellOf('dong-thap-offices', '2026-09-05').look).toBe('off')
  })

  test('shows that service centres work Saturday mornings while offices do not', () => {
    expect(cellOf('dong-thap-service-centres', '2026-09-12').look).toBe('part')
    expect(cellOf('dong-thap-offices', '2026-09-12').look).toBe('off')
  })

  test('says hours and reason in words', () => {
    expect(cellOf('dong-thap-offices', '2026-09-03').title).toMatch(/^Thứ Năm 03\/9 · 07:00–11:30, 13:30–17:00/)
    expect(cellOf('dong-thap-offices', '2026-08-31').day?.reason).toBeTruthy()
  })
})
