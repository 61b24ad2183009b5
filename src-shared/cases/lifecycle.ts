import { z } from 'zod'

/**
 * Where a case stands. Words for people are in the catalogue (`stage.*`).
 *
 * ```
 *  case.open ─► received ─┬─ case.redirect ─► redirected ■          (S4 Đ.4 k.6)
 *                         ├─ case.refuse ───► refused ■             (S4 Đ.8 k.2)
 *                         ├─ case.answer ───► answered              level 1 (S4 Đ.9 k.1)
 *                         ├─ competence.ask ► awaiting-competence ─ competence.set ─► received   (S4 Đ.9 k.6)
 *                         └─ slip.send ─────► with-focal-officer    level 2 (S4 Đ.9 k.3)
 *                                               │    │ 8 working hours used up
 *                                  slip.answer  │    ▼
 *                                               │  with-head        level 3 (S4 Đ.9 k.4)
 *                                               │    │ 48 working hours used up
 *                                               │    ▼
 *                                               │  late             "trễ hạn (đang chờ xử lý)" (S4 Đ.10 k.2)
 *                                               ▼    │
 *                                            answered ◄── slip.answer at any level
 *                                               │ citizen.tell, then case.close with proof (S2 k.1)
 *                                               ▼
 *                                            closed ■ ── case.reopen ─► the stage it was answered from (D15)
 *  with-focal-officer / with-head / late ── case.withdraw ─► withdrawn ■  (S2 k.1: the head's signature)
 * ```
 *
 * A slip sent back as "not ours" stays with its holder until the agent judges the return (#36); accepted, the case is
 * `received` again, or `awaiting-competence` from the second time on. From `awaiting-competence` a case can also be refused:
 * no agency of the province may be competent. An answer that the focal officer did not pass on to the citizen within the
 * 8 hours goes from `answered` to `with-head` (#18).
 */
export const caseStages = [
  'received',
  'redirected',
  'refused',
  'awaiting-competence',
  'with-focal-officer',
  'with-head',
  'late',
  'answered',
  'closed',
  'withdrawn',
] as const
export const caseStageSchema = z.enum(caseStages)
export type CaseStage = z.infer<typeof caseStageSchema>

/** An agency holds the slip and its clock is what counts. */
export const isWithAgency = (stage: CaseStage): boolean =>
  stage === 'with-focal-officer' || stage === 'with-head' || stage === 'late'

/** Nothing more is expected of anybody. */
export const isFinal = (stage: CaseStage): boolean =>
  stage === 'redirected' || stage === 'refused' || stage === 'closed' || stage === 'withdrawn'
