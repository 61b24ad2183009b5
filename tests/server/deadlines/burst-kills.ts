import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import { fromIso, toIso } from '../../../src-shared/deadlines/instants.ts'
import { type AgencyId, agencyIdSchema, caseIdSchema } from '../../../src-shared/ids.ts'
import { actorOf } from '../../../src-shared/people/roles.ts'
import {
  openRegisterStore,
  type Register,
  type RunningServer,
  startServerProcess,
  verify,
} from '../../faults/running-server.ts'
import type { Chance } from '../../shared/deadlines/second-clock/random.ts'
import { openInput, people, startServer } from '../running.ts'
import type { Cluster } from '../store/postgres.ts'

export interface BurstOutcome {
  readonly cases: number
  readonly kills: number
  /** Kills that hit the burst: the life they ended had taken steps, and left some. */
  readonly midBurst: number
  /** What `verify` said. */
  readonly verdict: { readonly ok: boolean; readonly events?: number }
  readonly broken: readonly string[]
}

/** Two servers on one PostgreSQL, whose power is cut too. */
export interface OnPostgres {
  readonly cluster: Cluster
  readonly databaseKills: number
}

/**
 * R7: so many slips fall due at 07:30 on the first working day after Tết, and the server, a process of its own, is killed with
 * SIGKILL at some moment of it, started again, killed again. On PostgreSQL there are two of them, killed one by one or together, and
 * the database is stopped as by a power cut in between. In the end the register is read by itself.
 */
export async function runBurst(
  cases: number,
  kills: number,
  chance: Chance,
  on: OnPostgres | null = null,
): Promise<BurstOutcome> {
  const dir = mkdtempSync(join(tmpdir(), 'bt1022-burst-'))
  const register: Register = { dataDir: dir, databaseUrl: on === null ? null : await on.cluster.database() }
  const servers: RunningServer[] = []
  try {
    const dueAt = await prepare(register, cases)
    const env = { BT1022_LOG: 'silent', BT1022_CLOCK: 'steerable', BT1022_CLOCK_AT: toIso(dueAt + 1000) }
    const start = () => startServerProcess(register, { env })
    let midBurst = 0
    let left = cases
    const victims = [
      ...Array<'server'>(kills).fill('server'),
      ...Array<'database'>(on === null ? 0 : on.databaseKills).fill('database'),
    ]
    while (victims.length > 0) {
      const [victim] = victims.splice(chance.between(0, victims.length - 1), 1)
      // One that lost its database may have ended.
      for (let i = 0; i < (on === null ? 1 : 2); i += 1) {
        if (servers[i] === undefined || servers[i]!.isOver()) servers[i] = await start()
      }
      // From the first statement after the start to some hundred steps later.
      await new Promise((done) => setTimeout(done, chance.between(0, 300)))
      if (victim === 'database') {
        await on!.cluster.stop('immediate')
        await on!.cluster.start()
      } else {
        const [one, other] = chance.percent(50) ? servers : [...servers].reverse()
        await one!.kill()
        // Both at once, as when the machine under them goes.
        if (chance.percent(50)) await other?.kill()
      }
      const before = left
      left = await leftIn(register, dueAt)
      if (left > 0 && left < before) midBurst += 1
    }
    for (const server of servers) await server.kill()
    const last = await start()
    servers.push(last)
    // Answers when what was due has been done and told.
    await last.steer({ advanceSeconds: 1 })
    await last.stop()
    return {
      cases,
      kills: kills + (on?.databaseKills ?? 0),
      midBurst,
      verdict: verify(register),
      broken: await brokenIn(register, dueAt, cases),
    }
  } finally {
    for (const server of servers) await server.kill()
    rmSync(dir, { recursive: true, force: true })
  }
}

/** The slips, by real commands, and the instant at which all of them fall due. */
async function prepare({ dataDir, databaseUrl }: Register, cases: number): Promise<number> {
  const env: Record<string, string> = databaseUrl === null ? {} : { BT1022_DATABASE_URL: databaseUrl }
  const server = await startServer({ dataDir, env, at: '2027-02-06T12:00:00+07:00' })
  const { register, reference } = server.deps
  const agencyIds = reference.reference.directory.agencies
    .filter(({ calendarId, officers }) => calendarId === 'dong-thap-offices' && officers.length > 2)
    .map(({ id }): AgencyId => agencyIdSchema.parse(id))
  const hours = reference.hours.ofAgency(agencyIds[0]!)!
  const dueAt = hours.nextOpening(fromIso('2027-02-06T12:00:00+07:00')) + 30 * 60_000
  const now = hours.subtract(dueAt, reference.policy.focalOfficerWorkingHours * 3600)
  const actor = actorOf(people.agent)
  for (let from = 0; from < cases; from += 500) {
    await register.transact(async (tx) => {
      const sitting = register.sit(tx, now)
      for (let i = from; i < Math.min(from + 500, cases); i += 1) {
        const caseId = caseIdSchema.parse(uuidv7())
        const opening = openInput(await register.takeCode(tx, now))
        await sitting.submit({ commandId: uuidv7(), actor, caseId, name: 'case.open', input: opening })
        const sending = {
          agencyId: agencyIds[i % agencyIds.length]!,
          summary: 'Đèn đường tắt một tuần.',
          callAttempt: { at: toIso(now - 60_000), number: '02775550100', result: 'no-answer' as const },
          skippedCallReason: null,
        }
        await sitting.submit({ commandId: uuidv7(), actor, caseId, name: 'slip.send', input: sending })
      }
      await sitting.settle()
    })
  }
  await server.close()
  return dueAt
}

async function leftIn(register: Register, dueAt: number): Promise<number> {
  const store = await openRegisterStore(register)
  // What was taken waits for the head's first reminder, days later.
  const due = await store.read.register.dueBefore(dueAt + 1, Number.MAX_SAFE_INTEGER)
  await store.close()
  return due.length
}

export async function brokenIn(register: Register, dueAt: number, cases: number): Promise<string[]> {
  const broken: string[] = []
  const store = await openRegisterStore(register)
  const escalated: string[] = []
  for (let cursor = 0; ; ) {
    const page = await store.read.register.eventsAfter(cursor, 5_000)
    if (page.length === 0) break
    cursor = page.at(-1)!.seq
    for (const { line } of page) {
      const { name, caseId, at, data } = JSON.parse(line) as {
        name: string
        caseId: string
        at: string
        data: { dueAt?: string }
      }
      if (name !== 'slip.escalated') continue
      escalated.push(caseId)
      if (data.dueAt !== toIso(dueAt) || fromIso(at) < dueAt + 1000) broken.push(`${caseId}: ${at}, due ${data.dueAt}`)
    }
  }
  if (escalated.length !== cases) broken.push(`${escalated.length} escalations of ${cases}`)
  if (new Set(escalated).size !== escalated.length) broken.push('an escalation stands twice')
  // All fell due in the same second: then by the case's own number.
  if (escalated.some((caseId, i) => i > 0 && caseId < escalated[i - 1]!)) broken.push('the order was not kept')
  const notices = (await store.read.outbox.newest(Number.MAX_SAFE_INTEGER)).filter(
    ({ kind }) => kind === 'slip-escalated',
  )
  const told = new Set(notices.map(({ caseId }) => caseId as string))
  if (notices.length !== cases || escalated.some((caseId) => !told.has(caseId))) {
    broken.push(`${notices.length} notices to ${told.size} of ${cases}`)
  }
  await store.close()
  return broken
}
