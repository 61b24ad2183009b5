import { describe, expect, it } from 'vitest'
import { parseCalendar } from '../../../src-shared/deadlines/calendar.ts'
import { calendarProblemWords } from '../../../src-shared/deadlines/calendar-problem-words.ts'
import { CALENDAR_PROBLEMS } from '../../../src-shared/deadlines/calendar-problems.ts'
import { enCalendarProblems, viCalendarProblems } from '../../../src-shared/words/calendar-problems.ts'
import { enClockCommand, viClockCommand } from '../../../src-shared/words/clock-command.ts'

const parameters = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort()
const week = { from: '2019-01-01', knownAt: '2019-01-01T00:00:00Z', hours: { mon: ['07:00-11:30'] } }
const good = { id: 'x', timeZone: 'Asia/Ho_Chi_Minh', weeks: [week], days: [] }

/** One calendar with one mistake for each way in which words have something to fill in. */
const mistakes: unknown[] = [
  null,
  { ...good, id: undefined },
  { ...good, id: 'a b' },
  { ...good, id: 'x'.repeat(61) },
  { ...good, id: 4 },
  { ...good, weeks: 'none' },
  { ...good, weeks: [{ ...week, act: '' }] },
  { ...good, days: [{ on: '2026-01-01', working: [], kind: 'rest', knownAt: week.knownAt }] },
  { ...good, timeZone: 'Mars' },
  { ...good, weeks: [] },
  { ...good, inherits: 'x' },
  { ...good, extra: 1 },
  { ...good, weeks: [{ ...week, hours: { day: [] } }] },
  { ...good, weeks: [{ ...week, from: '2026-02-30' }] },
  { ...good, weeks: [{ ...week, from: '2/2026' }] },
  { ...good, weeks: [{ ...week, from: '1999-01-01' }] },
  { ...good, weeks: [{ ...week, knownAt: '0019-01-01T00:00:00Z' }] },
  { ...good, weeks: [{ ...week, knownAt: '2019-01-01' }] },
  { ...good, weeks: [week, { ...week, knownAt: '2019-01-01T07:00:00+07:00' }] },
  ...['noon', '07:00-07:60', '11:30-07:00'].map((text) => ({ ...good, weeks: [{ ...week, hours: { mon: [text] } }] })),
  { ...good, weeks: [{ ...week, hours: { mon: ['07:00-09:00', '08:00-10:00'] } }] },
]

describe('the words for what is wrong with a calendar', () => {
  it('every code has words, and nothing in them is left to fill in', () => {
    const words = new Set(Object.keys(viCalendarProblems))
    expect(CALENDAR_PROBLEMS.filter((code) => !words.has(`calendar-problem.${code}`))).toEqual([])
    const said = mistakes.map((json) => {
      const parsed = parseCalendar(json, 'x')
      if (parsed.ok) throw new Error(`nothing was found wrong with ${JSON.stringify(json)}`)
      expect(parsed.problems).toHaveLength(1)
      return (['vi', 'en'] as const).map((language) => calendarProblemWords(language, parsed.problems[0]!))
    })
    for (const text of said.flat()) expect(text).toMatch(/^[\p{Lu}"][^{}]*\.$/u)
    expect(new Set(said.flat()).size).toBeGreaterThan(mistakes.length)
  })

  it('says which intervals overlap, and why a text is no date', () => {
    const [overlap] = problemsOf({ ...good, weeks: [{ ...week, hours: { mon: ['07:00-09:00', '08:00-10:00'] } }] })
    expect(overlap).toBe('Khoảng giờ "08:00-10:00" chồng lên khoảng "07:00-09:00".')
    const [date] = problemsOf({ ...good, weeks: [{ ...week, from: '2026-02-30' }] })
    expect(date).toBe('"2026-02-30": ngày này không có thật; ngày viết như 2026-01-10.')
  })

  it('both languages take the same parameters, and Vietnamese keeps its marks composed', () => {
    const vi: Record<string, string> = { ...viCalendarProblems, ...viClockCommand }
    const en: Record<string, string> = { ...enCalendarProblems, ...enClockCommand }
    for (const [key, text] of Object.entries(vi)) {
      expect([key, parameters(en[key]!)]).toEqual([key, parameters(text)])
      expect(text.normalize('NFC')).toBe(text)
    }
  })
})

function problemsOf(json: unknown): string[] {
  const parsed = parseCalendar(json, 'x')
  return parsed.ok ? [] : parsed.problems.map((each) => calendarProblemWords('vi', each))
}
