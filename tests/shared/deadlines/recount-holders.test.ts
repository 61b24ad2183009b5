import { expect, test } from 'vitest'
import { recountOf } from '../../../src-shared/cases/recount.ts'
import type { CalendarJson } from '../../../src-shared/deadlines/calendar.ts'
import { openCalendarBook } from '../../../src-shared/deadlines/calendar-book.ts'
import type { ClockMark } from '../../../src-shared/deadlines/clock.ts'
import { hours, local, shippedSources } from './shipped-calendars.ts'

/** The offices, and a day off that was announced on the Tuesday before. */
const stormy: CalendarJson = {
  id: 'stormy',
  timeZone: 'Asia/Ho_Chi_Minh',
  inherits: 'dong-thap-offices',
  weeks: [],
  days: [
    {
      on: '2026-10-07',
      working: [],
      reason: 'nghỉ do bão',
      act: 'Công điện 01',
      knownAt: '2026-10-06T10:00:00+07:00',
    },
  ],
}

test('D14, D5: an act of the agency under which the clock only stood still moves the end of the cap, and is told', () => {
  const opened = openCalendarBook([...shippedSources, { where: 'stormy', json: stormy }])
  if (!opened.ok) throw new Error(JSON.stringify(opened.problems))
  const { book } = opened
  const at = local('2026-10-05 08:00')
  // Stopped from the first second; the 24 hours of the cap end on Thursday 08:00, or with Wednesday off on Friday 08:00.
  const clockMarks: ClockMark[] = [
    { kind: 'start', at, level: 'focal-officer', holder: { agencyId: 'stormy' }, allowanceSeconds: hours(8) },
    { kind: 'stop', at, reason: 'supplement', capSeconds: hours(24) },
    { kind: 'transfer', at: local('2026-10-08 08:00'), holder: { agencyId: 'dong-nai-offices' } },
  ]
  const clockHours = {
    workingTime: (agencyId: string, known?: number) => book.workingTime(agencyId, known),
    actsKnown: (agencyId: string, after: number, until: number) => book.actsKnown(agencyId, after, until),
  }
  expect(recountOf({ clockMarks }, clockHours, local('2026-10-08 09:00'))).toMatchObject({
    acts: ['Công điện 01'],
    dueBefore: '2026-10-09T08:00:00+07:00',
    dueAfter: '2026-10-12T08:00:00+07:00',
  })
})
