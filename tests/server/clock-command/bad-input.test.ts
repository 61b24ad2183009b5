import { afterAll, describe, expect, test } from 'vitest'
import { calendarFolder, clock, offices } from './clock-process.ts'

const files = calendarFolder()
afterAll(() => files.remove())

const knownAt = '2026-01-10T00:00:00+07:00'
const week = { from: '2019-01-01', knownAt, hours: { mon: ['07:00-11:30', '13:30-17:00'] } }
const day = { on: '2026-08-31', working: [], reason: 'nghỉ', act: '1/TB', knownAt }
const good = { id: 'bad', timeZone: 'Asia/Ho_Chi_Minh', weeks: [week], days: [day] }
const monday = (...mon: string[]) => ({ ...good, weeks: [{ ...week, hours: { mon } }] })
const withDay = (change: object) => ({ ...good, days: [{ ...day, ...change }] })

const ask = (calendar: string, ...args: string[]) =>
  clock(['due', '--calendar', calendar, '--from', '2026-08-28T16:00:00+07:00', '--hours', '8', ...args])

describe('a bad calendar is refused with its file, the place in it and the reason', () => {
  test.each<[string, unknown, place: string, reason: string]>([
    [
      'overlapping intervals',
      monday('07:00-11:30', '11:00-17:00'),
      'weeks[0].hours.mon[1]',
      'chồng lên khoảng "07:00-11:30"',
    ],
    ['24:30', monday('13:30-24:30'), 'weeks[0].hours.mon[0]', 'giờ không tồn tại'],
    ['a reversed interval', monday('11:30-07:00'), 'weeks[0].hours.mon[0]', 'kết thúc trước'],
    ['a day twice at one knownAt', { ...good, days: [day, day] }, 'days[1]', 'hai lần'],
    ['a week twice at one knownAt', { ...good, weeks: [week, week] }, 'weeks[1]', 'hai tuần'],
    ['an unknown zone', { ...good, timeZone: 'Asia/Sai_Gon' }, 'timeZone', 'Không có múi giờ "Asia/Sai_Gon"'],
    ['a year beyond the range', withDay({ on: '2199-01-01' }), 'days[0].on', '2000 đến 2060'],
    ['a date that does not exist', withDay({ on: '2026-02-30' }), 'days[0].on', 'không có thật'],
    ['a date written another way', withDay({ on: '30/2/2026' }), 'days[0].on', 'viết không đúng cách'],
    ['an instant without an offset', withDay({ knownAt: '2026-01-10T00:00:00' }), 'days[0].knownAt', 'thiếu độ lệch'],
    ['an instant of no day', withDay({ knownAt: '2026-02-30T00:00:00Z' }), 'days[0].knownAt', 'không có thật'],
    ['a weekday typo', { ...good, weeks: [{ ...week, hours: { mond: [] } }] }, 'weeks[0].hours.mond', 'tên một ngày'],
    ['a misspelt field', { ...good, timezone: 'x' }, 'timezone', 'không có mục'],
    ['a missing field', { ...good, timeZone: undefined }, 'timeZone', 'Thiếu mục này'],
    ['a number where a text belongs', { ...good, id: 7 }, 'id', 'phải là một chuỗi chữ'],
    ['a list of calendars', [good], '(root)', 'đối tượng JSON'],
    ['itself as a parent', { ...good, inherits: 'bad' }, 'inherits', 'vòng tròn'],
  ])('%s', async (_what, json, place, reason) => {
    const file = files.write('bad.json', json)
    const { code, out, err } = await ask(file)
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err.startsWith(`${file}: ${place}: `)).toBe(true)
    expect(err).toContain(reason)
    expect(err.trimEnd().split('\n')).toHaveLength(1)
  })

  test('every mistake is a line of its own, in English where that is asked for or spoken', async () => {
    const file = files.write('many.json', { ...monday('noon', '07:00-25:00'), timeZone: 'Mars' })
    const { code, err } = await ask(file, '--lang', 'en')
    expect(code).toBe(1)
    expect(err.trimEnd().split('\n')).toEqual([
      `${file}: timeZone: There is no time zone "Mars"; a right one is "Asia/Ho_Chi_Minh".`,
      `${file}: weeks[0].hours.mon[0]: "noon" is not an interval; one is written like "07:00-11:30".`,
      `${file}: weeks[0].hours.mon[1]: "07:00-25:00" names a time of day that does not exist; only an end may be 24:00.`,
    ])
    const spoken = await clock(['between', '--calendar', file], '', { LC_ALL: '', LANG: 'en_GB.UTF-8' })
    expect(spoken.err).toMatch(/^--from is missing\.\nUsage:/)
  })

  test('what is inherited must lie beside it, bear its id, make no circle and keep the same time', async () => {
    const inherits = (id: string, parent: string, change: object = {}) =>
      files.write(`${id}.json`, { ...good, id, inherits: parent, ...change })
    expect((await ask(inherits('orphan', 'nobody'))).err).toBe(`${files.folder}/nobody.json: không có tệp này.\n`)
    inherits('b', 'a')
    expect((await ask(inherits('a', 'b'))).err).toBe(
      `${files.folder}/a.json: inherits: Lịch "a" kế thừa vòng tròn về chính nó.\n`,
    )
    files.write('named.json', good)
    expect((await ask(inherits('heir', 'named'))).err).toContain('Tệp này mang mã "bad"')
    files.write('tokyo.json', { ...good, id: 'tokyo', timeZone: 'Asia/Tokyo' })
    expect((await ask(inherits('far', 'tokyo'))).err).toContain(`${files.folder}/far.json: inherits: Lịch được kế thừa`)
  })

  test('no file, no JSON, and where it breaks off', async () => {
    expect(await ask(`${files.folder}/none.json`)).toEqual({
      code: 1,
      out: '',
      err: `${files.folder}/none.json: không có tệp này.\n`,
    })
    const broken = files.write('broken.json', '{\n  "id": "x",\n}')
    expect((await ask(broken)).err).toBe(`${broken}: dòng 3, cột 1: không phải JSON hợp lệ hoặc bị cắt ngang.\n`)
    const cut = files.write('cut.json', '{"id": "x"')
    expect(await ask(cut)).toMatchObject({ code: 1, err: expect.stringContaining(cut) })
    expect((await ask(files.folder)).err).toContain('EISDIR')
  })
})

describe('what is asked wrongly', () => {
  test.each<[string, string[], code: number, says: string]>([
    [
      'an instant without an offset',
      ['--from', '2026-08-28T16:00:00', '--hours', '8'],
      1,
      '--from: "2026-08-28T16:00:00": thiếu độ lệch',
    ],
    ['a date that does not exist', ['--from', '2026-02-30T16:00:00+07:00', '--hours', '8'], 1, 'không có thật'],
    [
      'a year beyond the range',
      ['--from', '2099-01-01T00:00:00Z', '--hours', '8'],
      1,
      'ngoài các năm từ 2000 đến 2060',
    ],
    ['hours below zero', ['--from', '2026-08-28T16:00:00Z', '--hours', '-8'], 1, 'hours: "-8"'],
    ['hours that are no number', ['--from', '2026-08-28T16:00:00Z', '--hours', '8h'], 1, 'hours: "8h"'],
    [
      'more hours than there are',
      ['--from', '2026-08-28T16:00:00Z', '--hours', '1000000'],
      1,
      'không có đủ 1000000 giờ',
    ],
    ['an option left out', ['--from', '2026-08-28T16:00:00Z'], 2, 'Thiếu --hours'],
    ['an option without its value', ['--from', '--hours', '8'], 2, 'Thiếu --from'],
    [
      'an option of another command',
      ['--from', '2026-08-28T16:00:00Z', '--hours', '8', '--to', 'x'],
      2,
      'không có --to',
    ],
    ['an unknown option', ['--form', 'x'], 2, 'không có --form'],
    ['a word too many', ['--from', '2026-08-28T16:00:00Z', '--hours', '8', 'x'], 2, 'không có x'],
  ])('%s', async (_what, args, code, says) => {
    const ended = await clock(['due', '--calendar', offices, ...args])
    expect(ended).toMatchObject({ code, out: '', err: expect.stringContaining(says) })
    expect(ended.err.includes('Cách dùng')).toBe(code === 2)
  })

  test('no command at all, an unknown one, and help', async () => {
    expect(await clock([])).toMatchObject({ code: 2, out: '', err: expect.stringContaining('Cách dùng') })
    expect(await clock(['dew'])).toMatchObject({ code: 2, err: expect.stringContaining('"dew"') })
    expect(await clock(['--help'])).toMatchObject({ code: 0, out: expect.stringContaining('Cách dùng'), err: '' })
  })
})
