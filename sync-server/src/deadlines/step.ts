import { readCaseClock } from '../../../src-shared/cases/case-clock.ts'
import { recountOf } from '../../../src-shared/cases/recount.ts'
import type { ClockReading } from '../../../src-shared/deadlines/clock.ts'
import { fromIso } from '../../../src-shared/deadlines/instants.ts'
import type { CaseId } from '../../../src-shared/ids.ts'
import { clockHours } from '../../../src-shared/province/hours.ts'
import { sha256Hex } from '../auth/hashes.ts'
import { nextStepOf } from '../cases/next-step.ts'
import type { Sitting } from '../cases/register.ts'
import type { StoredCase } from '../store/store.ts'
import type { ReferenceBook } from '../sync/reference-book.ts'

const keeper = { kind: 'system', part: 'keeper' } as const

/**
 * The step of one case that the index says is due: the escalation or the late mark (#20, #22) once the clock has run out, a
 * reminder (#28) before that. Whether it was taken.
 * @throws Error where the index and the rule disagree, which is a bug: a refusal would be kept as the answer for ever.
 */
export async function takeStep(sitting: Sitting, caseId: CaseId, reference: ReferenceBook): Promise<boolean> {
  const { tx, now } = sitting
  let stored = await caseOf(sitting, caseId)
  let clock = readCaseClock(stored.state, reference.hours, now)
  // D14: a deadline that was corrected a moment ago is not held against anybody as it was before.
  if (hasNewActs(clock, reference, now) && (await recountStep(sitting, stored, reference))) {
    stored = await caseOf(sitting, caseId)
    clock = readCaseClock(stored.state, reference.hours, now)
  }
  const stepAt = nextStepOf(stored.state, clock, reference, now)
  // D6: an act at the due instant is in time; a second later it is not.
  if (stepAt === null || stepAt > now - 1000) {
    // Another keeper was quicker, or the clock was moved.
    if (stepAt !== stored.dueAt) await tx.register.setDue(caseId, stepAt)
    return false
  }
  if (clock.state !== 'running') throw new Error(`the clock of ${caseId} is ${clock.state} and due at ${stepAt}`)
  const name = stepAt === clock.dueAt ? 'clock.escalate' : 'clock.remind'
  // Of one state of a case the step is taken once: an accepted one makes the next version.
  const commandId = commandIdOf(caseId, `v${stored.state.version}`)
  const { outcome } = await sitting.submit({ commandId, actor: keeper, caseId, name, input: {} }, stored)
  if (outcome.kind === 'refused')
    throw new Error(`${name} of ${caseId}, due at ${stepAt}, was refused: ${outcome.code}`)
  return true
}

/** D14: brings an open clock to the calendars as they are known now, where that changes anything. Whether it did. */
export async function recountStep(sitting: Sitting, stored: StoredCase, reference: ReferenceBook): Promise<boolean> {
  const caseId = stored.state.id
  const recount = recountOf(stored.state, clockHours(reference.hours), sitting.now)
  if (recount === null) return false
  const commandId = commandIdOf(caseId, `k${fromIso(recount.knownAt) / 1000}`)
  const act = { commandId, actor: keeper, caseId, name: 'clock.recount', input: {} } as const
  const { outcome } = await sitting.submit(act, stored)
  if (outcome.kind === 'refused') throw new Error(`the recount of ${caseId} was refused: ${outcome.code}`)
  return true
}

/** Asked before every step, and nearly always nothing was entered since the level began. */
function hasNewActs({ levels }: ClockReading, { hours }: ReferenceBook, now: number): boolean {
  const level = levels.at(-1)
  if (level === undefined) return false
  const { actsKnown } = clockHours(hours)
  const isNewFor = (agencyId: string) => actsKnown(agencyId, level.knownAt, now).length > 0
  return isNewFor(level.holder.agencyId) || level.intervals.some(({ holder }) => isNewFor(holder.agencyId))
}

async function caseOf({ tx }: Sitting, caseId: CaseId): Promise<StoredCase> {
  const stored = await tx.register.case(caseId)
  if (stored === null) throw new Error(`the case ${caseId} is due and does not exist`)
  return stored
}

/** In the order of the cases where it can be: numbers drawn by lot would touch a page of the index for every step. */
function commandIdOf(caseId: CaseId, step: string): string {
  const id = `keeper-${caseId}-${step}`
  return id.length <= 80 ? id : `keeper-${sha256Hex(id)}`
}
