import { z } from 'zod'
import type { ClockMark } from '../deadlines/clock.ts'
import type { AgencyId, CaseId, CommandId, InstantText, RecordingId } from '../ids.ts'
import type { Actor } from '../people/roles.ts'
import type { CaseStage } from './lifecycle.ts'

/** S4 Đ.1 k.1: yêu cầu, thắc mắc, góp ý, phản ánh, kiến nghị: one object, five words (#1). */
export const caseKinds = ['request', 'question', 'suggestion', 'report', 'petition'] as const
export const caseKindSchema = z.enum(caseKinds)
export type CaseKind = z.infer<typeof caseKindSchema>

/** S4 Đ.2, Đ.5 (#3, #4). The registry in the directory may add more; these are the ones the documents name. */
export const channels = ['phone', 'web', 'email', 'zalo', 'facebook', 'portal', 'paper', 'counter'] as const
export const channelSchema = z.enum(channels)
export type Channel = z.infer<typeof channelSchema>

/** S4 Đ.6 k.3, Đ.8 k.1 (#7, #9): name, address and phone; email if any. Anonymous only as D12 allows. */
export const citizenSchema = z.object({
  name: z.string().trim().max(120),
  phone: z.string().trim().max(20),
  address: z.string().trim().max(300),
  email: z.union([z.email(), z.literal('')]).default(''),
  isAnonymous: z.boolean().default(false),
})
export type Citizen = z.infer<typeof citizenSchema>

/** How a citizen was, or is to be, reached. */
export const contactWays = ['call', 'sms', 'zalo', 'email', 'in-person', 'letter'] as const
export const contactWaySchema = z.enum(contactWays)
export type ContactWay = z.infer<typeof contactWaySchema>

/** Result at each level (#39): 1 agent, 2 focal officer, 3 head; 4 is the provincial office's late list. */
export type Level = 1 | 2 | 3 | 4

export interface Slip {
  readonly agencyId: AgencyId
  readonly sentAt: InstantText
  readonly sentBy: Actor
  /** D1: delivered in the system, by the server's time; the clock runs from here. */
  readonly receivedAt: InstantText | null
  readonly openedAt: InstantText | null
  readonly holder: 'focal-officer' | 'head' | 'office'
  /** #18: which facts stop the focal officer's clock, as the policy stood when the slip came. */
  readonly clockStopsOn: 'result-and-citizen-told' | 'result'
  readonly summary: string
  readonly callAttempt: CallAttempt | null
  readonly skippedCallReason: string | null
  readonly reminders: number
}

export interface ExternalLetter {
  readonly number: string
  readonly issuedBy: string
  readonly issuedOn: string | null
  readonly dueAt: InstantText | null
}

/** #14: the call to the agency that must precede a slip. */
export const callAttemptSchema = z.object({
  at: z.iso.datetime({ offset: true }),
  number: z.string().trim().min(3).max(20),
  result: z.enum(['no-answer', 'busy', 'cannot-answer-now', 'unreachable']),
})
export type CallAttempt = z.infer<typeof callAttemptSchema>

export interface Answer {
  readonly level: Level
  readonly text: string
  readonly at: InstantText
  /** #46: who wrote it and who released it. */
  readonly author: Actor
  readonly approver: string | null
  readonly agencyId: AgencyId | null
  readonly article: { readonly id: string; readonly version: number } | null
  readonly source: string | null
}

export interface CaseState {
  readonly id: CaseId
  /** Receipt code, e.g. `26-0048213-K`. Final from the first moment. */
  readonly code: string
  readonly aliases: readonly string[]
  readonly stage: CaseStage
  readonly kind: CaseKind
  readonly channel: Channel
  readonly fieldId: string | null
  readonly areaId: string | null
  readonly content: string
  readonly citizen: Citizen
  readonly isUrgent: boolean
  /** D12: the hazard that lets an anonymous report in, or null. */
  readonly hazard: string | null
  readonly openedAt: InstantText
  readonly openedBy: Actor
  readonly call: { readonly callId: string; readonly number: string; readonly startedAt: InstantText } | null
  /** #4: the paper letter or the Government portal's item, with its own time limit. */
  readonly external: ExternalLetter | null
  /** S4 Đ.9 k.6: whom the provincial office found competent, once it has. */
  readonly competence: { readonly agencyId: AgencyId; readonly reason: string } | null
  readonly slip: Slip | null
  readonly answers: readonly Answer[]
  /** A result is recorded and the case has not been reopened since. */
  readonly hasResult: boolean
  readonly citizenToldAt: InstantText | null
  readonly refusal: { readonly reasonCode: string; readonly reason: string; readonly referredTo: string } | null
  readonly redirect: { readonly card: string; readonly number: string } | null
  readonly closure: { readonly at: InstantText; readonly by: Actor; readonly proof: string } | null
  /** D15: where a reopened case goes back to. */
  readonly answeredFrom: CaseStage | null
  readonly publication: { readonly question: string; readonly answer: string; readonly at: InstantText } | null
  readonly rating: { readonly score: number; readonly comment: string; readonly at: InstantText } | null
  readonly recordings: readonly RecordingId[]
  /** Level 1/2/3 at which it was resolved; null while open. */
  readonly resolvedLevel: 1 | 2 | 3 | null
  /** #22: once late, late for ever. */
  readonly isLate: boolean
  /** #37: why, in the agency's own words. */
  readonly lateCause: { readonly causeCode: string; readonly text: string; readonly at: InstantText } | null
  /** D14: the act that lifted the lateness. What was late stays written as late. */
  readonly lateLift: {
    readonly number: string
    readonly signedBy: string
    readonly signedOn: string
    readonly reason: string
    readonly at: InstantText
  } | null
  /** #28: the last reminder given, and for which due instant. */
  readonly remindedFor: { readonly dueAt: InstantText; readonly minutesBefore: number } | null
  /** S4 Đ.10 k.3, Đ.14 k.4 and #36: what may be done only so often. */
  readonly counts: { readonly postponements: number; readonly supplements: number; readonly bounces: number }
  readonly pendingReturn: { readonly at: InstantText; readonly reason: string } | null
  readonly pendingSupplement: {
    readonly at: InstantText
    readonly missing: readonly string[]
    readonly stopsClock: boolean
  } | null
  readonly pendingPause: { readonly at: InstantText; readonly reasonCode: string; readonly by: Actor } | null
  readonly isPaused: boolean
  readonly consults: readonly Consult[]
  readonly urgings: readonly Urging[]
  readonly recordingRequests: readonly RecordingRequest[]
  readonly clockMarks: readonly ClockMark[]
  /** Every command already folded in, newest last; a repeat is recognised by it. */
  readonly lastCommandId: CommandId
  /** Number of events folded in. */
  readonly version: number
  readonly updatedAt: InstantText
}

/** #27: a letter that reminds, urges or demands an explanation. */
export interface Urging {
  readonly id: string
  readonly kind: 'remind' | 'urge' | 'explain'
  readonly letter: { readonly number: string; readonly signedBy: string; readonly signedOn: string }
  readonly signedFor: 'office' | 'chairman'
  readonly content: string
  readonly replyBy: InstantText | null
  readonly sentAt: InstantText
  readonly repliedAt: InstantText | null
}

/** D11: one agency's wish to hear one recording; the newest word on it counts. */
export interface RecordingRequest {
  readonly recordingId: RecordingId
  readonly agencyId: AgencyId
  readonly reason: string
  readonly at: InstantText
  readonly state: 'asked' | 'granted' | 'denied'
  /** Until when it may be heard. */
  readonly untilAt: InstantText | null
}

/** #33, #34: an opinion asked of another agency. */
export interface Consult {
  readonly id: string
  readonly agencyId: AgencyId
  readonly question: string
  readonly replyBy: InstantText
  readonly askedAt: InstantText
  readonly repliedAt: InstantText | null
  readonly reminders: number
}
