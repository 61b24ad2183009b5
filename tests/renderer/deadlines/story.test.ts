import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { appointmentsOf } from '../../../src-renderer/deadlines/appointments.ts'
import { passageOf } from '../../../src-renderer/deadlines/passage.ts'
import { correctedLevels, readingWords, sumWords } from '../../../src-renderer/deadlines/sums.ts'
import { readCaseClock, readCorrectedClock } from '../../../src-shared/cases/case-clock.ts'
import { caseWorking, holderShares } from '../../../src-shared/cases/case-proof.ts'
import { toIso } from '../../../src-shared/deadlines/instants.ts'
import { openOfficeHours } from '../../../src-shared/province/hours.ts'
import { late, people, roads, type Scene, water, withHead, withOfficer } from '../../shared/cases/scene.ts'
import { hours, reference, vi } from './scene-detail.ts'

const workingOf = (s: Scene) => caseWorking(s.case.clockMarks, readCaseClock(s.case, hours, s.now), hours)
const sumsOf = (s: Scene) => workingOf(s).map((level) => sumWords(level, vi))

describe('the working of a level adds up to its sum (S4 Đ.7)', () => {
  test('#17: used and left of the eight hours', () => {
    expect(sumsOf(withOfficer().at('2026-10-05T16:30'))).toEqual(['Đã dùng 6 giờ 30 phút; còn 1 giờ 30 phút.'])
  })

  test('#20: the officer’s hours are used up to the second at the due instant, and the head’s begin', () => {
    expect(sumsOf(withHead().at('2026-10-06T10:00:01+07:00'))).toEqual([
      'Đã dùng 8 giờ 1 giây; trễ 1 giây.',
      'Đã dùng 2 giờ; còn 46 giờ.',
    ])
  })

  test('#22: late time is said as late time', () => {
    expect(sumsOf(late().at('2026-10-14T10:00:01+07:00')).at(-1)).toBe('Đã dùng 50 giờ; trễ 2 giờ.')
  })

  test('the lines of every stretch add up to what it says it used, whatever happened to it', () => {
    const s = withOfficer().at('2026-10-05T09:00')
    s.do('pause.request', { reasonCode: 'cong-dan-de-nghi', explanation: 'Đi vắng' }, people.officer)
    s.at('2026-10-05T09:30').do('pause.confirm', {}, people.supervisor)
    s.at('2026-10-05T15:00').do('pause.end', {}, people.officer)
    const [level] = workingOf(s.at('2026-10-05T16:30'))
    const lines = level!.held.flatMap((stretch) => stretch.lines)
    expect(lines.reduce((total, line) => total + line.workingSeconds, 0)).toBe(level!.reading.usedSeconds)
    expect(level!.held.map(({ stoodFromAt }) => stoodFromAt && toIso(stoodFromAt))).toEqual([
      null,
      '2026-10-05T09:00:00+07:00',
    ])
    expect(sumWords(level!, vi)).toBe('Đã dùng 2 giờ 30 phút; còn 5 giờ 30 phút.')
  })

  test('#38, D13: late time belongs to whoever held it; a successor answers only for its own stretch', () => {
    const s = late().at('2026-10-14T10:00:00+07:00')
    s.do('slip.transfer', { agencyId: water, reason: 'Sáp nhập', act: 'NQ 15' }, people.office)
    const shares = holderShares(readCaseClock(s.at('2026-10-14T11:00').case, hours, s.now))
    expect(shares).toEqual([
      { level: 'focal-officer', agencyId: roads, heldSeconds: 8 * 3600 + 1, lateSeconds: 1 },
      { level: 'head', agencyId: roads, heldSeconds: 50 * 3600 - 1, lateSeconds: 2 * 3600 - 1 },
      { level: 'head', agencyId: water, heldSeconds: 3600, lateSeconds: 3600 },
    ])
  })
})

describe('a calendar that was corrected after the fact (D14)', () => {
  const offices = JSON.parse(readFileSync('resources/calendars/dong-thap-offices.json', 'utf8')) as { days: object[] }
  const knownAt = '2026-10-09T08:00:00+07:00'
  const day = { on: '2026-10-05', working: [], reason: 'nghỉ do bão', act: 'Công điện 7', knownAt }
  const stormy = openOfficeHours(
    reference.calendars.map((json) =>
      (json as { id: string }).id === 'dong-thap-offices' ? { ...offices, days: [...offices.days, day] } : json,
    ),
    reference.directory,
  )

  test('what was late by the calendar as known then stays so, and stands beside what it would have been', () => {
    const s = withOfficer().at('2026-10-06T10:00').answer().at('2026-10-12T10:00')
    const asKnown = readCaseClock(s.case, stormy, s.now)
    const asCorrected = readCorrectedClock(s.case, stormy, s.now)
    const [both] = correctedLevels(asKnown.levels, asCorrected.levels)
    expect(readingWords('clock.asKnown', both!.known, vi)).toBe(
      'Theo lịch đã biết lúc đó: hạn 08:00 Thứ Ba 06/10, trễ 2 giờ.',
    )
    expect(readingWords('clock.asCorrected', both!.corrected, vi)).toBe(
      'Theo lịch đã điều chỉnh: hạn 17:00 Thứ Ba 06/10, đúng hạn.',
    )
  })

  test('before the correction was known there is one reading', () => {
    const s = withOfficer().at('2026-10-06T10:00').answer().at('2026-10-08T10:00')
    const asKnown = readCaseClock(s.case, stormy, s.now)
    expect(correctedLevels(asKnown.levels, readCorrectedClock(s.case, stormy, s.now).levels)).toEqual([])
  })
})

describe('what the citizen was told of the time (#19, #24)', () => {
  test('a postponement shows the deadline it replaced', () => {
    const s = withOfficer().at('2026-10-05T10:00')
    s.do('slip.postpone', { newDueAt: '2026-10-07T10:00:00+07:00', reason: 'Chờ vật tư' }, people.officer)
    const [one] = appointmentsOf(s.journal, hours)
    expect(one).toMatchObject({ kind: 'postponed', reason: 'Chờ vật tư' })
    expect([one!.oldDueAt, one!.newAt].map((at) => toIso(at!))).toEqual([
      '2026-10-06T08:00:00+07:00',
      '2026-10-07T10:00:00+07:00',
    ])
  })

  test('a promise inside the time is a promise; one beyond it is the postponement and stands once', () => {
    const s = withOfficer().at('2026-10-05T10:00')
    s.do('slip.promise', { completeAt: '2026-10-05T16:00:00+07:00', reason: 'Đang đi kiểm tra' }, people.officer)
    s.at('2026-10-05T15:00').do('slip.promise', { completeAt: '2026-10-07T08:00:00+07:00', reason: 'Mưa lớn' })
    expect(appointmentsOf(s.journal, hours).map(({ kind, reason }) => [kind, reason])).toEqual([
      ['promised', 'Đang đi kiểm tra'],
      ['postponed', 'Mưa lớn'],
    ])
  })
})

describe('through which agencies a case went (#36)', () => {
  test('an accepted return and the next agency are one change, with the reason of the return', () => {
    const s = withOfficer().at('2026-10-05T09:00')
    s.do('slip.return', { reason: 'Đường thuộc phường' }, people.officer)
    expect(passageOf(s.case, s.journal)).toMatchObject({
      transfers: 0,
      bounces: 0,
      pendingReason: 'Đường thuộc phường',
    })
    s.do('slip.accept-return', {})
    s.at('2026-10-05T10:00').send(water)
    const passage = passageOf(s.case, s.journal)
    expect(passage).toMatchObject({ transfers: 1, bounces: 1, pendingReason: null })
    expect(passage.stays.map(({ agencyId, returned }) => [agencyId, returned?.reason ?? null])).toEqual([
      [roads, 'Đường thuộc phường'],
      [water, null],
    ])
  })

  test('D13: a successor is named with the act that made it one', () => {
    const s = withOfficer()
    s.do('slip.transfer', { agencyId: water, reason: 'Sáp nhập', act: 'NQ 15/NQ-HĐND' }, people.office)
    expect(passageOf(s.case, s.journal).stays.map(({ act }) => act)).toEqual([null, 'NQ 15/NQ-HĐND'])
  })
})
