import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import type { CaseState } from '../../src-shared/cases/case.ts'
import { clockView } from '../../src-shared/cases/case-clock.ts'
import { fromIso } from '../../src-shared/deadlines/instants.ts'
import { type OfficeHours, openOfficeHours } from '../../src-shared/province/hours.ts'
import { password, people } from '../server/running.ts'
import type { Chance } from '../shared/deadlines/second-clock/random.ts'
import { amendCase, openCase, sendSlip } from './at-work.ts'
import { openCuttingProxy } from './cutting-proxy.ts'
import { cursorOf, readDeskFile } from './desk-file.ts'
import { everythingBroken, type RegisterFacts } from './invariants.ts'
import { type Act, type Ledger, marksIn, openLedger } from './ledger.ts'
import { type RunningDesk, startDesk } from './running-desk.ts'
import { prepareRegister, type Register, startServerProcess, type verify } from './running-server.ts'

export interface OutageOutcome {
  readonly desks: number
  /** Opened while the line was down. */
  readonly cases: number
  readonly slips: number
  readonly amends: number
  /** From the line's coming back until every desk has sent everything, and until every desk has everything. */
  readonly sentMs: number
  readonly mergedMs: number
  /** The largest difference between when an act was done and its `madeAt`. */
  readonly madeAtOffMs: number
  readonly clocksWrongByHours: readonly number[]
  readonly verdict: ReturnType<typeof verify>
  readonly broken: readonly string[]
}

const startsAt = '2026-11-16T08:00:00+07:00'
const hourMs = 3_600_000
const threeDaysMs = 72 * hourMs
/** What is done on a desk is stamped by the middle of a round trip, in a process that shares two cores with fifty others. */
const stampedWithinMs = 2_500

/**
 * R3: the line to every desk is down for 24 hours, by day and by night. People go on opening cases, sending slips and amending each
 * other's cases; another shift comes in without a link; a computer is killed; the clocks of the computers are up to three days
 * wrong, and some are set in the middle of it. Then the line comes back, for all at once.
 */
export async function runOutage(desks: number, cases: number, chance: Chance): Promise<OutageOutcome> {
  const dir = mkdtempSync(join(tmpdir(), 'bt1022-outage-'))
  const register: Register = { dataDir: join(dir, 'server'), databaseUrl: null }
  const each = Math.ceil(cases / desks)
  const ledger = openLedger()
  const doneAt = new Map<string, number>()
  // True time is the server's: the machine's and what has passed beyond it.
  let passedMs = fromIso(startsAt) - Date.now()
  const now = () => Date.now() + passedMs
  const seats = Array.from({ length: desks }, (_, index) => ({
    seat: `ban-${index + 1}`,
    dataDir: join(dir, `ban-${index + 1}`),
    wrongByMs: desks === 1 ? threeDaysMs : Math.round(-threeDaysMs + (2 * threeDaysMs * index) / (desks - 1)),
    desk: null as unknown as RunningDesk,
  }))
  await prepareRegister(register, { at: startsAt })
  const env = { BT1022_CLOCK: 'steerable', BT1022_CLOCK_AT: startsAt }
  const server = await startServerProcess(register, { env })
  passedMs = fromIso(startsAt) - Date.now()
  const line = await openCuttingProxy(server.url)
  const noted = async (done: Promise<Act | null>) => {
    const at = now()
    const act = await done
    if (act !== null) doneAt.set(act.mark, (at + now()) / 2)
    return act
  }
  try {
    for (const one of seats) {
      one.desk = await startDesk({
        dataDir: one.dataDir,
        server: line.url,
        clock: { passedMs, wrongByMs: one.wrongByMs },
      })
      // Whoever is to come in without a link has come in here before.
      for (const { username } of [people.secondAgent, people.agent]) {
        await one.desk.call('session.signIn', { username, password })
      }
      await one.desk.until((state) => state.link.kind === 'connected' && state.codesLeft > 0)
    }
    for (const one of seats) await morning(one.desk, one.seat, each, ledger, noted)
    await Promise.all(seats.map(({ desk }) => desk.until((state) => state.waiting === 0 && state.codesLeft >= each)))
    const before = ledger.acts.length
    const known = [...ledger.knownCases()]

    line.breakOff()
    await Promise.all(seats.map(({ desk }) => desk.until((state) => state.link.kind === 'offline')))
    for (let hour = 0; hour < 24; hour += 1) {
      passedMs += hourMs
      await server.steer({ advanceSeconds: hourMs / 1000 })
      for (const [index, one] of seats.entries()) {
        // Set by a person or a dead battery, in the middle of it.
        if (hour === 8 && index % 3 === 1) one.wrongByMs = chance.between(-threeDaysMs, threeDaysMs)
        one.desk.setClock({ passedMs, wrongByMs: one.wrongByMs })
        if (hour === 10 && index % 4 === 2) await one.desk.kill()
        if (one.desk.isDead()) {
          const clock = { passedMs, wrongByMs: one.wrongByMs }
          one.desk = await startDesk({ dataDir: one.dataDir, server: line.url, clock })
        }
        if (hour === 12) {
          await one.desk.call('session.signOut', {})
          await one.desk.call('session.signIn', { username: people.secondAgent.username, password })
        }
      }
      await Promise.all(
        seats.map(async ({ desk, seat }, index) => {
          const until = Math.floor((each * (hour + 1)) / 24) - Math.floor((each * hour) / 24)
          for (let opened = 0; opened < until; opened += 1) {
            const act = await noted(openCase(desk, seat, ledger))
            if (act === null) throw new Error(`${seat} has no code left`)
            if (opened % 2 === 0) await noted(sendSlip(desk, seat, act, now(), ledger))
          }
          if (hour % 6 === index % 6 && known.length > 0) await noted(amendCase(desk, seat, chance.pick(known), ledger))
        }),
      )
    }

    const restoredAt = now()
    const from = performance.now()
    line.restore()
    await Promise.all(seats.map(({ desk }) => comesBack(desk)))
    const sentMs = performance.now() - from
    for (;;) {
      const cursors = await Promise.all(seats.map(({ dataDir }) => cursorOf(dataDir)))
      if (cursors.every((cursor) => cursor === cursors[0])) break
      await after(50)
    }
    const mergedMs = performance.now() - from
    const { reference } = await seats[0]!.desk.call('reference.get', {})
    const hours = openOfficeHours(reference!.calendars, reference!.directory)
    const errors = seats.flatMap(({ desk }) => desk.errors)
    for (const { desk } of seats) await desk.close()
    await server.stop()

    const files = await Promise.all(seats.map(({ seat, dataDir }) => readDeskFile(seat, dataDir)))
    const { broken, facts, verdict } = await everythingBroken(register, ledger, files)
    const offline = ledger.acts.slice(before)
    const stamps = stampsOf(facts)
    const off = offline.map(({ mark }) => Math.abs((stamps.get(mark) ?? now()) - (doneAt.get(mark) ?? now())))
    const madeAtOffMs = Math.max(0, ...off)
    if (madeAtOffMs > stampedWithinMs) broken.push(`an act bears an instant that is ${madeAtOffMs} ms off`)
    return {
      desks,
      cases: offline.filter(({ name }) => name === 'case.open').length,
      slips: offline.filter(({ name }) => name === 'slip.send').length,
      amends: offline.filter(({ name }) => name === 'case.amend').length,
      sentMs,
      mergedMs,
      madeAtOffMs,
      clocksWrongByHours: seats.map(({ wrongByMs }) => Math.round(wrongByMs / hourMs)),
      verdict,
      broken: [...broken, ...errors, ...wrongDeadlines(facts, offline, hours, restoredAt)],
    }
  } finally {
    for (const { desk } of seats) await desk?.kill()
    await server.kill()
    await line.remove()
    rmSync(dir, { recursive: true, force: true })
  }
}

/** Work with a link, until the desk holds the numbers of a busy day (S21). */
async function morning(
  desk: RunningDesk,
  seat: string,
  codes: number,
  ledger: Ledger,
  noted: (done: Promise<Act | null>) => Promise<Act | null>,
): Promise<void> {
  while ((await desk.call('desk.state', {})).codesLeft < codes + 1 || ledger.acts.every((act) => act.seat !== seat)) {
    for (let act = 0; act < 10; act += 1) await noted(openCase(desk, seat, ledger))
    await desk.until((state) => state.waiting === 0)
  }
}

/** The session of yesterday is over (16 hours): whoever sits there signs in again, and what waited is sent. */
async function comesBack(desk: RunningDesk): Promise<void> {
  for (;;) {
    const state = await desk.until(({ link, waiting }) => waiting === 0 || link.kind === 'signed-out')
    if (state.waiting === 0) return
    await desk.call('session.signIn', { username: people.secondAgent.username, password })
  }
}

/** When each act was done, as the register has it. */
function stampsOf(facts: RegisterFacts): Map<string, number> {
  const stamps = new Map<string, number>()
  for (const text of facts.lines) {
    for (const mark of marksIn(text)) stamps.set(mark, fromIso((JSON.parse(text) as { madeAt: string }).madeAt))
  }
  return stamps
}

/** D1: a slip's clock counts from the server's receipt, in the hours of its agency, whatever the clock of the desk said. */
function wrongDeadlines(facts: RegisterFacts, acts: readonly Act[], hours: OfficeHours, restoredAt: number): string[] {
  const receivedAt = new Map<string, number>()
  for (const text of facts.lines) {
    const event = JSON.parse(text) as { name: string; caseId: string; at: string }
    if (event.name === 'slip.received') receivedAt.set(event.caseId, fromIso(event.at))
  }
  return acts.flatMap(({ name, mark, caseId, isAcknowledged }) => {
    if (name !== 'slip.send' || !isAcknowledged) return []
    const at = receivedAt.get(caseId!)
    if (at === undefined) return [`the slip ${mark} was not received`]
    const state = facts.states.get(caseId!) as CaseState
    const clock = clockView(state, hours, at, false)
    const dueAt = hours.ofAgency(state.slip!.agencyId)!.add(at, 8 * 3_600)
    if (at < restoredAt - stampedWithinMs) return [`the slip ${mark} was received while the line was down`]
    return clock?.dueAt != null && fromIso(clock.dueAt) === dueAt ? [] : [`the slip ${mark} is due ${clock?.dueAt}`]
  })
}
