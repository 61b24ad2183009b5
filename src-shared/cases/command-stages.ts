import type { CaseState } from './case.ts'
import type { CommandName } from './commands.ts'
import { type CaseStage, caseStages } from './lifecycle.ts'

const anyStage: readonly CaseStage[] = caseStages
const withAgency: readonly CaseStage[] = ['with-focal-officer', 'with-head', 'late']
const unfinished: readonly CaseStage[] = ['received', 'awaiting-competence', ...withAgency, 'answered']

/** The stages in which a command has a meaning at all; elsewhere it is refused as `wrong-stage`. */
const stagesOf: Record<CommandName, readonly CaseStage[]> = {
  'case.open': [],
  'case.amend': anyStage,
  'case.redirect': ['received'],
  // The office may find that no agency of the province is competent (S4 Đ.9 k.6): then the citizen is refused with an address.
  'case.refuse': ['received', 'awaiting-competence'],
  'case.answer': ['received'],
  'competence.ask': ['received'],
  'competence.set': ['awaiting-competence'],
  'slip.send': ['received'],
  'slip.open': withAgency,
  'slip.answer': withAgency,
  'slip.promise': withAgency,
  'slip.postpone': withAgency,
  'slip.return': withAgency,
  'slip.accept-return': withAgency,
  'slip.reject-return': withAgency,
  'slip.remind': withAgency,
  'slip.transfer': withAgency,
  'lateness.explain': [...withAgency, 'answered', 'closed'],
  'lateness.lift': [...withAgency, 'answered', 'closed', 'withdrawn'],
  // "qua rà soát kết quả xử lý": also once it is answered or closed.
  'urging.send': [...withAgency, 'answered', 'closed'],
  'urging.reply': [...withAgency, 'answered', 'closed'],
  'supplement.request': ['received', ...withAgency],
  'supplement.receive': unfinished,
  'pause.request': ['with-focal-officer', 'with-head'],
  'pause.confirm': ['with-focal-officer', 'with-head'],
  'pause.refuse': withAgency,
  'pause.end': withAgency,
  'consult.ask': withAgency,
  'consult.reply': [...withAgency, 'answered'],
  'consult.remind': withAgency,
  'case.withdraw': withAgency,
  'citizen.tell': unfinished,
  'case.close': unfinished,
  'case.reopen': ['closed'],
  'answer.publish': ['closed'],
  'answer.unpublish': anyStage,
  'case.rate': ['closed'],
  'recording.attach': anyStage,
  'recording.listen': anyStage,
  'recording.request': anyStage,
  'recording.grant': anyStage,
  'recording.deny': anyStage,
  'clock.escalate': ['with-focal-officer', 'with-head', 'answered'],
  'clock.remind': ['with-focal-officer', 'with-head', 'answered'],
  'clock.recount': unfinished,
}

/** What else must be so for a command to make sense now. A screen offers no more than this; `decide` says why not. */
const conditions: Partial<Record<CommandName, (state: CaseState) => boolean>> = {
  'slip.open': (state) => state.slip?.openedAt === null,
  'slip.postpone': (state) => state.counts.postponements === 0 && state.stage !== 'late',
  'slip.return': (state) => state.pendingReturn === null,
  'slip.accept-return': (state) => state.pendingReturn !== null,
  'slip.reject-return': (state) => state.pendingReturn !== null,
  'lateness.explain': wasLate,
  'lateness.lift': (state) => wasLate(state) && state.lateLift === null,
  'supplement.request': (state) => state.counts.supplements === 0 && !state.isPaused,
  'supplement.receive': (state) => state.pendingSupplement !== null,
  'pause.request': (state) => state.pendingPause === null && !state.isPaused && !hasOpenConsult(state),
  'pause.confirm': (state) => state.pendingPause !== null && !hasOpenConsult(state),
  'pause.refuse': (state) => state.pendingPause !== null,
  'pause.end': (state) => state.isPaused,
  'consult.reply': hasOpenConsult,
  'consult.remind': hasOpenConsult,
  'citizen.tell': (state) => state.hasResult,
  'case.close': (state) => state.stage === 'answered' && state.citizenToldAt !== null,
  'answer.publish': (state) => state.publication === null && state.answers.length > 0,
  'answer.unpublish': (state) => state.publication !== null,
  'recording.listen': (state) => state.recordings.length > 0,
  'recording.request': (state) => state.recordings.length > 0,
  'recording.grant': hasAskedRecording,
  'recording.deny': hasAskedRecording,
  'urging.reply': (state) => state.urgings.some((urging) => urging.kind === 'explain' && urging.repliedAt === null),
  'case.rate': (state) => state.rating === null,
}

/** Some level's time ran out: the focal officer's 8 hours, or the head's 48 as well (#22). */
export function wasLate(state: CaseState): boolean {
  return state.isLate || state.clockMarks.some((mark) => mark.kind === 'level-end' && mark.outcome === 'escalated')
}

/** S2 k.1: an opinion was asked and has not come. */
export function hasOpenConsult(state: CaseState): boolean {
  return state.consults.some((consult) => consult.repliedAt === null)
}

function hasAskedRecording(state: CaseState): boolean {
  return state.recordingRequests.some((request) => request.state === 'asked')
}

export const isOfStage = (name: CommandName, stage: CaseStage): boolean => stagesOf[name].includes(stage)

/** Whether a command makes sense on this case now, whoever gives it. */
export function isSensible(name: CommandName, state: CaseState): boolean {
  return isOfStage(name, state.stage) && (conditions[name]?.(state) ?? true)
}
