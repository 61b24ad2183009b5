import type { PushResult } from '../../../src-shared/api/sync.ts'
import { apply } from '../../../src-shared/cases/apply.ts'
import type { CaseState } from '../../../src-shared/cases/case.ts'
import { readCaseClock } from '../../../src-shared/cases/case-clock.ts'
import { blockHolds } from '../../../src-shared/cases/code-blocks.ts'
import { isOfStage } from '../../../src-shared/cases/command-stages.ts'
import type { Command } from '../../../src-shared/cases/commands.ts'
import { type DecideContext, decide, isRefusal } from '../../../src-shared/cases/decide.ts'
import type { CaseEvent, RegisteredEvent } from '../../../src-shared/cases/events.ts'
import { fromIso, localTimeOf, toIso } from '../../../src-shared/deadlines/instants.ts'
import { clockHours } from '../../../src-shared/province/hours.ts'
import { normalisePhone } from '../../../src-shared/words/fold.ts'
import { noticesOf } from '../outbox/notices.ts'
import type { StoredCase, Writing } from '../store/store.ts'
import type { ReferenceBook } from '../sync/reference-book.ts'
import { chainOn } from './chain-on.ts'
import { projectPublication } from './publications.ts'

/** What one act needs besides the command: the register's trusted time and the rules of the province. */
export interface Bench {
  readonly tx: Writing
  readonly now: number
  readonly reference: ReferenceBook
  readonly newId: () => string
}

/**
 * One act, inside the caller's transaction: decided by trusted time, its events numbered and chained, the projection moved
 * on, its notices written, its answer stored. A refusal is an answer too, and stored like any other.
 */
export async function judge(command: Command, bench: Bench): Promise<PushResult> {
  const { tx, now } = bench
  const before = await tx.register.case(command.caseId)
  const decision = decide(before?.state ?? null, command, await contextFor(command, before, bench))
  if (isRefusal(decision)) {
    return answer(bench, command, { kind: 'refused', code: decision.refused, why: decision.why })
  }
  // Done already: nothing new happened, and that is an answer too.
  if (decision.events.length === 0) {
    return answer(bench, command, { kind: 'accepted', lastSeq: await tx.register.lastSeq() })
  }
  const at = toIso(now)
  const { caseId, commandId, actor, madeAt } = command
  const events = decision.events.map((body): CaseEvent => ({ ...body, caseId, commandId, actor, at, madeAt }))
  const registered = await chainOn(events, before, bench)
  const after = await project(before, registered, bench)
  for (const event of registered) {
    for (const message of noticesOf(event, after, bench)) await tx.outbox.put(message)
  }
  return answer(bench, command, { kind: 'accepted', lastSeq: registered.at(-1)!.seq })
}

async function answer(bench: Bench, command: Command, outcome: PushResult['outcome']): Promise<PushResult> {
  const result: PushResult = { n: command.n, commandId: command.commandId, outcome }
  await bench.tx.register.putAnswer(command.deskId, result, bench.now)
  await bench.tx.register.setNextN(command.deskId, command.n + 1, bench.now)
  return result
}

/** Folds events into the case and its projection. Also the way a projection is rebuilt from the register alone. */
export async function project(
  before: StoredCase | null,
  events: readonly RegisteredEvent[],
  { tx, now, reference }: Pick<Bench, 'tx' | 'now' | 'reference'>,
): Promise<CaseState> {
  let state = before?.state ?? null
  for (const event of events) state = apply(state, event)
  const last = events.at(-1)!
  const dueAt = nextStepAt(state!, reference, now)
  await tx.register.putCase({
    state: state!,
    headHash: last.hash,
    lastSeq: last.seq,
    dueAt,
    phone: normalisePhone(state!.citizen.phone),
  })
  for (const event of events) {
    if (event.name === 'recording.attached') await tx.register.putRecording(event.data.recordingId, event.caseId)
  }
  if (events.some((event) => event.name.startsWith('consult.'))) {
    const awaited = state!.consults.filter((consult) => consult.repliedAt === null)
    await tx.register.setOpinions(
      state!.id,
      awaited.map((consult) => consult.agencyId),
    )
  }
  if (events.some((event) => event.name.startsWith('answer.'))) await projectPublication(state!, tx)
  return state!
}

/** When the keeper must look at the case next: its clock's due instant, where one runs and has a next step. */
export function nextStepAt(state: CaseState, reference: ReferenceBook, now: number): number | null {
  if (!isOfStage('clock.escalate', state.stage)) return null
  const clock = readCaseClock(state, reference.hours, now)
  if (clock.dueAt === null || clock.level === 'office' || clock.state === 'ended' || clock.state === 'idle') return null
  return clock.dueAt
}

async function contextFor(
  command: Command,
  before: StoredCase | null,
  { tx, now, reference }: Bench,
): Promise<DecideContext> {
  const { year, month, day } = localTimeOf(now)
  const today = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  const isFree = 'code' in command.input ? await isCodeFree(command.input.code, command, tx) : false
  const recordingCase =
    command.name === 'recording.attach' ? await tx.register.caseOfRecording(command.input.recordingId) : null
  return {
    now,
    isAuthority: true,
    policy: reference.policyOf(before === null ? now : fromIso(before.state.openedAt)),
    ...clockHours(reference.hours),
    agency(agencyId) {
      const agency = reference.agencyOn(agencyId, today)
      if (agency === undefined) return null
      return { hasFocalOfficer: agency.officers.some((o) => o.role !== 'head'), phone: agency.phone }
    },
    isCodeAcceptable: (code) => isFree && 'code' in command.input && command.input.code === code,
    isRecordingKnown: () => recordingCase !== null,
  }
}

/** Of a block leased to this desk, and of no case yet. */
async function isCodeFree(code: string, { deskId }: Command, tx: Writing): Promise<boolean> {
  const year = 2000 + Number(code.slice(0, 2))
  if (!Number.isInteger(year)) return false
  const blocks = await tx.register.codeBlocks(deskId, year)
  if (!blocks.some((block) => blockHolds(block, code))) return false
  return (await tx.register.caseByCode(code)) === null
}
