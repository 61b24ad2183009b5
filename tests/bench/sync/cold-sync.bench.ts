import { type Bench, circumstances, table } from '../bench.ts'
import { type Carrier, ourCarrier, ours, peerCarriers } from './carriers.ts'
import { cutSync, firstSync } from './first-sync.ts'
import { goalTable, ratioOf } from './goals.ts'
import { bareLimits, limits } from './limits.ts'
import { inTurns } from './rounds.ts'
import { type RowFiles, writeRows } from './rows.ts'
import { startBigServer, streamsOnly } from './server.ts'

const cases = Number(process.env.BENCH_ROWS ?? '10000')
const rounds = Number(process.env.BENCH_ROUNDS ?? '5')

/** P1, P3, P4: a desk that has nothing takes a register by the stream, beside what the same rows cost with nothing else done. */
export const bench: Bench = {
  title: `First sync of ${cases.toLocaleString('en-US')} cases by the stream`,
  async run() {
    const facts = circumstances(['src-main', 'src-shared', 'sync-server'])
    const server = await startBigServer(cases, streamsOnly)
    const carriers: Carrier[] = []
    try {
      const rows = await writeRows(server.dataDir)
      carriers.push(await ourCarrier(server))
      const peers = await peerCarriers(rows)
      if (typeof peers !== 'string') carriers.push(...peers)
      const turns = carriers.map((each) => [each.name, () => firstSync(each, cases)] as const)
      const taken = await inTurns(new Map([...bareLimits(rows), ...turns]), rounds)
      const cut = await cutSync(server, cases, taken.get(ours)!.wireMb!)
      const missing = typeof peers === 'string' ? `There are no peers: ${peers}.\n\n` : ''
      return `${missing}${report(taken, carriers, rows, cut)}\n\n${facts}`
    } finally {
      for (const carrier of carriers) await carrier.close()
      await server.close()
    }
  },
}

type Cut = Awaited<ReturnType<typeof cutSync>>
type Taken = Awaited<ReturnType<typeof inTurns>>

function report(taken: Taken, carriers: readonly Carrier[], rows: RowFiles, cut: Cut): string {
  const perSecond = (name: string, count: number, figure = 'ms') => {
    const ms = taken.get(name)?.[figure]
    return ms === undefined ? undefined : (count * 1000) / ms
  }
  const casesOf = (name: string) => perSecond(name, rows.cases)
  const eventsOf = (name: string) => perSecond(name, rows.events)
  const lines = [...taken].map(([name, { ms, deskCpu, deskMb, serverCpu, wireMb }]) => [
    name,
    ms! / 1000,
    name === limits.events || name === limits.http ? '' : casesOf(name)!,
    name === ours || name === limits.events || name === limits.http ? eventsOf(name)! : '',
    deskCpu!,
    deskMb!,
    serverCpu ?? '',
    carriers.find((each) => each.name === name)?.server.peakMb() ?? '',
    wireMb ?? '',
  ])
  const searchable = perSecond(ours, rows.cases, 'searchableMs')
  const mb = (name: string, figure: 'deskMb' | 'wireMb') => taken.get(name)?.[figure]
  const raw = rows.eventsBytes / 1e6
  return `${rows.cases.toLocaleString('en-US')} cases, of ${Math.round(rows.casesBytes / rows.cases)} bytes of JSON each; their \
${rows.events.toLocaleString('en-US')} events are ${raw.toFixed(1)} MB. Ours takes every event and folds the cases itself, into a file \
that is encrypted and synced (synchronous=FULL); the peers take one document a case.

${table(['', 's', 'cases/s', 'events/s', 'desk CPU s', 'desk MB', 'server CPU s', 'server MB', 'wire MB'], lines)}

A line of 10 Mbit/s that is cut 19 times carries ${(cut.besideWhole * 100).toFixed(1)} % more than one that holds: each stream that begins
anew has nothing to refer to yet. Beside twenty streams that each go through it is ${(cut.twice * 100).toFixed(1)} %: what was sent twice.

Confirmed is what is timed; search finds every case after ${(taken.get(ours)!.searchableMs! / 1000).toFixed(2)} s.

${goalTable([
  {
    goal: 'P1',
    what: 'events a second, beside parsing and inserting them',
    ratio: ratioOf(eventsOf(ours), eventsOf(limits.events)),
    bound: ['≥', 0.55],
  },
  {
    goal: 'P1',
    what: 'cases a second, beside parsing and inserting finished cases',
    ratio: ratioOf(casesOf(ours), casesOf(limits.cases)),
    bound: ['≥', 0.55],
  },
  {
    goal: 'P1',
    what: 'cases a second, beside PouchDB',
    ratio: ratioOf(casesOf(ours), casesOf('PouchDB')),
    bound: ['≥', 5],
  },
  {
    goal: 'P1',
    what: 'cases a second, beside RxDB in memory',
    ratio: ratioOf(casesOf(ours), casesOf('RxDB')),
    bound: ['≥', 1.2],
  },
  {
    goal: 'P1',
    what: 'until all can be searched, beside inserting with a search index',
    ratio: ratioOf(searchable, casesOf(limits.casesAndSearch)),
    bound: ['≥', 0.55],
  },
  {
    goal: 'P3',
    what: 'bytes on the wire, beside the events as they are',
    ratio: ratioOf(mb(ours, 'wireMb'), raw),
    bound: ['≤', 0.3],
  },
  {
    goal: 'P3',
    what: 'bytes on the wire, beside PouchDB',
    ratio: ratioOf(mb(ours, 'wireMb'), mb('PouchDB', 'wireMb')),
    bound: ['≤', 0.65],
  },
  {
    goal: 'P3',
    what: 'sent twice where a line of 10 Mbit/s is cut 19 times',
    ratio: cut.twice * 100,
    bound: ['≤', 5],
    unit: '%',
  },
  {
    goal: 'P4',
    what: 'most memory of the desk, beside PouchDB',
    ratio: ratioOf(mb(ours, 'deskMb'), mb('PouchDB', 'deskMb')),
    bound: ['≤', 0.6],
  },
])}`
}
