import type { PushResult } from '../../../src-shared/api/sync.ts'
import { apply } from '../../../src-shared/cases/apply.ts'
import type { CaseState } from '../../../src-shared/cases/case.ts'
import { parseCode } from '../../../src-shared/cases/codes.ts'
import type { Command } from '../../../src-shared/cases/commands.ts'
import { type DecideContext, decide, isRefusal } from '../../../src-shared/cases/decide.ts'
import type { CaseEvent, RegisteredEvent } from '../../../src-shared/cases/events.ts'
import { clockHours } from '../../../src-shared/province/hours.ts'
import { normalisePhone } from '../../../src-shared/words/fold.ts'
import { noticesOf } from '../outbox/notices.ts'
import type { StoredCase, Writing } from '../store/store.ts'
import type { Bench } from './bench.ts'
import { chainOn } from './chain-on.ts'
import { nextStepAt, policyFor } from './next-step.ts'
import { projectPublication } from './publications.ts'

/**
 * One act, inside the caller's transaction: decided by trusted time, its events numbered and chained, the projection moved
 * on, its notices written, its answer stored. A refusal is an answer too, and stored like any other.
 * @param known the case as it stands in this transaction, where the caller has it already
 */
export async function judge(command: Command, bench: Bench, known?: StoredCase): Promise<PushResult> {
  const { tx, at, numbers } = bench
  const before = known ?? (await tx.register.case(command.caseId))
  const decision = decide(before?.state ?? null, command, await contextFor(command, before, bench))
  if (isRefusal(decision)) {
    return answer(bench, command, { kind: 'refused', code: decision.refused, why: decision.why })
  }
  // Done already: nothing new happened, and that is an answer too.
  if (decision.events.length === 0) {
    return answer(bench, command, { kind: 'accepted', lastSeq: await numbers.lastSeq() })
  }
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
  bench.numbers.setNextN(command.deskId, command.n + 1, bench.now)
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

async function contextFor(
  command: Command,
  before: StoredCase | null,
  { tx, now, day, reference }: Bench,
): Promise<DecideContext> {
  const isFree = 'code' in command.input ? await isCodeFree(command.input.code, command, tx) : false
  const recordingCase =
    command.name === 'recording.attach' ? await tx.register.caseOfRecording(command.input.recordingId) : null
  return {
    now,
    isAuthority: true,
    policy: policyFor(before?.state ?? null, reference, now),
    ...clockHours(reference.hours),
    agency(agencyId) {
      const agency = reference.agencyOn(agencyId, day)
      if (agency === undefined) return null
      return { hasFocalOfficer: agency.officers.some((o) => o.role !== 'head'), phone: agency.phone }
    },
    isCodeAcceptable: (code) => isFree && 'code' in command.input && command.input.code === code,
    isRecordingKnown: () => recordingCase !== null,
  }
}

/** Of a block leased to this desk, and of no case yet. */
async function isCodeFree(code: string, { deskId }: Command, tx: Writing): Promise<boolean> {
  const parsed = parseCode(code)
  if (!parsed.ok) return false
  const block = await tx.register.blockOf(parsed.year, parsed.number)
  if (block?.deskId !== deskId) return false
  return (await tx.register.caseByCode(code)) === null
}
