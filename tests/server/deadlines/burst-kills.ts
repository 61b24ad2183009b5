import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { uuidv7 } from 'uuidv7'
import { fromIso, toIso } from '../../../src-shared/deadlines/instants.ts'
import { type AgencyId, agencyIdSchema, caseIdSchema } from '../../../src-shared/ids.ts'
import { actorOf } from '../../../src-shared/people/roles.ts'
import { openSqliteStore } from '../../../sync-server/src/store/sqlite.ts'
import type { Chance } from '../../shared/deadlines/second-clock/random.ts'
import { openInput, people, startServer } from '../running.ts'

const main = resolve(import.meta.dirname, '../../../sync-server/src/main.ts')

export interface BurstOutcome {
  readonly cases: number
  readonly kills: number
  /** Kills that hit the burst: the life they ended had taken steps, and left some. */
  readonly midBurst: number
  /** What `verify` said. */
  readonly verdict: { readonly ok: boolean; readonly events?: number }
  readonly broken: readonly string[]
}

/**
 * R7: so many slips fall due at 07:30 on the first working day after Tết, and the server, a process of its own, is killed with
 * SIGKILL at some moment of it, started again, killed again. In the end the register is read by itself.
 */
export async function runBurst(cases: number, kills: number, chance: Chance): Promise<BurstOutcome> {
  const dir = mkdtempSync(join(tmpdir(), 'bt1022-burst-'))
  try {
    const dueAt = await prepare(dir, cases)
    const env = {
      ...process.env,
      BT1022_DATA_DIR: dir,
      BT1022_PORT: '0',
      BT1022_LOG: 'error',
      BT1022_CLOCK: 'steerable',
      BT1022_CLOCK_AT: toIso(dueAt + 1000),
    }
    let midBurst = 0
    let left = cases
    for (let kill = 0; kill < kills; kill += 1) {
      const { child } = await start(env)
      // From the first statement after the start to some hundred steps later.
      await new Promise((done) => setTimeout(done, chance.between(0, 300)))
      child.kill('SIGKILL')
      await once(child, 'exit')
      const before = left
      left = await leftIn(dir, dueAt)
      if (left > 0 && left < before) midBurst += 1
    }
    const { child, url } = await start(env)
    // Answers when what was due has been done and told.
    await fetch(`${url}/test/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ advanceSeconds: 1 }),
    })
    child.kill('SIGTERM')
    await once(child, 'exit')
    const said = execFileSync(process.execPath, [main, 'verify'], { env, encoding: 'utf8' })
    const verdict = JSON.parse(said) as BurstOutcome['verdict']
    return { cases, kills, midBurst, verdict, broken: await brokenIn(dir, dueAt, cases) }
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

async function start(env: NodeJS.ProcessEnv): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(createInterface({ input: child.stdout! }), 'line')) as [string]
  return { child, url: (JSON.parse(line) as { listening: string }).listening }
}

/** The slips, by real commands, and the instant at which all of them fall due. */
async function prepare(dataDir: string, cases: number): Promise<number> {
  const server = await startServer({ dataDir, at: '2027-02-06T12:00:00+07:00' })
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

async function leftIn(dir: string, dueAt: number): Promise<number> {
  const store = await openSqliteStore(join(dir, 'register.sqlite'))
  // What was taken waits for the head's first reminder, days later.
  const due = await store.read.register.dueBefore(dueAt + 1, Number.MAX_SAFE_INTEGER)
  await store.close()
  return due.length
}

export async function brokenIn(dir: string, dueAt: number, cases: number): Promise<string[]> {
  const broken: string[] = []
  const store = await openSqliteStore(join(dir, 'register.sqlite'))
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
