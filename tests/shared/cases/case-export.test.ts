import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { caseFileTroubleWords } from '../../../src-shared/cases/case-file-trouble.ts'
import { type VerifiedCaseFile, verifyCaseFile } from '../../../src-shared/cases/case-verify.ts'
import {
  type Calendar,
  calendars,
  calendarsWith,
  eventful,
  type Forged,
  fileOf,
  reseal,
  sha256Hex,
} from './exported.ts'
import { closed, late, lateCause, people, withOfficer } from './scene.ts'

const honest = fileOf(eventful(), '2026-10-21T15:00:00+07:00')
const copy = () => structuredClone(honest)
const verify = (file: unknown): VerifiedCaseFile => verifyCaseFile(file, sha256Hex)

/** Where the first line that differs stands; `ok` where none does. */
function placeOf(file: unknown): string {
  const verified = verify(file)
  return verified.ok ? 'ok' : verified.trouble.place
}
const changed = (change: (file: Forged) => unknown, options?: { chain: boolean }): Forged => {
  const file = copy()
  change(file)
  return options ? reseal(file, options) : file
}
const indexOf = (name: string) => honest.events.findIndex((event) => event.name === name)

describe('#41: an exported case is verified from the file alone', () => {
  it('an honest one, and what its clock says', () => {
    expect(verify(honest)).toEqual({
      ok: true,
      code: '26-0048213-K',
      headHash: honest.headHash,
      events: honest.events.length,
      clock: honest.clock,
    })
    expect(honest.clock.dues.map(({ level, dueAt, isLate }) => ({ level, dueAt, isLate }))).toEqual([
      { level: 'focal-officer', dueAt: '2026-10-06T11:30:00+07:00', isLate: true },
      { level: 'head', dueAt: '2026-10-16T17:00:00+07:00', isLate: true },
    ])
    expect(honest.clock.lines).toContain('Thứ Hai 12/10: nghỉ do bão, theo 12/TB-UBND')
  })

  it('it carries only the agencies that the case names, and their calendars', () => {
    expect(honest.agencies.map((each) => each.id)).toEqual(['so-xay-dung'])
    expect(honest.calendars.map((each) => each.id)).toEqual(['dong-thap-offices'])
  })

  it('printed anew with other spaces and another order of keys it is the same file', () => {
    const turned = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(turned)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(
              Object.entries(value)
                .reverse()
                .map(([key, each]) => [key, turned(each)]),
            )
          : value
    expect(placeOf(JSON.parse(JSON.stringify(turned(honest), null, 4)))).toBe('ok')
  })

  it('a case that no agency ever held, and one whose clock still runs, down to its due instant', () => {
    expect(placeOf(fileOf(closed(), '2026-10-05T12:00:00+07:00'))).toBe('ok')
    const running = fileOf(withOfficer(), '2026-10-05T16:00:00.250+07:00')
    expect(running.clock.lines.slice(-3)).toEqual([
      'Còn lại: Thứ Hai 05/10/2026 16:00 – Thứ Ba 06/10/2026 08:00: 2 giờ làm việc',
      'Thứ Hai 05/10 16:00–17:00: 1 giờ',
      'Thứ Ba 06/10 07:00–08:00: 1 giờ',
    ])
    expect(placeOf(running)).toBe('ok')
  })

  it('D14: a case closed before its calendar was corrected keeps what was known, and says what it would be', () => {
    const s = late().at('2026-10-14T10:00')
    s.do('slip.answer', { text: 'Đã vá.', citizenTold: null, lateCause }, people.head)
    const file = fileOf(s, '2026-11-01T08:00:00+07:00', calendarsWith('2026-10-20T09:00:00+07:00'))
    expect(file.clock).toMatchObject({
      dues: [{}, { dueAt: '2026-10-14T08:00:01+07:00', isLate: true, lateSeconds: 7199 }],
      corrected: {
        knownAt: '2026-11-01T08:00:00+07:00',
        dues: [{}, { dueAt: '2026-10-15T08:00:01+07:00', isLate: false, lateSeconds: 0 }],
      },
    })
    expect(file.clock.corrected!.lines).toContain('Thứ Hai 12/10: nghỉ do bão, theo 12/TB-UBND')
    expect(file.clock.lines).not.toContain('Thứ Hai 12/10: nghỉ do bão, theo 12/TB-UBND')
    expect(placeOf(file)).toBe('ok')
    file.clock.corrected!.dues[1]!.dueAt = '2026-10-14T08:00:01+07:00'
    expect(placeOf(file)).toBe('clock.corrected.dues[1].dueAt')
    file.clock.corrected = null
    expect(placeOf(file)).toBe('clock.corrected')
  })
})

/** Every place in a JSON value at which something other than an object or a list stands. */
function leaves(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value).flatMap(([key, each]) =>
    leaves(each, [...path, Array.isArray(value) ? Number(key) : key]),
  )
}
function change(file: Forged, path: readonly (string | number)[]): Forged {
  const whole = file as unknown as Record<string | number, never>
  const parent = path.slice(0, -1).reduce((at: Record<string | number, never>, step) => at[step]!, whole)
  const key = path.at(-1)!
  const old = parent[key] as unknown
  const other = typeof old === 'string' ? `${old}x` : typeof old === 'number' ? old + 1 : old === null ? 'x' : !old
  parent[key] = other as never
  return file
}

describe('whatever is changed by hand is found', () => {
  it('any value of any event, at that event', () => {
    for (const [index, event] of honest.events.entries()) {
      for (const path of leaves(event)) {
        const place = placeOf(change(copy(), ['events', index, ...path]))
        expect([path, place]).toEqual([path, expect.stringMatching(new RegExp(`^events\\[${index}\\]`))])
      }
    }
  })

  it('any value of the file', () => {
    const all = leaves(honest)
    expect(all.length).toBeGreaterThan(1000)
    fc.assert(
      fc.property(fc.constantFrom(...all), (path) => {
        expect(verify(change(copy(), path)).ok).toBe(false)
      }),
      { numRuns: 60 },
    )
  })

  it.each<[string, (events: Forged['events']) => unknown, string, string]>([
    ['an event taken out', (events) => events.splice(3, 1), 'events[3] (supplement.requested)', 'chain-gap'],
    ['the first taken out', (events) => events.shift(), 'events[0] (slip.sent)', 'chain-gap'],
    ['the last taken out', (events) => events.pop(), 'headHash', 'differs'],
    [
      'two in the other order',
      (events) => events.splice(4, 2, events[5]!, events[4]!),
      'events[4] (supplement.received)',
      'chain-gap',
    ],
    ['one written twice', (events) => events.splice(2, 0, events[1]!), 'events[2] (slip.sent)', 'chain-gap'],
    [
      'one put in',
      (events) => events.splice(2, 0, { ...events[1]!, caseSeq: 3 }),
      'events[2] (slip.sent)',
      'chain-link',
    ],
    [
      'a hash changed',
      (events) => Object.assign(events[5]!, { hash: sha256Hex('x') }),
      'events[5] (supplement.received)',
      'chain-hash',
    ],
    [
      'a link changed',
      (events) => Object.assign(events[5]!, { prevHash: sha256Hex('x') }),
      'events[5] (supplement.received)',
      'chain-link',
    ],
    [
      'a field added',
      (events) => Object.assign(events[5]!.data, { note: 'x' }),
      'events[5] (supplement.received)',
      'chain-hash',
    ],
    [
      'a name no event has',
      (events) => Object.assign(events[5]!, { name: 'slip.lost' }),
      'events[5].name',
      'wrong-shape',
    ],
    ['none left', (events) => events.splice(0), 'events', 'wrong-shape'],
  ])('%s', (_what, tamper, place, key) => {
    const verified = verify(changed((file) => tamper(file.events)))
    expect(verified.ok ? null : [verified.trouble.place, verified.trouble.key]).toEqual([place, `case-file.${key}`])
  })
})

describe('what the chain cannot show, the arithmetic does: every hash is made again', () => {
  const later = '2026-11-30T08:00:00+07:00'
  it.each<[event: string, field: string, value: unknown]>([
    ['slip.received', 'allowanceSeconds', 57_600],
    ['slip.received', 'clockStopsOn', 'result'],
    ['slip.due-soon', 'dueAt', later],
    ['slip.due-soon', 'minutesBefore', 60],
    ['supplement.requested', 'stopsClock', false],
    ['supplement.requested', 'capSeconds', 3600],
    ['pause.confirmed', 'effectiveAt', '2026-10-06T07:15:00+07:00'],
    ['slip.escalated', 'dueAt', later],
    ['slip.escalated', 'allowanceSeconds', 200_000],
    ['slip.escalated', 'reading', 'R2'],
    ['clock.recounted', 'knownAt', later],
    ['clock.recounted', 'dueBefore', later],
    ['clock.recounted', 'dueAfter', null],
    ['case.became-late', 'dueAt', later],
    ['case.reopened', 'countsClosedTime', true],
  ])('%s %s', (name, field, value) => {
    const index = indexOf(name)
    const file = changed((each) => Object.assign(each.events[index]!.data, { [field]: value }), { chain: true })
    expect(placeOf(file)).toBe(`events[${index}] (${name}) data.${field}`)
  })

  it('the acts that a recount names', () => {
    const index = indexOf('clock.recounted')
    const file = changed((each) => Object.assign(each.events[index]!.data, { acts: ['13/TB-UBND'] }), { chain: true })
    expect(placeOf(file)).toBe(`events[${index}] (clock.recounted) data.acts[0]`)
  })

  it('a slip received an hour later: the first due instant after it differs', () => {
    const file = changed((each) => Object.assign(each.events[2]!, { at: '2026-10-05T09:00:00+07:00' }), { chain: true })
    expect(placeOf(file)).toBe('events[3] (slip.due-soon) data.dueAt')
  })

  it('a pause left out, a pause made longer', () => {
    const without = changed((each) => each.events.splice(indexOf('pause.requested'), 3), { chain: true })
    expect(placeOf(without)).toMatch(/\(slip\.escalated\) data\.dueAt$/)
    const longer = changed(
      (each) => Object.assign(each.events[indexOf('pause.ended')]!, { at: '2026-10-06T10:30:00+07:00' }),
      { chain: true },
    )
    expect(placeOf(longer)).toMatch(/\(slip\.escalated\) data\.dueAt$/)
  })

  it('the lateness left out of the journal: the clock that the file states remembers nothing of it, but is held to it', () => {
    const cut = indexOf('case.became-late')
    const file = changed((each) => each.events.splice(cut), { chain: true })
    expect(placeOf(file)).toMatch(/^clock\.dues\[1\]/)
  })

  it('a journal in an order that cannot be', () => {
    const file = changed((each) => each.events.splice(1, 1), { chain: true })
    const verified = verify(file)
    expect(verified.ok ? null : verified.trouble.key).toBe('case-file.impossible')
  })
})

describe('what the file states of its clock', () => {
  it.each<[string, (clock: Forged['clock']) => unknown, string]>([
    [
      'another due instant',
      (clock) => Object.assign(clock.dues[1]!, { dueAt: '2026-10-17T17:00:00+07:00' }),
      'clock.dues[1].dueAt',
    ],
    ['not late', (clock) => Object.assign(clock.dues[1]!, { isLate: false }), 'clock.dues[1].isLate'],
    ['less time used', (clock) => Object.assign(clock.dues[0]!, { usedSeconds: 1 }), 'clock.dues[0].usedSeconds'],
    ['a level left out', (clock) => clock.dues.pop(), 'clock.dues[1]'],
    ['another line', (clock) => clock.lines.splice(4, 1, 'Thứ Ba 06/10 07:00–07:30: 3 giờ'), 'clock.lines[4]'],
    ['a line left out', (clock) => clock.lines.pop(), `clock.lines[${honest.clock.lines.length - 1}]`],
    ['a line too many', (clock) => clock.lines.push('x'), `clock.lines[${honest.clock.lines.length}]`],
  ])('%s', (_what, tamper, place) => {
    expect(placeOf(changed((file) => tamper(file.clock), { chain: false }))).toBe(place)
  })

  it('says both what stands there and what it is', () => {
    const verified = verify(changed((file) => Object.assign(file.clock.dues[0]!, { dueAt: null }), { chain: false }))
    expect(verified.ok ? '' : caseFileTroubleWords('vi', verified.trouble)).toBe(
      'clock.dues[0].dueAt: tệp ghi null, tính lại được "2026-10-06T11:30:00+07:00".',
    )
  })
})

describe('other rules than those the case was counted by', () => {
  const day = (file: Forged, on: string) => file.calendars[0]!.days.find((each) => each.on === on)!
  it.each<[string, (file: Forged) => unknown, RegExp]>([
    ['a day off taken out', ({ calendars: [one] }) => one!.days.pop(), /\(clock\.recounted\) data\.knownAt$/],
    [
      'a day off put in',
      ({ calendars: [one] }) => one!.days.push(off('2026-10-06')),
      /\(slip\.due-soon\) data\.dueAt$/,
    ],
    ['a day off known later', (file) => (day(file, '2026-10-12').knownAt = '2026-10-09T09:00:00+07:00'), /recounted/],
    ['another reason for it', (file) => (day(file, '2026-10-12').reason = 'nghỉ bù'), /^clock\.lines/],
    ['other hours', ({ calendars: [one] }) => (one!.weeks[0]!.hours.mon = ['07:00-12:00']), /\(slip\.due-soon\) data/],
    [
      'a calendar that is none',
      ({ calendars: [one] }) => (one!.weeks[0]!.hours.mon = ['7-12']),
      /^calendars\[0\]: weeks/,
    ],
    ['no calendar at all', (file) => (file.calendars = []), /^agencies\[0\]\.calendarId$/],
    [
      'more hours for officers',
      ({ policies: [one] }) => (one!.focalOfficerWorkingHours = 16),
      /received\) data\.allowance/,
    ],
    ['another reading', ({ policies: [one] }) => (one!.headReading = 'R2'), /\(slip\.escalated\) data\.reading$/],
    [
      'other reminders',
      ({ policies: [one] }) => (one!.remindersBeforeDueMinutes = { focalOfficer: [], head: [] }),
      /due-soon/,
    ],
    ['another version', ({ policies: [one] }) => (one!.version = 7), /^events\[0\] \(case\.opened\)$/],
    ["another province's pack", ({ policies: [one] }) => (one!.id = 'dong-nai'), /^events\[0\] \(case\.opened\)$/],
    ['a pack that is none', ({ policies: [one] }) => (one!.headWorkingHours = 0), /^policies\[0\]\.headWorkingHours$/],
    ['an agency of another name', ({ agencies: [one] }) => (one!.name = 'Sở Tài chính'), /^clock\.lines\[0\]$/],
    ['an agency left out', (file) => (file.agencies = []), /^events\[3\]/],
    ['another code', (file) => (file.code = '26-0048214-X'), /^code$/],
    ['exported later', (file) => (file.exportedAt = '2026-10-22T15:00:00+07:00'), /^clock\.dues/],
  ])('%s', (_what, tamper, place) => {
    expect(placeOf(changed((file) => tamper(file), { chain: false }))).toMatch(place)
  })

  it('a version of the policy that came later changes nothing', () => {
    const file = changed(
      (each) => each.policies.push({ ...each.policies[0], version: 99, validFrom: '2027-01-01', headWorkingHours: 24 }),
      { chain: false },
    )
    expect(placeOf(file)).toBe('ok')
  })

  function off(on: string): Calendar['days'][number] {
    return { ...calendars[0]!.days.at(-1)!, on, knownAt: '2026-01-01T00:00:00+07:00' }
  }
})

it.each([
  ['another format', { ...honest, format: 'ban-truc-1022/case/1' }, 'format'],
  ['a list', [], 'format'],
  ['nothing', null, 'format'],
  ['a text', 'case', 'format'],
  ['without its clock', { ...honest, clock: undefined }, 'clock'],
  ['an event that is a number', { ...honest, events: [1] }, 'events[0]'],
])('a file of %s is refused as such', (_what, file, place) => {
  expect(placeOf(file)).toBe(place)
})
