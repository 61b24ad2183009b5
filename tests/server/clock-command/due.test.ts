import { afterAll, describe, expect, test } from 'vitest'
import { batch, calendarFolder, centres, clock, offices, root, run } from './clock-process.ts'

const files = calendarFolder()
afterAll(() => files.remove())

const due = async (...args: string[]) => {
  const { code, out, err } = await clock(['due', ...args])
  expect({ code, err }).toEqual({ code: 0, err: '' })
  return JSON.parse(out) as { due: string; lines: string[] }
}

/** From, hours, due, known at; as official papers give them (#25, #26). */
const dates: [what: string, calendar: string, from: string, hours: number, due: string, asKnownAt?: string][] = [
  ['#25 swapped Monday and National Day', offices, '2026-08-28T16:00:00+07:00', 8, '2026-09-03T16:00:00+07:00'],
  ['#25 a Saturday worked in exchange', offices, '2026-08-21T15:00:00+07:00', 8, '2026-08-22T15:00:00+07:00'],
  ['#25 the new holiday, 24/11', offices, '2026-11-23T15:00:00+07:00', 8, '2026-11-25T15:00:00+07:00'],
  [
    '#25 D14 before 24/11 was known',
    offices,
    '2026-11-23T15:00:00+07:00',
    8,
    '2026-11-24T15:00:00+07:00',
    '2026-01-12T23:59:59+07:00',
  ],
  [
    '#25 D14 from the instant 24/11 was known',
    offices,
    '2026-11-23T15:00:00+07:00',
    8,
    '2026-11-25T15:00:00+07:00',
    '2026-01-12T17:00:00Z',
  ],
  ['#26 D6 received at lunch', offices, '2026-10-06T12:10:00+07:00', 8, '2026-10-07T11:30:00+07:00'],
  ['#21 D2 R1: 48 hours from the head', offices, '2026-10-06T08:00:00+07:00', 48, '2026-10-14T08:00:00+07:00'],
  ['#21 D2 R2: 48 hours from the transfer', offices, '2026-10-05T08:00:00+07:00', 48, '2026-10-13T08:00:00+07:00'],
  ['#25 offices rest on Saturday', offices, '2026-07-10T16:00:00+07:00', 2, '2026-07-13T08:00:00+07:00'],
  ['#25 service centres work its morning', centres, '2026-07-10T16:00:00+07:00', 2, '2026-07-11T08:00:00+07:00'],
  ['#25 centres take the holidays of offices', centres, '2026-08-28T16:00:00+07:00', 8, '2026-09-03T09:30:00+07:00'],
  ['half an hour', offices, '2026-10-06T16:45:00+07:00', 0.5, '2026-10-07T07:15:00+07:00'],
  ['2.3 hours are 8,280 seconds', offices, '2026-10-06T07:00:00+07:00', 2.3, '2026-10-06T09:18:00+07:00'],
  ['a third of an hour', offices, '2026-10-06T07:00:00+07:00', 1 / 3, '2026-10-06T07:20:00+07:00'],
  [
    'D6 what lies below a second is dropped',
    offices,
    '2026-10-06T07:00:00.9+07:00',
    0.0004,
    '2026-10-06T07:00:01+07:00',
  ],
  ['no time at all', offices, '2026-10-06T12:10:05+07:00', 0, '2026-10-06T12:10:05+07:00'],
  ['asked in another offset', offices, '2026-10-06T05:10:00Z', 8, '2026-10-07T11:30:00+07:00'],
]

describe('due', () => {
  // A process for each is slow; the batch below asks for all of them.
  test.each(dates.filter(([what]) => /#2[56]/.test(what)))(
    '%s',
    async (_what, calendar, from, hours, expected, asKnownAt) => {
      const known = asKnownAt === undefined ? [] : ['--as-known-at', asKnownAt]
      expect((await due('--calendar', calendar, '--from', from, '--hours', String(hours), ...known)).due).toBe(expected)
    },
  )

  test('a batch answers the same', async () => {
    for (const calendar of [offices, centres]) {
      const mine = dates.filter((each) => each[1] === calendar)
      const { answers } = await batch(
        calendar,
        mine.map(([, , from, hours, , asKnownAt]) => ({ op: 'due', from, hours, asKnownAt })),
      )
      expect(answers).toEqual(mine.map((each) => ({ due: each[4] })))
    }
  })

  test('it shows its working, and names the acts', async () => {
    const { lines } = await due('--calendar', offices, '--from', '2026-08-28T16:00:00+07:00', '--hours', '8')
    const act = 'theo Thông báo của Bộ Nội vụ về lịch nghỉ Tết Âm lịch và Quốc khánh năm 2026'
    expect(lines).toEqual([
      'Thứ Sáu 28/8 16:00–17:00: 1 giờ',
      'Thứ Bảy, Chủ nhật: nghỉ',
      `Thứ Hai 31/8: nghỉ hoán đổi Quốc khánh, ${act}`,
      `Thứ Ba 01/9: nghỉ Quốc khánh (ngày liền kề), ${act}`,
      'Thứ Tư 02/9: nghỉ Quốc khánh 02/9, theo Bộ luật Lao động năm 2019, Điều 112',
      'Thứ Năm 03/9 07:00–11:30, 13:30–16:00: 7 giờ',
    ])
  })

  test('through npm, from another folder, a relative file is looked for where the person stands', async () => {
    files.write('own.json', plain)
    const args = ['--prefix', root, 'run', '-s', 'clock', '--', 'due', '--calendar', 'own.json']
    const ended = await run(
      'npm',
      [...args, '--from', '2026-10-12T16:30:00+07:00', '--hours', '1'],
      '',
      {},
      files.folder,
    )
    expect(ended).toMatchObject({ code: 0, err: '' })
    expect(JSON.parse(ended.out)).toMatchObject({ due: '2026-10-13T07:30:00+07:00' })
  })
})

describe('between', () => {
  const between = async (...args: string[]) => JSON.parse((await clock(['between', ...args])).out) as object
  const span = ['--from', '2026-11-23T15:00:00+07:00', '--to', '2026-11-25T15:00:00+07:00']

  test('working seconds, negative when it ends before it begins, by what was known', async () => {
    expect(await between('--calendar', offices, ...span)).toEqual({ workingSeconds: 28_800 })
    expect(await between('--calendar', offices, '--from', span[3]!, '--to', span[1]!)).toEqual({
      workingSeconds: -28_800,
    })
    expect(await between('--calendar', offices, ...span, '--as-known-at=2026-01-01T00:00:00Z')).toEqual({
      workingSeconds: 57_600,
    })
  })
})

const knownAt = '2019-01-01T00:00:00+07:00'
const hours = { mon: ['13:30-17:00', '07:00-11:30'], tue: ['07:00-11:30'], sat: [] }
/** The least that the format allows: no name, no acts, no reasons, weekdays left out, intervals in any order. */
const plain = {
  id: 'own',
  timeZone: 'Asia/Ho_Chi_Minh',
  weeks: [{ from: '2019-01-01', knownAt, hours }],
  days: [{ on: '2026-10-05', working: [], knownAt: '2026-09-01T00:00:00Z' }],
}

describe('which hours a date has', () => {
  const weeks = [
    { from: '2019-01-01', knownAt, hours: { mon: ['07:00-08:00'] } },
    { from: '2026-01-01', knownAt: '2025-06-01T00:00:00+07:00', hours: { mon: ['07:00-09:00'] } },
    { from: '2026-01-01', knownAt: '2050-01-01T00:00:00+07:00', hours: { mon: ['07:00-10:00'] } },
  ]
  const days = [
    { on: '2026-03-02', working: [], reason: 'nghỉ', act: 'a', knownAt: '2025-06-01T00:00:00+07:00' },
    { on: '2026-03-02', working: ['07:00-07:30'], reason: 'nửa buổi', act: 'b', knownAt: '2026-02-01T00:00:00+07:00' },
  ]
  const file = () => files.write('rules.json', { ...plain, id: 'rules', weeks, days })

  test.each<[on: string, asKnownAt: string | undefined, seconds: number, why: string]>([
    ['2025-12-29', undefined, 3600, 'the week before 2026'],
    ['2026-01-05', undefined, 10_800, 'without asKnownAt everything is known, also what will be'],
    ['2026-01-05', '2026-01-05T00:00:00+07:00', 7200, 'of one `from` the latest known'],
    ['2026-01-05', '2025-05-31T23:59:59+07:00', 3600, 'before the later week was known'],
    ['2026-01-06', undefined, 0, 'a weekday that is absent is closed'],
    ['2026-03-02', undefined, 1800, 'a day replaces its week, the latest known'],
    ['2026-03-02', '2026-01-31T23:59:59+07:00', 0, 'the day as first known'],
    ['2026-03-02', '2019-01-01T00:00:00+07:00', 3600, 'before the day was known'],
  ])('%s known %s: %i s, %s', async (on, asKnownAt, workingSeconds) => {
    const span = { from: `${on}T00:00:00+07:00`, to: `${on}T23:59:59+07:00` }
    const { answers } = await batch(file(), [{ op: 'between', ...span, asKnownAt }])
    expect(answers).toEqual([{ workingSeconds }])
  })

  test('a file says no more than it must; days without reason and act are explained all the same', async () => {
    const { due: at, lines } = await due(
      ...['--calendar', files.write('plain.json', plain), '--from', '2026-10-04T08:00:00+07:00', '--hours', '4.5'],
    )
    expect(at).toBe('2026-10-06T11:30:00+07:00')
    expect(lines).toContain('Thứ Hai 05/10: nghỉ, theo lịch làm việc đã nhập')
  })

  test('24 hours a day, in a zone with summer time, answered with the offset of the day', async () => {
    const always = Object.fromEntries(
      ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, ['00:00-24:00']]),
    )
    const berlin = files.write('berlin.json', {
      ...plain,
      id: 'berlin',
      timeZone: 'Europe/Berlin',
      weeks: [{ from: '2019-01-01', knownAt, hours: always }],
      days: [],
    })
    const { answers } = await batch(berlin, [
      { op: 'due', from: '2026-03-29T00:30:00+01:00', hours: 2 },
      { op: 'due', from: '2026-10-25T00:30:00+02:00', hours: 3 },
      { op: 'due', from: '2026-06-30T22:00:00Z', hours: 0.0003 },
    ])
    expect(answers.map((each) => each.due)).toEqual([
      '2026-03-29T03:30:00+02:00',
      '2026-10-25T02:30:00+01:00',
      '2026-07-01T00:00:01+02:00',
    ])
  })

  test('what is inherited lies beside the file as <id>.json', async () => {
    files.write('parent.json', { ...plain, id: 'parent' })
    const child = files.write('child.json', { id: 'child', timeZone: 'Asia/Ho_Chi_Minh', inherits: 'parent' })
    const { answers } = await batch(child, [{ op: 'due', from: '2026-10-12T16:00:00+07:00', hours: 2 }])
    expect(answers).toEqual([{ due: '2026-10-13T08:00:00+07:00' }])
  })
})
