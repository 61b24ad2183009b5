import { describe, expect, test } from 'vitest'
import { dateOfDayNumber, dayNumberOfDate, weekdayOfDayNumber } from '../../../src-shared/deadlines/dates.ts'
import { fromIso } from '../../../src-shared/deadlines/instants.ts'
import { openShipped } from './shipped-calendars.ts'

/**
 * P8: every weekday on which the offices were officially closed, and every Saturday on which they were open for it, written down
 * anew from the announcements and not from the calendars. Until 2020 by Bộ luật Lao động 2012, Đ.115 (one day of Quốc khánh), from
 * 2021 by Bộ luật Lao động 2019, Đ.112 (two days); what falls on a rest day is given on the next working day (k.3). Which days
 * of Tết and which day beside 2/9, and the swaps, are announced for each year by the ministry, approved by the Prime Minister.
 */
const YEARS: Record<string, { off: string[]; worked: string[] }> = {
  // Tết Canh Tý: 25/1.
  '2020': {
    off: ['01-01', '01-23', '01-24', '01-27', '01-28', '01-29', '04-02', '04-30', '05-01', '09-02'],
    worked: [],
  },
  // Tết Tân Sửu: 12/2. 1/5 was a Saturday: 3/5. Quốc khánh: 2/9 and 3/9.
  '2021': {
    off: ['01-01', '02-10', '02-11', '02-12', '02-15', '02-16', '04-21', '04-30', '05-03', '09-02', '09-03'],
    worked: [],
  },
  // Tết Nhâm Dần: 1/2. 1/1, Giỗ Tổ, 30/4 and 1/5 fell on rest days: 3/1, 11/4, 2/5, 3/5. Quốc khánh: 1/9 and 2/9.
  '2022': {
    off: ['01-03', '01-31', '02-01', '02-02', '02-03', '02-04', '04-11', '05-02', '05-03', '09-01', '09-02'],
    worked: [],
  },
  // Tết Quý Mão: 22/1. 1/1, Giỗ Tổ (29/4), 30/4 and 2/9 fell on rest days: 2/1, 2/5, 3/5, 4/9. Quốc khánh: 1/9 and 2/9.
  '2023': {
    off: ['01-02', '01-20', '01-23', '01-24', '01-25', '01-26', '05-01', '05-02', '05-03', '09-01', '09-04'],
    worked: [],
  },
  // Tết Giáp Thìn: 10/2. Announced on 12/4/2024: 29/4 off, 4/5 worked. Quốc khánh: 2/9 and 3/9.
  '2024': {
    off: ['01-01', '02-08', '02-09', '02-12', '02-13', '02-14', '04-18', '04-29', '04-30', '05-01', '09-02', '09-03'],
    worked: ['05-04'],
  },
  // Tết Ất Tỵ: 29/1. Announced on 3/12/2024: 2/5 off, 26/4 worked. Quốc khánh: 1/9 and 2/9.
  '2025': {
    off: ['01-01', '01-27', '01-28', '01-29', '01-30', '01-31', '04-07', '04-30', '05-01', '05-02', '09-01', '09-02'],
    worked: ['04-26'],
  },
  // Tết Bính Ngọ: 17/2. Giỗ Tổ (26/4) was a Sunday: 27/4. 2/1 off, 10/1 worked (12729/VPCP-KGVX, 25/12/2025); 31/8 off, 22/8
  // worked. Quốc khánh: 1/9 and 2/9. 24/11 is new (Nghị quyết số 80-NQ/TW).
  '2026': {
    off: [
      '01-01',
      '01-02',
      '02-16',
      '02-17',
      '02-18',
      '02-19',
      '02-20',
      '04-27',
      '04-30',
      '05-01',
      '08-31',
      '09-01',
      '09-02',
    ].concat('11-24'),
    worked: ['01-10', '08-22'],
  },
}

const book = openShipped()
const isRestDay = (day: number) => ['sat', 'sun'].includes(weekdayOfDayNumber(day))
const daysOf = (year: string) => {
  const first = dayNumberOfDate(`${year}-01-01`)
  const last = dayNumberOfDate(`${year}-12-31`)
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}
const hoursOf = (calendarId: string, day: number) => book.workingTime(calendarId).hoursOn(day)

describe.each(['dong-thap-offices', 'dong-nai-offices'])('official days off and swapped days: %s', (id) => {
  test.each(Object.entries(YEARS))('%s, every day of it', (year, { off, worked }) => {
    const found = { off: [] as string[], worked: [] as string[] }
    for (const day of daysOf(year)) {
      const isOpen = hoursOf(id, day).intervals.length > 0
      const date = dateOfDayNumber(day).slice(5)
      if (isRestDay(day) && isOpen) found.worked.push(date)
      if (!isRestDay(day) && !isOpen) found.off.push(date)
    }
    expect(found).toEqual({ off, worked })
  })

  test.each(Object.entries(YEARS))('%s: each names its act and was known before it came', (year, { off, worked }) => {
    for (const date of [...off, ...worked]) {
      const { day } = hoursOf(id, dayNumberOfDate(`${year}-${date}`))
      expect(day?.act).not.toBe('')
      expect(day!.knownAt).toBeLessThan(fromIso(`${year}-${date}T00:00:00+07:00`))
      if (worked.includes(date)) expect(day!.kind).toBe('swap')
    }
  })

  test('80 weekdays off in the seven years, and 24/11/2026', () => {
    const off = Object.keys(YEARS)
      .flatMap(daysOf)
      .filter((day) => !isRestDay(day) && hoursOf(id, day).intervals.length === 0)
    expect(off).toHaveLength(81)
  })

  test.each(Object.entries(YEARS))(
    '%s: a worked Saturday has the hours of the day it stands for',
    (year, { worked }) => {
      const ordinary = hoursOf(id, dayNumberOfDate('2023-03-06')).intervals
      for (const date of worked) expect(hoursOf(id, dayNumberOfDate(`${year}-${date}`)).intervals).toEqual(ordinary)
    },
  )
})

describe('the moon agrees', () => {
  // In these years it is new on the same day in Hà Nội and in Beijing, so the Chinese calendar of ICU may be asked.
  const lunar = new Intl.DateTimeFormat('en-u-ca-chinese', { month: 'numeric', day: 'numeric', timeZone: 'UTC' })
  const isLunar = (day: number, month: number, dayOfMonth: number) =>
    lunar.format(day * 86_400_000) === `${month}/${dayOfMonth}`

  test.each(Object.keys(YEARS))('%s: Tết and Giỗ Tổ Hùng Vương', (year) => {
    const named = (day: number) => hoursOf('dong-thap-offices', day).day?.reason ?? ''
    const tet = daysOf(year).find((day) => isLunar(day, 1, 1))!
    const kings = daysOf(year).find((day) => isLunar(day, 3, 10))!
    // Around the first day of the year, on whichever weekdays, at least five lie off work.
    expect(
      [-2, -1, 0, 1, 2, 3, 4].filter((beside) => /Tết Nguyên đán/.test(named(tet + beside))).length,
    ).toBeGreaterThanOrEqual(4)
    expect(isRestDay(tet) || /Tết Nguyên đán/.test(named(tet))).toBe(true)
    expect(named(kings)).toMatch(/Giỗ Tổ Hùng Vương/)
  })
})

describe('others keep their own days', () => {
  test('service centres work on Saturday mornings from 2026, but not within New Year and Tết', () => {
    const open = daysOf('2026').filter(
      (day) => weekdayOfDayNumber(day) === 'sat' && hoursOf('dong-thap-service-centres', day).intervals.length > 0,
    )
    const closed = daysOf('2026').filter((day) => weekdayOfDayNumber(day) === 'sat' && !open.includes(day))
    expect(closed.map(dateOfDayNumber)).toEqual(['2026-01-03', '2026-02-14', '2026-02-21'])
    expect(
      daysOf('2025').some(
        (day) =>
          isRestDay(day) &&
          dateOfDayNumber(day) !== '2025-04-26' &&
          hoursOf('dong-thap-service-centres', day).intervals.length > 0,
      ),
    ).toBe(false)
  })

  test.each(Object.entries(YEARS))('%s: service centres are closed on every official day off', (year, { off }) => {
    for (const date of off) {
      expect(hoursOf('dong-thap-service-centres', dayNumberOfDate(`${year}-${date}`)).intervals).toEqual([])
    }
  })

  test('a service that never closes has no day off', () => {
    for (const year of Object.keys(YEARS)) {
      for (const day of daysOf(year))
        expect(hoursOf('utilities-24-7', day).intervals).toEqual([{ fromMinute: 0, toMinute: 1440 }])
    }
  })
})
