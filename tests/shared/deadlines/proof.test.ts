import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ClockMark, readClock } from '../../../src-shared/deadlines/clock.ts'
import { toIso } from '../../../src-shared/deadlines/instants.ts'
import { proveClock, proveInterval } from '../../../src-shared/deadlines/proof.ts'
import { proofSentences, proofTotalWords, proofWords } from '../../../src-shared/deadlines/proof-words.ts'
import { hours, local, openShipped } from './shipped-calendars.ts'

fc.configureGlobal({ seed: 1022 })

const book = openShipped()
const offices = book.workingTime('dong-thap-offices')
const prove = (from: string, to: string, workingTime = offices) => proveInterval(workingTime, local(from), local(to))

describe('lines', () => {
  test('the National Day of 2026, day by day', () => {
    const lines = prove('2026-08-28 16:00', '2026-09-03 16:00')
    expect(lines.map((line) => [line.on, line.kind, line.workingSeconds / 3600])).toEqual([
      ['2026-08-28', 'work', 1],
      ['2026-08-29', 'weekend', 0],
      ['2026-08-30', 'weekend', 0],
      ['2026-08-31', 'swap', 0],
      ['2026-09-01', 'holiday', 0],
      ['2026-09-02', 'holiday', 0],
      ['2026-09-03', 'work', 4.5],
      ['2026-09-03', 'work', 2.5],
    ])
    expect(lines[3]).toMatchObject({ reason: 'nghỉ hoán đổi Quốc khánh', act: expect.stringContaining('Bộ Nội vụ') })
    expect(toIso(lines.at(-1)!.toAt)).toBe('2026-09-03T16:00:00+07:00')
  })

  test('a day without hours that is no rest day is closed', () => {
    expect(
      prove('2014-12-31 16:00', '2014-12-31 17:00', book.workingTime('dong-thap-offices')).map((each) => each.kind),
    ).toEqual(['closed'])
  })

  test('what ends before it begins has no working', () => {
    expect(prove('2026-09-03 16:00', '2026-09-03 16:00')).toEqual([])
    expect(prove('2026-09-03 16:00', '2026-09-01 16:00')).toEqual([])
  })

  test('add up to the working time, touch no instant twice, and stay inside', () => {
    const instant = fc.integer({ min: local('2025-01-01 00:00'), max: local('2027-12-01 00:00') })
    const id = fc.constantFrom(...book.ids)
    fc.assert(
      fc.property(id, instant, fc.integer({ min: 0, max: 40 * 86_400_000 }), (calendarId, from, span) => {
        const workingTime = book.workingTime(calendarId)
        const lines = proveInterval(workingTime, from, from + span)
        const total = lines.reduce((sum, line) => sum + line.workingSeconds, 0)
        expect(total).toBe(workingTime.between(from, from + span))
        let reached = from - 1000
        for (const line of lines) {
          expect(line.fromAt).toBeGreaterThanOrEqual(reached)
          expect(line.toAt).toBeGreaterThan(line.fromAt)
          expect(line.toAt).toBeLessThanOrEqual(from + span)
          reached = line.toAt
        }
      }),
      { numRuns: 400 },
    )
  })
})

describe('the working of a whole clock', () => {
  test('each holder’s lines add up to what the clock says was used', () => {
    const holder = { agencyId: 'so-y-te' }
    const marks: ClockMark[] = [
      { kind: 'start', at: local('2026-08-21 15:00'), level: 'focal-officer', holder, allowanceSeconds: hours(8) },
      { kind: 'stop', at: local('2026-08-21 16:00'), reason: 'supplement' },
      { kind: 'resume', at: local('2026-08-26 08:00'), reason: 'supplement' },
      { kind: 'transfer', at: local('2026-08-26 10:00'), holder: { agencyId: 'so-xay-dung' } },
    ]
    const workingTimeFor = () => offices
    const reading = readClock(marks, { workingTimeFor, now: local('2026-08-27 09:00') })
    const proofs = proveClock(reading, workingTimeFor)
    expect(proofs.map(({ interval }) => interval.holder.agencyId)).toEqual(['so-y-te', 'so-y-te', 'so-xay-dung'])
    for (const { interval, lines } of proofs) {
      expect(lines.reduce((sum, line) => sum + line.workingSeconds, 0)).toBe(interval.workingSeconds)
    }
    expect(proofs.flatMap(({ lines }) => lines).reduce((sum, line) => sum + line.workingSeconds, 0)).toBe(
      reading.usedSeconds,
    )
  })
})

describe('in words', () => {
  test('as the requirements show it', () => {
    const act = 'Thông báo của Bộ Nội vụ về lịch nghỉ Tết Âm lịch và Quốc khánh năm 2026'
    expect(proofSentences(prove('2026-08-28 16:00', '2026-09-03 16:00'))).toEqual([
      'Thứ Sáu 28/8 16:00–17:00: 1 giờ',
      'Thứ Bảy, Chủ nhật: nghỉ',
      `Thứ Hai 31/8: nghỉ hoán đổi Quốc khánh, theo ${act}`,
      `Thứ Ba 01/9: nghỉ Quốc khánh (ngày liền kề), theo ${act}`,
      'Thứ Tư 02/9: nghỉ Quốc khánh 02/9, theo Bộ luật Lao động năm 2019, Điều 112',
      'Thứ Năm 03/9 07:00–11:30, 13:30–16:00: 7 giờ',
    ])
    expect(proofTotalWords(prove('2026-08-28 16:00', '2026-09-03 16:00'))).toBe('Tổng cộng 8 giờ làm việc')
  })

  test('a day that is worked in exchange says for which', () => {
    expect(proofWords(prove('2026-08-21 15:00', '2026-08-22 15:00'))).toMatch(
      /^Thứ Sáu 21\/8 15:00–17:00: 2 giờ; Thứ Bảy 22\/8 07:00–11:30, 13:30–15:00: 6 giờ \(làm bù ngày 31\/8\/2026, theo Thông báo/,
    )
  })

  test('days off in a row for one reason are one run', () => {
    expect(proofWords(prove('2026-02-16 00:00', '2026-02-21 00:00'))).toMatch(
      /^Thứ Hai 16\/02 – Thứ Sáu 20\/02: nghỉ Tết Nguyên đán/,
    )
  })

  test('another reason is another sentence, though the act is one', () => {
    const sentences = proofSentences(prove('2027-02-09 00:00', '2027-02-11 00:00'))
    expect(sentences.map((each) => each.split(',')[0])).toEqual([
      'Thứ Ba 09/02: nghỉ Tết Nguyên đán Đinh Mùi',
      'Thứ Tư 10/02: nghỉ bù Tết Nguyên đán Đinh Mùi (Thứ Bảy 06/02 là ngày nghỉ hằng tuần)',
    ])
  })

  test('seconds are shown where they count, midnight is the end of its day', () => {
    expect(proofWords(prove('2026-10-05 15:00:12', '2026-10-05 16:00'))).toBe(
      'Thứ Hai 05/10 15:00:12–16:00: 59 phút 48 giây',
    )
    expect(proofWords(prove('2026-10-05 20:00', '2026-10-06 02:00', book.workingTime('utilities-24-7')))).toBe(
      'Thứ Hai 05/10 20:00–24:00: 4 giờ; Thứ Ba 06/10 00:00–02:00: 2 giờ',
    )
  })
})
