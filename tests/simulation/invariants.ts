import { fold } from '../../src-shared/cases/apply.ts'
import { parseCode } from '../../src-shared/cases/codes.ts'
import { parseRegisteredEvent, type RegisteredEvent } from '../../src-shared/cases/events.ts'
import { registerRoles } from '../../src-shared/people/roles.ts'
import { verifyRegister } from '../../sync-server/src/cases/verify-register.ts'
import { codeAccount } from '../../sync-server/src/sync/code-account.ts'
import { holdingOf } from '../../sync-server/src/sync/holding.ts'
import { caseIds } from './desk-acts.ts'
import type { DeskComputer } from './desk-computer.ts'
import type { ServerProcess } from './server-process.ts'
import type { World } from './world.ts'

/** The register as it stands in the end, and what its events come to. */
interface Truth {
  readonly events: readonly RegisteredEvent[]
  readonly lines: readonly string[]
  readonly byCase: ReadonlyMap<string, RegisteredEvent[]>
  readonly byCommand: ReadonlyMap<string, RegisteredEvent[]>
}

/** What must be so when everything has been up and quiet for a while; each sentence names what is not. */
export async function brokenInTheEnd(world: World): Promise<string[]> {
  const { host, ledger } = world
  const [server] = host.alive()
  if (server === undefined) return ['no server is up in the end']
  const truth = await readTruth(server)
  const broken = [...ledger.broken, ...host.faults, ...server.faults]
  const verdict = await verifyRegister(server.store.read)
  if (!verdict.ok) broken.push(`the register does not verify: ${verdict.problem}`)
  for (const desk of world.desks) broken.push(...(await brokenAtDesk(desk, server, truth)), ...lostDrafts(desk, world))
  broken.push(...(await brokenPromises(world, server, truth)))
  broken.push(...(await brokenCodes(world, server, truth)))
  broken.push(...(await otherWhenFoldedAnew(server, truth)))
  return broken
}

async function readTruth({ store }: ServerProcess): Promise<Truth> {
  const lines = (await store.read.register.eventsAfter(0, 1_000_000)).map(({ line }) => line)
  const events = lines.map((line) => parseRegisteredEvent(JSON.parse(line)))
  return {
    lines,
    events,
    byCase: Map.groupBy(events, ({ caseId }) => caseId),
    byCommand: Map.groupBy(events, ({ commandId }) => commandId),
  }
}

/** All agree: what a desk holds is the register, and what it may not hold it does not. */
async function brokenAtDesk(desk: DeskComputer, server: ServerProcess, truth: Truth): Promise<string[]> {
  const { process, name } = desk
  if (process === null) return [`${name} is not up in the end`]
  const { store, session } = process
  const { holds, people, wipe } = await holdingOf(process.deskId, server.store.read)
  const broken: string[] = []
  if (wipe !== null) broken.push(`${name} was to be wiped and is not`)
  const role = session.account()?.role ?? 'admin'
  const ids = caseIds(process)
  if (holds === 'nothing' && session.token() !== null) {
    for (const id of ids) {
      if (store.cases.get(id)?.confirmed != null) broken.push(`${name} still holds the case ${id}`)
      if (store.cases.events(id).length > 0) broken.push(`${name} still holds events of ${id}`)
    }
  }
  if (holds === 'register' && session.token() !== null && registerRoles.includes(role)) {
    if (process.link().kind !== 'connected') broken.push(`${name} is ${JSON.stringify(process.link())} in the end`)
    const cursor = store.meta.getNumber('cursor')
    if (cursor !== truth.events.length)
      broken.push(`${name} stands at ${cursor}, the register at ${truth.events.length}`)
    const waiting = store.outbox.waiting(1_000)
    if (waiting.length > 0) broken.push(`${name}: ${waiting.length} commands wait in the end`)
    for (const [caseId, events] of truth.byCase) {
      const confirmed = JSON.stringify(store.cases.get(caseId)?.confirmed ?? null)
      if (confirmed !== JSON.stringify(fold(events)))
        broken.push(`${name}: the case ${caseId} is another than the register's`)
      const held = store.cases.events(caseId)
      if (JSON.stringify(held) !== JSON.stringify(events)) broken.push(`${name}: the journal of ${caseId} is another`)
    }
    for (const id of ids) if (!truth.byCase.has(id)) broken.push(`${name} shows the case ${id}, which nobody else has`)
  }
  const known = JSON.parse(desk.secrets.get('sign-ins') ?? '{}') as Record<string, { account: { id: string } }>
  for (const { account } of Object.values(known)) {
    // S24: who lost the right does not come in during the next outage.
    if (session.token() !== null && !people.includes(account.id as never))
      broken.push(`${name} still lets ${account.id} in`)
  }
  return broken
}

/** S32: a draft survives anything but a wipe. */
function lostDrafts({ name, life, process }: DeskComputer, { ledger }: World): string[] {
  const mine = [...ledger.drafts.values()].filter((draft) => draft.deskId === name && draft.life === life)
  const isThere = (accountId: string, wanted: string) =>
    process?.store.drafts.list(accountId).some(({ draftId }) => draftId === wanted) ?? false
  return mine
    .filter(({ accountId, draftId }) => !isThere(accountId, draftId))
    .map(({ draftId }) => `${name} has lost the draft ${draftId}`)
}

/** Nothing that a person was told "done" of is lost, done twice, or refused unseen; and its instant is the right one. */
async function brokenPromises(world: World, server: ServerProcess, truth: Truth): Promise<string[]> {
  const broken: string[] = []
  const gone = new Map<string, number>()
  const outboxes = new Map(world.desks.map((desk) => [desk.name, outboxOf(desk)]))
  for (const [commandId, events] of truth.byCommand) {
    const isTogether = events.every((event, i) => i === 0 || event.seq === events[i - 1]!.seq + 1)
    if (!isTogether) broken.push(`the command ${commandId} was applied more than once`)
  }
  for (const { commandId, deskId, name, life, at, madeAt, caseId } of world.ledger.done.values()) {
    const desk = world.desks.find((each) => each.name === deskId)!
    const where = `${name} ${commandId} of ${deskId}`
    if (Math.abs(Date.parse(madeAt) - at) > 8_000) {
      broken.push(`${where} says ${madeAt}, it was given at ${new Date(at).toISOString()}`)
    }
    const answer = await server.store.read.register.answerOf(commandId)
    if (desk.life !== life) {
      // S40: the desk was wiped, and said how much it could not send any more.
      if (answer === null) gone.set(`${deskId} ${life}`, (gone.get(`${deskId} ${life}`) ?? 0) + 1)
      continue
    }
    const state = outboxes.get(deskId)?.get(commandId)
    const isSeen = state === 'attention' || world.ledger.dismissed.has(commandId)
    if (state === 'waiting' || (answer === null && isSeen)) continue
    // S20 promises it of what a desk of this version has sent.
    const isOfBefore = world.host.restored > 0 && at < (world.ledger.updatedAt.get(deskId) ?? 0)
    if (answer === null && isOfBefore) continue
    // It has not met the register that was brought back, for nobody could sign in there; it still has what it will send again.
    if (answer === null && desk.process?.store.meta.get('register_id') !== server.registerId) {
      const kept = desk.mortal?.ask('SELECT count(*) AS kept FROM sent WHERE command_id = ?', commandId) as {
        kept: number
      }
      if (kept.kept !== 1 && state === undefined) broken.push(`not kept: ${where}`)
      continue
    }
    if (answer === null) broken.push(`lost: ${where}`)
    else if (answer.outcome.kind === 'refused') {
      if (!isSeen) broken.push(`refused unseen: ${where}, ${answer.outcome.code}`)
    } else {
      const events = truth.byCommand.get(commandId) ?? []
      if (events.some((event) => event.caseId !== caseId)) broken.push(`${where} went into another case`)
      if (events.length === 0 && answer.outcome.lastSeq > truth.events.length) broken.push(`${where} has no events`)
    }
  }
  for (const { name, lost } of world.desks) {
    for (const [life, count] of lost) {
      const isTold = world.host.restored > 0 || (gone.get(`${name} ${life}`) ?? 0) <= count
      if (!isTold)
        broken.push(`${name} was wiped and told of ${count} lost commands, not of ${gone.get(`${name} ${life}`)}`)
    }
  }
  return broken
}

function outboxOf({ process }: DeskComputer): Map<string, string> {
  if (process === null) return new Map()
  return new Map(process.store.outbox.items().map(({ command, state }) => [command.commandId as string, state]))
}

/** S12, S13, S21: no code twice, none that was not told, and every leased number is accounted for. */
async function brokenCodes(world: World, server: ServerProcess, truth: Truth): Promise<string[]> {
  const broken: string[] = []
  const byCode = new Map<string, string>()
  for (const [caseId, events] of truth.byCase) {
    const state = fold(events)!
    const other = byCode.get(state.code)
    if (other !== undefined) broken.push(`the code ${state.code} stands in ${other} and in ${caseId}`)
    byCode.set(state.code, caseId)
    if (!world.ledger.told.has(state.code)) broken.push(`the code ${state.code} was never told to anybody`)
  }
  for (const desk of world.desks) {
    const { process, name } = desk
    if (process === null) continue
    const account = codeAccount(await server.store.read.desks.blockUses(process.deskId))
    for (const { year, leased, inCases, told, withDesk, void: voided } of account) {
      if (Math.min(inCases, told, withDesk, voided) < 0 || inCases + told + withDesk + voided !== leased) {
        broken.push(`the codes of ${name} in ${year} do not add up: ${JSON.stringify(account)}`)
      }
      const isOfYear = (code: string) => {
        const parsed = parseCode(code)
        return parsed.ok && parsed.year === year
      }
      const own = [...world.ledger.told].filter(([code, { deskId }]) => deskId === name && isOfYear(code))
      const withoutCase = own.filter(([code]) => !byCode.has(code)).length
      // A number that was taken by a desk that died before it could be told counts as told.
      const isRight = told >= withoutCase && told <= withoutCase + desk.deaths
      if (process.session.token() !== null && world.host.restored === 0 && desk.life === 0 && !isRight) {
        broken.push(`${name} told ${withoutCase} codes without a case in ${year}, the register knows of ${told}`)
      }
    }
  }
  return broken
}

/** Every read model can be made anew from the events, and is then the same; no step is overdue, for what comes next is reckoned from now. */
async function otherWhenFoldedAnew({ store, register, beat }: ServerProcess, truth: Truth): Promise<string[]> {
  await beat()
  const all = async () =>
    new Map(
      await Promise.all([...truth.byCase.keys()].map(async (id) => [id, await store.read.register.case(id)] as const)),
    )
  const before = await all()
  await register.rebuild()
  return [...(await all())].flatMap(([id, anew]) =>
    otherFields(before.get(id) ?? {}, anew ?? {}).map((field) => `folded anew ${id} has another ${field}`),
  )
}

const otherFields = (one: object, other: object): string[] =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])].flatMap((name) => {
    const [a, b] = [one, other].map((each) => JSON.stringify(each[name as keyof typeof each]))
    return a === b ? [] : [`${name}: ${a}, not ${b}`]
  })
