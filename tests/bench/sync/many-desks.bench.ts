import { uuidv7 } from 'uuidv7'
import { protocols } from '../../../src-shared/api/session.ts'
import type { Met, PushAnswer } from '../../../src-shared/api/sync.ts'
import { fromIso } from '../../../src-shared/deadlines/instants.ts'
import { accountIdSchema, deskIdSchema } from '../../../src-shared/ids.ts'
import { sha256Hex } from '../../../sync-server/src/auth/hashes.ts'
import type { Writing } from '../../../sync-server/src/store/store.ts'
import { type Bench, circumstances, table } from '../bench.ts'
import { registerEndsAt } from './big-register.ts'
import { ourCarrier } from './carriers.ts'
import { type Child, openChild } from './children.ts'
import { goalTable } from './goals.ts'
import { sharedNow } from './line.ts'
import { linesOf, writeRows } from './rows.ts'
import { type BigServer, startBigServer, streamsOnly } from './server.ts'

const cases = Number(process.env.BENCH_ROWS ?? '10000')
const sizes = (process.env.BENCH_DESKS ?? '100,500').split(',').map(Number)
const changes = Number(process.env.BENCH_CHANGES ?? '40')
const fullDesks = 2
const processes = 2
const pauseMs = 1_000

const writer = { kind: 'person', accountId: 'tk-ha-lt', name: 'Lê Thu Hà', role: 'agent' } as const

/** P14: a room of many desks: how soon everybody has what one has done, and how a server takes it when all come back at once. */
export const bench: Bench = {
  title: `One change on ${sizes.join(' and ')} desks, and all of them coming back at once`,
  async run() {
    const facts = circumstances(['src-main', 'src-shared', 'sync-server'])
    const rooms: Room[] = []
    for (const size of sizes) rooms.push(await roomOf(size))
    return `${report(rooms)}\n\n${facts}`
  },
}

interface Waits {
  readonly p50: number
  readonly p99: number
  readonly max: number
}
interface Room {
  readonly size: number
  readonly light: Waits
  readonly full: Waits
  readonly stormMs: number
  readonly serverMb: number
  readonly serverCpuMs: number
}

async function roomOf(size: number): Promise<Room> {
  const people = Array.from({ length: size + 1 }, (_, i) => ({ deskId: `ban-nhe-${i}`, token: uuidv7() }))
  const server = await startBigServer(cases, streamsOnly, (tx) => signIn(tx, people))
  const closing: (() => Promise<void>)[] = [server.close]
  try {
    const [own, ...desks] = people as [(typeof people)[0], ...typeof people]
    const send = openWriter(server, own)
    const { cursor, meeting } = await send.standing()
    const carrier = await ourCarrier(server)
    closing.push(carrier.close)
    const full: Child[] = []
    for (let i = 0; i < fullDesks; i += 1) {
      const desk = await carrier.openDesk()
      closing.push(desk.close)
      await desk.pull()
      full.push(desk.child)
    }
    const children = await Promise.all(Array.from({ length: processes }, () => openChild('light-desks-child.ts')))
    for (const [i, child] of children.entries()) {
      closing.push(child.stop)
      const mine = desks.filter((_, index) => index % processes === i)
      await child.ask('open', { server: server.url, meeting, cursor, desks: mine })
    }
    const connectAll = async () => (await Promise.all(children.map((child) => child.ask<number[]>('connect')))).flat()
    await connectAll()
    await pause(pauseMs)

    const cpuBefore = server.cpuSeconds()
    const sent = await send.changes(await someCases(server), full)
    const serverCpuMs = ((server.cpuSeconds() - cpuBefore) / changes) * 1000
    const heard: Heard[] = []
    for (const patience = sharedNow() + 60_000; heard.length < changes * size; await pause(100)) {
      heard.push(...(await Promise.all(children.map((child) => child.ask<Heard[]>('heard')))).flat())
      if (sharedNow() > patience) throw new Error(`${heard.length} heard of ${changes * size}`)
    }
    const light = waitsOf(heard.map(({ seq, at }) => at - sent.bySeq.get(seq)!))

    await Promise.all(children.map((child) => child.ask('cut')))
    await pause(pauseMs)
    const stormMs = Math.max(...(await connectAll()))
    return { size, light, full: waitsOf(sent.full), stormMs, serverMb: server.peakMb(), serverCpuMs }
  } finally {
    for (const close of closing.reverse()) await close()
  }
}

interface Heard {
  readonly seq: number
  readonly at: number
}

/** As if each had signed in this morning: five hundred passwords are not what is measured here. */
async function signIn(tx: Writing, people: readonly { deskId: string; token: string }[]): Promise<void> {
  const createdAt = fromIso(registerEndsAt)
  for (const { deskId, token } of people) {
    await tx.people.openSession({
      ...{ tokenHash: sha256Hex(token), accountId: accountIdSchema.parse(writer.accountId), caseId: null },
      ...{ deskId: deskIdSchema.parse(deskId), createdAt, expiresAt: createdAt + 86_400_000 },
    })
  }
}

/** The desk at which something is done. */
function openWriter({ url }: BigServer, { deskId, token }: { deskId: string; token: string }) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const post = async <T>(path: string, body: object): Promise<T> => {
    const response = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as T
  }
  const nothing = {
    registerId: null,
    cursor: 0,
    head: null,
    revision: 0,
    waiting: 0,
    attention: 0,
    waitingSinceAt: null,
  }
  const meet = { ...nothing, protocols, deskId, version: 'bench', clockOffsetMs: 0, blocks: [], told: 0 }
  let n = 0
  return {
    /** Where a desk stands that has everything. */
    async standing() {
      const { registerId, lastSeq, revision } = await post<Met>('/api/sync/meet', meet)
      const lines = await fetch(`${url}/api/sync/pull?cursor=${lastSeq - 1}&limit=1`, { headers })
      const { hash } = JSON.parse((await lines.text()).split('\n')[0]!) as { hash: string }
      return { cursor: lastSeq, meeting: { ...meet, registerId, revision, cursor: lastSeq, head: hash } }
    },
    /** One after another, each to its end everywhere before the next. */
    async changes(caseIds: readonly string[], full: readonly Child[]) {
      const bySeq = new Map<number, number>()
      const onFull: number[] = []
      for (const caseId of caseIds) {
        n += 1
        const input = { isUrgent: n % 2 === 0, reason: 'Đính chính theo lời công dân.' }
        const madeAt = registerEndsAt
        const command = { commandId: uuidv7(), deskId, n, actor: writer, madeAt, caseId, name: 'case.amend', input }
        const seen = full.map((desk) => desk.ask<number>('untilChanged', { caseId }))
        const from = sharedNow()
        const { results } = await post<PushAnswer>('/api/sync/push', {
          protocol: protocols.newest,
          deskId,
          commands: [command],
        })
        const { outcome } = results[0]!
        if (outcome.kind === 'refused') throw new Error(outcome.code)
        bySeq.set(outcome.lastSeq, from)
        for (const at of await Promise.all(seen)) onFull.push(at - from)
        await pause(pauseMs)
      }
      return { bySeq, full: onFull }
    },
  }
}

async function someCases(server: BigServer): Promise<string[]> {
  const { casesFile } = await writeRows(server.dataDir)
  const ids: string[] = []
  for await (const line of linesOf(casesFile)) {
    ids.push((JSON.parse(line) as { id: string }).id)
    if (ids.length === changes) break
  }
  return ids
}

function waitsOf(values: readonly number[]): Waits {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!
  return { p50: at(0.5), p99: at(0.99), max: sorted.at(-1)! }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

function report(rooms: readonly Room[]): string {
  return `From the moment a desk sends a command, so that the register's judging and its synced commit are in it, to the moment another has the
row; ${changes} changes, a second apart. All desks but ${fullDesks} are light ones: sessions, meetings, sockets and pulls as a
desk has them, ${processes} processes for all, and no database behind. The full ones are timed to the announcement that the case has changed.

${table(
  [
    'desks',
    'p50 ms',
    'p99 ms',
    'longest ms',
    'full desks: p50',
    'p99',
    'all back, s',
    'server MB',
    'server CPU ms a change',
  ],
  rooms.map(({ size, light, full, stormMs, serverMb, serverCpuMs }) => [
    String(size),
    light.p50,
    light.p99,
    light.max,
    full.p50,
    full.p99,
    stormMs / 1000,
    serverMb,
    serverCpuMs,
  ]),
)}

${goalTable(
  rooms.flatMap(({ size, light, stormMs, serverMb }) => [
    { goal: 'P14', what: `${size} desks: everywhere, p99`, ratio: light.p99, bound: ['≤', 300] as const, unit: 'ms' },
    {
      goal: 'P14',
      what: `${size} desks: all come back at once`,
      ratio: stormMs / 1000,
      bound: ['≤', 10] as const,
      unit: 's',
    },
    {
      goal: 'P14',
      what: `${size} desks: memory of the server`,
      ratio: serverMb,
      bound: ['≤', 400] as const,
      unit: 'MB',
    },
  ]),
)}`
}
