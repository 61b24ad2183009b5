import { type Bench, circumstances, median, table, verdict } from '../bench.ts'
import { pushesDuring } from './pushes.ts'
import { batchedWithOutbox, oneUpdate, type Rows, rowsLeft, sameRows } from './raw.ts'
import { buildTown, keeperOf, type Town } from './town.ts'

const cases = Number(process.env.BURST_CASES ?? '100000')
const rounds = Number(process.env.BURST_ROUNDS ?? '3')

/** P9: all that falls due at 07:30 on the first working day after Tết, beside what SQLite alone can do; and a call's write meanwhile. */
export const bench: Bench = {
  title: `${cases.toLocaleString('en-US')} escalations due in the same minute`,
  async run() {
    const town = await buildTown(cases)
    try {
      return await report(town)
    } finally {
      town.remove()
    }
  },
}

async function report(town: Town): Promise<string> {
  const { dueAt } = town
  const next = dueAt + 6 * 86_400_000
  const seconds: Record<string, number[]> = { update: [], batched: [], rows: [], keeper: [] }
  let rows: Rows | null = null
  for (let round = 0; round < rounds; round += 1) {
    const drained = town.copy()
    seconds.keeper!.push(await timed(() => drain(drained, town)))
    rows ??= rowsLeft(drained)
    town.drop(drained)
    for (const [name, work] of [
      ['update', (file: string) => oneUpdate(file, dueAt + 1, next)],
      ['batched', (file: string) => batchedWithOutbox(file, dueAt + 1, next)],
      ['rows', (file: string) => sameRows(file, rows!)],
    ] as const) {
      const file = town.copy()
      seconds[name]!.push(await timed(async () => work(file)))
      town.drop(file)
    }
  }
  const pushes = await pushesDuring(town)
  const [update, batched, same, keeper] = ['update', 'batched', 'rows', 'keeper'].map((name) => median(seconds[name]!))
  const ratio = keeper! / batched!
  const waits = pushes.during.p99 / pushes.idle.p99
  const row = (what: string, value: number) => [what, value, (value / cases) * 1e6, keeper! / value]
  return `${circumstances()}

${cases.toLocaleString('en-US')} slips due at 07:30; median of ${rounds}, each on a fresh copy of the same register, taking turns.

${table(
  ['what', 'seconds', 'µs a row', 'ours ×'],
  [
    row('one UPDATE of all rows', update!),
    row('batches of 5,000: UPDATE and an outbox row each', batched!),
    row('the keeper’s own rows, written with nothing to decide', same!),
    row('the keeper', keeper!),
  ],
)}

A call’s write during the burst, from the asking to the answer, ${pushes.count} during the burst, in milliseconds:

${table(
  ['when', 'p50', 'p99', 'max'],
  [
    ['idle', pushes.idle.p50, pushes.idle.p99, pushes.idle.max],
    ['during the burst', pushes.during.p50, pushes.during.p99, pushes.during.max],
  ],
)}

${table(
  ['goal P9', 'ours', 'limit', 'verdict'],
  [
    ['burst beside raw batched SQL with an outbox row', ratio.toFixed(2), '≤ 1.5', verdict(ratio <= 1.5)],
    ['new calls’ p99 write beside idle', waits.toFixed(2), '≤ 2', verdict(waits <= 2)],
  ],
)}`
}

async function drain(file: string, { dueAt, cases: expected }: Town): Promise<void> {
  const { store, keeper } = await keeperOf(file, dueAt + 1000)
  const taken = await keeper.tick()
  await store.close()
  if (taken !== expected) throw new Error(`${taken} steps of ${expected}`)
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await work()
  return (performance.now() - from) / 1000
}
