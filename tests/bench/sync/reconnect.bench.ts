import { type Bench, circumstances, table } from '../bench.ts'
import { type Carrier, type CarrierDesk, ourCarrier, ours, peerCarriers } from './carriers.ts'
import { goalTable, ratioOf } from './goals.ts'
import { inTurns } from './rounds.ts'
import { writeRows } from './rows.ts'
import { startBigServer, streamsOnly } from './server.ts'

const cases = Number(process.env.BENCH_ROWS ?? '10000')
const rounds = Number(process.env.BENCH_ROUNDS ?? '15')
const farMs = 200
const far = `${ours} through ${farMs} ms`

/** P6: a desk that missed nothing comes back. */
export const bench: Bench = {
  title: `Coming back with nothing new, ${cases.toLocaleString('en-US')} cases`,
  async run() {
    const facts = circumstances(['src-main', 'src-shared', 'sync-server'])
    const server = await startBigServer(cases, streamsOnly)
    const closing: (() => Promise<void>)[] = [server.close]
    try {
      const desks = new Map<string, CarrierDesk>()
      const open = async (name: string, carrier: Carrier) => {
        closing.push(carrier.close)
        const desk = await carrier.openDesk()
        closing.push(desk.close)
        await desk.pull()
        desks.set(name, desk)
      }
      await open(ours, await ourCarrier(server))
      await open(far, await ourCarrier(server, { roundTripMs: farMs }))
      const peers = await peerCarriers(await writeRows(server.dataDir))
      if (typeof peers !== 'string') for (const peer of peers) await open(peer.name, peer)
      const turns = [...desks].map(([name, desk]) => [name, async () => ({ ms: await desk.reconnect() })] as const)
      const taken = await inTurns(new Map(turns), rounds)
      const missing = typeof peers === 'string' ? `There are no peers: ${peers}.\n\n` : ''
      return `${missing}${report(new Map([...taken].map(([name, { ms }]) => [name, ms])))}\n\n${facts}`
    } finally {
      for (const close of closing.reverse()) await close()
    }
  },
}

function report(ms: ReadonlyMap<string, number>): string {
  const times = (name: string) => ratioOf(ms.get(name), ms.get(ours))
  return `From the first connection that gets through to the moment the desk knows that it has everything: it has met the server, and the
socket for pokes is being opened beside. To open a TCP connection costs one round trip more on a real line; here it is free.

${table(
  ['', 'ms'],
  [...ms].map(([name, value]) => [name, value]),
)}

${goalTable([
  { goal: 'P6', what: `through ${farMs} ms`, ratio: ms.get(far)! / farMs, bound: ['≤', 1.2], unit: 'round trips' },
  { goal: 'P6', what: 'times as quick as PouchDB on loopback', ratio: times('PouchDB'), bound: ['≥', 5] },
  { goal: 'P6', what: 'times as quick as RxDB on loopback', ratio: times('RxDB'), bound: ['≥', 5] },
])}`
}
