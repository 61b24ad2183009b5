import { z } from 'zod'

/**
 * Why a command was not done. Words are in the catalogue (`refusal.<code>`); `why` carries what the words need.
 * A refusal never loses what the person typed.
 */
export const refusalCodes = [
  'not-permitted',
  'unreadable', // S27: the register could not read what the desk sent
  'case-not-found',
  'case-exists',
  'wrong-stage',
  'code-invalid',
  'code-not-leased',
  'content-missing',
  'citizen-incomplete', // S4 Đ.6 k.3
  'anonymous-not-allowed', // D12
  'field-missing',
  'refusal-needs-reason', // S4 Đ.8 k.2
  'refusal-needs-address', // S4 Đ.8 k.2
  'answer-missing',
  'answer-needs-source', // S4 Đ.9 k.1
  'agency-unknown',
  'agency-has-no-officer', // #13
  'slip-needs-call-attempt', // S4 Đ.9 k.3, D3
  'postponement-used', // S4 Đ.10 k.3
  'postponement-needs-reason',
  'postponement-after-due', // D4
  'postponement-too-long', // D4
  'postponement-in-past',
  'promise-in-past',
  'supplement-used', // S4 Đ.14 k.4
  'supplement-needs-items',
  'supplement-not-asked',
  'pause-awaiting-opinion', // S2 k.1, k.2
  'pause-reason-unknown',
  'pause-needs-explanation',
  'pause-already',
  'pause-not-asked',
  'pause-same-person', // S2 k.2: another role confirms
  'pause-not-running',
  'consult-needs-question', // S2 k.1
  'consult-needs-reply-by', // S2 k.1
  'consult-unknown',
  'consult-already-replied',
  'return-needs-reason',
  'return-pending',
  'return-not-asked',
  'withdrawal-needs-request', // S2 k.1
  'withdrawal-needs-signature', // S2 k.1
  'close-needs-proof', // S2 k.1
  'close-needs-contact', // S2 k.1
  'close-unfinished', // S2 k.1
  'reopen-too-late', // D15
  'told-in-future',
  'told-before-answer',
  'publish-has-personal-data', // D10
  'publish-nothing',
  'not-published',
  'already-published',
  'rated-already',
  'not-yet-due',
  'transfer-needs-act', // D13
  'transfer-same-agency', // D13
  'late-cause-missing', // S2 k.1, k.3 (#37)
  'late-cause-unknown',
  'not-late',
  'lift-needs-act', // D14
  'lifted-already',
  'recording-known',
  'recording-unknown',
  'recording-not-granted', // D11
  'recording-not-asked', // D11
  'recording-of-accused', // D11
  'request-needs-reason', // S4 Đ.11 k.1
  'grant-in-past',
  'urging-needs-letter', // S4 Đ.9 k.5
  'urging-needs-reply-by', // S4 Đ.9 k.5
  'urging-unknown',
  'urging-already-replied',
] as const
export const refusalCodeSchema = z.enum(refusalCodes)
export type RefusalCode = z.infer<typeof refusalCodeSchema>

export const refusalSchema = z.object({
  refused: refusalCodeSchema,
  /** What the words need, e.g. `{ dueAt }` or `{ reason }`; never free English. */
  why: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
})
export type Refusal = z.infer<typeof refusalSchema>
