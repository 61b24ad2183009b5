import { zstdDecompressSync } from 'node:zlib'
import type { SnapshotManifest } from '../../../src-shared/api/snapshot.ts'
import { type Bench, circumstances, table } from '../bench.ts'
import { demoPassword } from './big-register.ts'
import { type Carrier, ourCarrier, ours, peerCarriers } from './carriers.ts'
import { firstSync } from './first-sync.ts'
import { goalTable, ratioOf } from './goals.ts'
import { bareLimits, limits } from './limits.ts'
import { inTurns } from './rounds.ts'
import { type RowFiles, writeRows } from './rows.ts'
import { type BigServer, startBigServer } from './server.ts'

const cases = Number(process.env.BENCH_ROWS ?? '10000')
const rounds = Number(process.env.BENCH_ROUNDS ?? '5')

/** P2: a new desk takes the register as a snapshot, search index included. */
export const bench: Bench = {
  title: `First sync of ${cases.toLocaleString('en-US')} cases by snapshot`,
  async run() {
    const facts = circumstances(['src-main', 'src-shared', 'sync-server'])
    const server = await startBigServer(cases, { BT1022_SNAPSHOT_FROM_EVENTS: '1' })
    const carriers: Carrier[] = []
    try {
      const making = await untilMade(server)
      const rows = await writeRows(server.dataDir)
      carriers.push(await ourCarrier(server))
      const peers = await peerCarriers(rows)
      if (typeof peers !== 'string') carriers.push(...peers)
      const turns = carriers.map((each) => [each.name, () => firstSync(each, cases)] as const)
      const taken = await inTurns(new Map([...bareLimits(rows), ...turns]), rounds)
      const missing = typeof peers === 'string' ? `There are no peers: ${peers}.\n\n` : ''
      return `${missing}${report(taken, carriers, rows, making)}\n\n${facts}`
    } finally {
      for (const carrier of carriers) await carrier.close()
      await server.close()
    }
  },
}

interface Making {
  readonly seconds: number
  readonly serverCpu: number
  readonly parts: number
  readonly wireMb: number
  readonly plainMb: number
}

/** The server makes it by itself, beside its work; the desks that come before stream. */
async function untilMade(server: BigServer): Promise<Making> {
  const from = performance.now()
  const signedIn = await fetch(`${server.url}/api/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'ha.lt', password: demoPassword, deskId: 'ban-cho' }),
  })
  const { token } = (await signedIn.json()) as { token: string }
  const headers = { authorization: `Bearer ${token}` }
  const ask = (path: string) => fetch(`${server.url}/api/sync/snapshot${path}`, { headers })
  for (;;) {
    const answer = await ask('')
    if (answer.ok) {
      const { id, parts } = (await answer.json()) as SnapshotManifest
      const made = { seconds: (performance.now() - from) / 1000, serverCpu: server.cpuSeconds(), parts: parts.length }
      const plain = await Promise.all(
        parts.map(async ({ index }) => zstdDecompressSync(await (await ask(`/${id}/${index}`)).bytes()).length),
      )
      const sum = (bytes: readonly number[]) => bytes.reduce((all, each) => all + each, 0) / 1e6
      return { ...made, wireMb: sum(parts.map(({ sizeBytes }) => sizeBytes)), plainMb: sum(plain) }
    }
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}

type Taken = Awaited<ReturnType<typeof inTurns>>

function report(taken: Taken, carriers: readonly Carrier[], rows: RowFiles, making: Making): string {
  const rate = (name: string, figure = 'ms') => {
    const ms = taken.get(name)?.[figure]
    return ms === undefined ? undefined : (rows.cases * 1000) / ms
  }
  const whole = rate(ours, 'searchableMs')
  const shown = [...taken].filter(([name]) => name !== limits.events && name !== limits.http)
  return `A snapshot holds the cases, their ${rows.events.toLocaleString('en-US')} events and the search index: ${making.parts} parts, \
${making.wireMb.toFixed(1)} MB (zstd) of ${making.plainMb.toFixed(1)} MB. The server took ${making.seconds.toFixed(1)} s to make it, \
beside its work. Timed until every case can be opened and found; the peers have no search.

${table(
  ['', 's', 'cases/s', 'desk CPU s', 'desk MB', 'server CPU s', 'server MB', 'wire MB'],
  shown.map(([name, { searchableMs, ms, deskCpu, deskMb, serverCpu, wireMb }]) => [
    name,
    (searchableMs ?? ms!) / 1000,
    (rows.cases * 1000) / (searchableMs ?? ms!),
    deskCpu!,
    deskMb!,
    serverCpu ?? '',
    carriers.find((each) => each.name === name)?.server.peakMb() ?? '',
    wireMb ?? '',
  ]),
)}

${goalTable([
  {
    goal: 'P2',
    what: 'cases a second, beside parsing and inserting them',
    ratio: ratioOf(whole, rate(limits.cases)),
    bound: ['≥', 3],
  },
  {
    goal: 'P2',
    what: 'the same, beside inserting with a search index',
    ratio: ratioOf(whole, rate(limits.casesAndSearch)),
    bound: ['≥', 3],
  },
  {
    goal: 'P2',
    what: 'cases a second, beside PouchDB, compressed',
    ratio: ratioOf(whole, rate('PouchDB')),
    bound: ['≥', 12],
  },
  {
    goal: 'P4',
    what: 'most memory of the desk, beside PouchDB',
    ratio: ratioOf(taken.get(ours)!.deskMb, taken.get('PouchDB')?.deskMb),
    bound: ['≤', 0.6],
  },
])}`
}
