import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { type ClockHours, recountOf } from '../../../src-shared/cases/recount.ts'
import type { CalendarJson } from '../../../src-shared/deadlines/calendar.ts'
import { openCalendarBook } from '../../../src-shared/deadlines/calendar-book.ts'
import type { ClockMark } from '../../../src-shared/deadlines/clock.ts'
import { chanceOf } from '../../shared/deadlines/second-clock/random.ts'
import { shippedSources } from '../../shared/deadlines/shipped-calendars.ts'
import { type Bench, circumstances, interleaved, median, processorSeconds, table, verdict } from '../bench.ts'
import { type Kind, kindOf, openCase } from './open-cases.ts'

const ROWS = Number(process.env.BENCH_ROWS ?? 1_000_000)
const BATCH = 10_000
/** So many different histories; the million goes through them over and over. */
const DISTINCT = 50_000
const HOUR = 3_600_000
const MINUTE = 60_000

/** Monday evening, when it becomes known that Tuesday is off. */
const NOW = Date.parse('2026-10-05T17:00:00+07:00')

/** P7, second part: an act moves a million open clocks. */
export const bench: Bench = {
  title: 'A million open clocks counted anew, beside the bare UPDATE of as many rows',
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'bench-recount-'))
    try {
      return await measure(join(folder, 'cases.sqlite'))
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

async function measure(file: string): Promise<string> {
  const on = circumstances()
  const hours = hoursWithTuesdayOff()
  const cases = distinctCases().map((clockMarks) => ({ clockMarks }))
  const counted = cases.map((one) => dueOf(one, hours))
  const moved = counted.filter((each) => each.isMoved).length / DISTINCT
  const db = fill(file)
  const update = db.prepare('UPDATE cases SET due_at = ? WHERE case_id = ?')
  const select = db.prepare('SELECT state_json FROM cases WHERE case_id = ?')
  let round = 0
  const processor = new Map<string, number[]>()
  const inBatches = (name: string, write: (row: number) => void) => {
    round += 1
    const began = processorSeconds()
    for (let from = 0; from < ROWS; from += BATCH) {
      db.exec('BEGIN IMMEDIATE')
      for (let row = from; row < Math.min(ROWS, from + BATCH); row += 1) write(row)
      db.exec('COMMIT')
    }
    processor.set(name, [...(processor.get(name) ?? []), processorSeconds() - began])
    return ROWS
  }
  // A second more or less, so that no round finds its own values in the table.
  const put = (dueAt: number | null, row: number) =>
    update.run(dueAt === null ? null : dueAt + (round % 2) * 1000, idOf(row))
  const contestants = [
    { name: RAW, run: () => inBatches(RAW, (row) => put(counted[row % DISTINCT]!.dueAt, row)) },
    { name: OURS, run: () => inBatches(OURS, (row) => put(dueOf(cases[row % DISTINCT]!, hours).dueAt, row)) },
    {
      name: READ,
      run: () =>
        inBatches(READ, (row) => {
          const { state_json } = select.get(idOf(row)) as { state_json: string }
          put(dueOf(JSON.parse(state_json) as { clockMarks: ClockMark[] }, hours).dueAt, row)
        }),
    },
  ]
  const rates = await interleaved(contestants)
  db.close()
  const secondsOf = (name: string) => ROWS / rates.get(name)!
  const processorOf = (name: string) => median(processor.get(name)!.slice(1))
  const row = (name: string, goal: number | null) => {
    const ratio = secondsOf(name) / secondsOf(RAW)
    const verdictOf = goal === null ? ['–', 'no goal'] : [`≤ ${goal} ×`, verdict(ratio <= goal)]
    const onProcessor = [processorOf(name), processorOf(name) / processorOf(RAW)]
    return [name, secondsOf(name), rates.get(name)!, ratio, ...verdictOf, ...onProcessor]
  }
  return [
    on,
    `\n${ROWS.toLocaleString('en-US')} rows of 1 KB and 19 columns, WAL, synchronous=FULL, an index on the due instant,`,
    `transactions of ${BATCH.toLocaleString('en-US')}; an act puts the next day off and ${(moved * 100).toFixed(0)} % of the clocks move. Median of five`,
    'interleaved rounds. The bare UPDATE writes instants that were worked out before; ours works each out by `recountOf`, from the',
    'marks in memory, and writes it. The last line also reads each case’s marks out of its row.\n',
    table(
      ['', 'seconds', 'rows a second', 'ratio', 'goal', '', 'processor seconds', 'ratio'],
      [row(RAW, null), row(OURS, 1.5), row(READ, null)],
    ),
  ].join('\n')
}

const RAW = 'the bare UPDATE'
const OURS = 'counted anew and written'
const READ = 'read, counted anew and written'

/** The new due instant as the register would store it, and whether it is another. */
function dueOf(
  one: { clockMarks: readonly ClockMark[] },
  hours: ClockHours,
): { dueAt: number | null; isMoved: boolean } {
  const data = recountOf(one, hours, NOW)
  // What the act leaves where it is, a promise for instance, is written as well: as many rows as the bare UPDATE.
  if (data === null) return { dueAt: NOW, isMoved: false }
  const dueAt = data.dueAfter === null ? null : Date.parse(data.dueAfter)
  return { dueAt, isMoved: data.dueBefore !== data.dueAfter }
}

/** Each open and none of them late on that Monday evening. */
function distinctCases(): ClockMark[][] {
  const chance = chanceOf(7)
  const since: Record<Kind, [number, number]> = {
    fresh: [3.5 * HOUR, 0],
    'with-head': [97 * HOUR, 97 * HOUR],
    paused: [43 * HOUR, 41 * HOUR],
    supplemented: [5 * HOUR, 2 * HOUR],
    postponed: [3 * HOUR, 5 * MINUTE],
    recounted: [3.4 * HOUR, 3 * HOUR],
    'handed-over': [3.4 * HOUR, 3 * HOUR],
  }
  return Array.from({ length: DISTINCT }, () => {
    const kind = kindOf(chance)
    const [from, to] = since[kind]
    return openCase(chance, NOW - from, NOW - to, kind).marks
  })
}

function hoursWithTuesdayOff(): ClockHours {
  const calendars = shippedSources.map(({ json }) => json as CalendarJson)
  const off = {
    on: '2026-10-06',
    working: [],
    reason: 'nghỉ do bão',
    act: 'Công điện 01',
    knownAt: '2026-10-05T16:59:59+07:00',
  }
  const changed = calendars.map((each) => ({ where: each.id, json: { ...each, days: [...each.days, off] } }))
  const opened = openCalendarBook(changed)
  if (!opened.ok) throw new Error(JSON.stringify(opened.problems))
  const { book } = opened
  return {
    workingTime: (agencyId, knownAt) => book.workingTime(agencyId, knownAt),
    actsKnown: (agencyId, after, until) => book.actsKnown(agencyId, after, until),
  }
}

const idOf = (row: number): string => `01928f3e-0000-7000-8000-${row.toString(16).padStart(12, '0')}`
const COLUMNS = ['code', 'stage', 'kind', 'channel', 'field_id', 'area_id', 'agency_id', 'phone', 'name', 'address']
const MORE = ['opened_at', 'updated_at', 'is_late', 'is_urgent', 'last_seq', 'head_hash']

function fill(file: string): Database.Database {
  const db = new Database(file)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  const columns = [...COLUMNS, ...MORE].map((name) => `${name} TEXT`).join(', ')
  db.exec(`CREATE TABLE cases (case_id TEXT PRIMARY KEY, ${columns}, due_at INTEGER, state_json TEXT NOT NULL) STRICT`)
  const marks = '?, '.repeat(COLUMNS.length + MORE.length)
  const insert = db.prepare(`INSERT INTO cases VALUES (?, ${marks}?, ?)`)
  const cases = distinctCases()
  const said = 'Đường trước số nhà tôi hư hỏng nặng, xe máy té nhiều lần, đề nghị cơ quan kiểm tra và sửa chữa sớm. '
  for (let from = 0; from < ROWS; from += BATCH) {
    db.exec('BEGIN')
    for (let row = from; row < Math.min(ROWS, from + BATCH); row += 1) {
      const texts = [...COLUMNS, ...MORE].map((name) => `${name}-${row % 977}`)
      insert.run(
        idOf(row),
        ...texts,
        NOW,
        JSON.stringify({ clockMarks: cases[row % DISTINCT], content: said.repeat(3) }),
      )
    }
    db.exec('COMMIT')
  }
  db.exec('CREATE INDEX cases_due ON cases (due_at) WHERE due_at IS NOT NULL')
  return db
}
