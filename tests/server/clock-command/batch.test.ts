import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { describe, expect, test } from 'vitest'
import { fromIso, toIso } from '../../../src-shared/deadlines/instants.ts'
import { openShipped } from '../../shared/deadlines/shipped-calendars.ts'
import { batch, clock, offices, root } from './clock-process.ts'

const from = '2026-10-05T08:00:00+07:00'
const due = { op: 'due', from, hours: 8 }
const answer = { due: '2026-10-06T08:00:00+07:00' }

describe('a batch', () => {
  test('answers line by line; a bad line says why and the next goes on', async () => {
    const { code, err, answers } = await batch(offices, [
      due,
      'not json',
      '[]',
      '"due"',
      { op: 'dew', from, hours: 8 },
      { op: 'due', hours: 8 },
      { op: 'due', from },
      { op: 'due', from, hours: '8' },
      { op: 'due', from, hours: -1 },
      '{"op":"due","from":"2026-10-05T08:00:00+07:00","hours":1e999}',
      { op: 'due', from: '2026-10-05T08:00:00', hours: 8 },
      { op: 'due', from: '2026-02-30T08:00:00+07:00', hours: 8 },
      { op: 'due', from: 1_790_000_000, hours: 8 },
      { op: 'due', from: '1999-12-31T00:00:00Z', hours: 8 },
      { ...due, asknownat: from },
      { ...due, asKnownAt: 'today' },
      { op: 'between', from },
      { op: 'between', from, to: '2061-01-02T00:00:00Z' },
      { op: 'between', from, to: '2026-10-05T09:00:01+07:00' },
      { ...due, asKnownAt: null },
    ])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const said = answers.map((each) => each.error ?? each)
    expect(said).toEqual([
      answer,
      'Dòng này không phải JSON hợp lệ.',
      'Mỗi dòng phải là một đối tượng JSON.',
      'Mỗi dòng phải là một đối tượng JSON.',
      'op: Phải là "due" hoặc "between".',
      'from: Thiếu mục này.',
      'hours: Thiếu mục này.',
      expect.stringContaining('hours: "8" không phải'),
      expect.stringContaining('hours: -1 không phải'),
      expect.stringContaining('không có đủ'),
      expect.stringContaining('from: "2026-10-05T08:00:00": thiếu độ lệch'),
      expect.stringContaining('không có thật'),
      expect.stringContaining('from: "1790000000"'),
      expect.stringContaining('from: Thời điểm nằm ngoài các năm'),
      expect.stringContaining('asknownat: '),
      expect.stringContaining('asKnownAt: "today"'),
      'to: Thiếu mục này.',
      expect.stringContaining('to: Thời điểm nằm ngoài các năm'),
      { workingSeconds: 3601 },
      answer,
    ])
  })

  test('CRLF, empty lines, a byte-order mark, a last line without its end, and nothing at all', async () => {
    const line = JSON.stringify(due)
    const input = `\uFEFF${line}\r\n\r\n\n  \n${line}\r\n\t${line}\n\n${line}`
    const { code, out } = await clock(['batch', '--calendar', offices], input)
    expect(code).toBe(0)
    expect(out).toBe(`${JSON.stringify(answer)}\n`.repeat(4))
    expect(await clock(['batch', '--calendar', offices], '')).toEqual({ code: 0, out: '', err: '' })
    expect(await clock(['batch', '--calendar', offices], '\n\n')).toEqual({ code: 0, out: '', err: '' })
  })

  test('a line that never ends is refused once, whole, and fills no memory', async () => {
    const input = `${JSON.stringify(due)}\n{"op":"${'ữ'.repeat(2_000_000)}"}\n${JSON.stringify(due)}\n`
    const { out } = await clock(['batch', '--calendar', offices, '--lang=en'], input)
    expect(out.split('\n')).toEqual([
      JSON.stringify(answer),
      expect.stringContaining('longer than'),
      JSON.stringify(answer),
      '',
    ])
  })

  test('a bad calendar ends it before the first line', async () => {
    const ended = await clock(['batch', '--calendar', 'package.json'], JSON.stringify(due))
    expect(ended).toMatchObject({ code: 1, out: '', err: expect.stringContaining('package.json: ') })
  })

  test('a program may ask, wait for the answer, and ask again', async () => {
    const main = `${root}/sync-server/src/deadlines/command-line/main.ts`
    const child = spawn(process.execPath, [main, 'batch', '--calendar', offices], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
    for (let i = 0; i < 3; i += 1) {
      child.stdin.write(`${JSON.stringify(due)}\n`)
      expect((await answers.next()).value).toBe(JSON.stringify(answer))
    }
    child.stdin.end()
    await once(child, 'close')
    expect(child.exitCode).toBe(0)
  })

  test('twenty thousand lines across many chunks: each its own answer, in order, by what was known then', async () => {
    const book = openShipped()
    const start = fromIso('2020-01-01T00:00:00+07:00')
    const asked = Array.from({ length: 20_000 }, (_, i) => {
      // Steps that are no multiples of one another, so that days, seconds, hours and knowledge all vary.
      const at = start + ((i * 10_007_321) % 220_000_000) * 1000
      const to = start + ((i * 7_654_321) % 220_000_000) * 1000
      const known = i % 3 === 0 ? toIso(at - (i % 400) * 86_400_000, 'UTC') : undefined
      const base = { from: toIso(at, i % 2 ? 'UTC' : 'Asia/Ho_Chi_Minh'), asKnownAt: known }
      return i % 4 === 0
        ? { op: 'between' as const, ...base, to: toIso(to) }
        : { op: 'due' as const, ...base, hours: (i % 481) / 10 }
    })
    const { answers } = await batch(offices, asked)
    const expected = asked.map((request) => {
      const known = request.asKnownAt === undefined ? undefined : fromIso(request.asKnownAt)
      const time = book.workingTime('dong-thap-offices', known)
      if (request.op === 'between') return { workingSeconds: time.between(fromIso(request.from), fromIso(request.to)) }
      return { due: toIso(time.add(fromIso(request.from), Math.round(request.hours * 3600))) }
    })
    expect(answers.length).toBe(expected.length)
    expect(answers.findIndex((each, i) => JSON.stringify(each) !== JSON.stringify(expected[i]))).toBe(-1)
  })

  test('whoever reads only the beginning is no failure', async () => {
    const main = `${root}/sync-server/src/deadlines/command-line/main.ts`
    const child = spawn(process.execPath, [main, 'batch', '--calendar', offices], { stdio: ['pipe', 'pipe', 'pipe'] })
    const err: Buffer[] = []
    child.stderr.on('data', (part: Buffer) => err.push(part))
    child.stdin.on('error', () => {})
    child.stdout.once('data', () => child.stdout.destroy())
    child.stdin.end(`${JSON.stringify(due)}\n`.repeat(50_000))
    await once(child, 'close')
    expect({ code: child.exitCode, err: Buffer.concat(err).toString() }).toEqual({ code: 0, err: '' })
  })
})
