import { type Bench, circumstances, table } from '../bench.ts'
import { type Carrier, type CarrierDesk, ourCarrier, ours, type Pushed, peerCarriers } from './carriers.ts'
import { goalTable, ratioOf } from './goals.ts'
import { inTurns } from './rounds.ts'
import { writeRows } from './rows.ts'
import { type BigServer, startBigServer, streamsOnly } from './server.ts'

const bases = (process.env.BENCH_ROWS ?? '10000').split(',').map(Number)
const rounds = Number(process.env.BENCH_ROUNDS ?? '5')
const withPeers = process.env.BENCH_PEERS !== '0'
const edits = 1_000

/** P5: a thousand things were written during an outage; the link comes back. */
export const bench: Bench = {
  title: `${edits.toLocaleString('en-US')} commands of an outage go up`,
  async run() {
    const facts = circumstances(['src-main', 'src-shared', 'sync-server'])
    const closing: (() => Promise<void>)[] = []
    try {
      const turns = new Map<string, () => Promise<Pushed>>()
      const missing = new Set<string>()
      for (const base of bases) {
        const server = await startBigServer(base, streamsOnly)
        closing.push(server.close)
        for (const carrier of await carriersOf(server, (why) => missing.add(why))) {
          closing.push(carrier.close)
          const desk = await carrier.openDesk()
          closing.push(desk.close)
          await desk.pull()
          turns.set(nameOf(carrier.name, base), pushing(desk))
        }
      }
      const first = new Map<string, number>()
      for (const [name, push] of turns) first.set(name, (await push()).ms)
      const taken = await inTurns(turns, rounds)
      return `${[...missing].map((why) => `There are no peers: ${why}.\n\n`).join('')}${report(taken, first)}\n\n${facts}`
    } finally {
      for (const close of closing.reverse()) await close()
    }
  },
}

async function carriersOf(server: BigServer, onMissing: (why: string) => void): Promise<Carrier[]> {
  const carriers = [await ourCarrier(server)]
  if (!withPeers) return carriers
  const peers = await peerCarriers(await writeRows(server.dataDir))
  if (typeof peers === 'string') onMissing(peers)
  else carriers.push(...peers)
  return carriers
}

function pushing(desk: CarrierDesk): () => Promise<Pushed> {
  let round = 0
  return () => {
    round += 1
    return desk.editAndPush(edits, round)
  }
}

const nameOf = (name: string, base: number) => `${name}, ${base.toLocaleString('en-US')} cases`

type Taken = Map<string, Pushed>

function report(taken: Taken, first: ReadonlyMap<string, number>): string {
  const ms = (name: string, base: number) => taken.get(nameOf(name, base))?.ms
  const beside = bases.flatMap((base) => [
    { base, name: 'PouchDB', goal: 20 },
    { base, name: 'RxDB', goal: 5 },
  ])
  const [smallest, largest] = [Math.min(...bases), Math.max(...bases)]
  const growth = smallest === largest ? null : ratioOf(ms(ours, largest), ms(ours, smallest))
  const size = (base: number) => base.toLocaleString('en-US')
  return `Ours: until each command is judged, numbered and answered by the register, and its event has come back and is confirmed. The peers:
until the server has the edited document; they judge nothing. The first push of a life is not in the median: PouchDB then
looks through its whole database once.

${table(
  ['', 'ms', 'the first time, ms', 'desk CPU s', 'server CPU s'],
  [...taken].map(([name, { ms, deskCpu, serverCpu }]) => [name, ms, first.get(name)!, deskCpu, serverCpu]),
)}

${goalTable([
  ...beside.map(({ base, name, goal }) => ({
    goal: 'P5',
    what: `times as quick as ${name}, ${size(base)} cases`,
    ratio: ratioOf(ms(name, base), ms(ours, base)),
    bound: ['≥', goal] as const,
  })),
  ...beside
    .filter(({ name }) => name === 'PouchDB')
    .map(({ base, name, goal }) => ({
      goal: 'P5',
      what: `the first time, times as quick as ${name}, ${size(base)} cases`,
      ratio: ratioOf(first.get(nameOf(name, base)), first.get(nameOf(ours, base))),
      bound: ['≥', goal] as const,
    })),
  {
    goal: 'P5',
    what: `at ${size(largest)} cases, beside ${size(smallest)}`,
    ratio: growth,
    bound: ['≤', 1.5],
  },
])}`
}
