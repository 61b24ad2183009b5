import type { ClockReading } from '../deadlines/clock.ts'
import { readClock } from '../deadlines/clock.ts'
import { fromIso } from '../deadlines/instants.ts'
import type { Policy } from '../deadlines/policy.ts'
import type { WorkingTime } from '../deadlines/working-time.ts'
import type { Actor } from '../people/roles.ts'
import type { CaseState } from './case.ts'
import type { CommandInput, CommandName } from './commands.ts'
import type { EventBody } from './events.ts'
import type { Refusal, RefusalCode } from './refusals.ts'

/** What `decide` may know besides the case and the command: a plain object, its functions bound to nothing. */
export interface DecideContext {
  /** Epoch milliseconds: the server's own time where it decides, the desk's corrected time where it predicts. */
  readonly now: number
  /** The register decides with authority; a desk predicts the same events and marks them as not yet confirmed. */
  readonly isAuthority: boolean
  /** The pack in force on the day the case was opened. */
  readonly policy: Policy
  /** The working time of an agency's calendar as known at `knownAt`, or as known now. Asked only for agencies that exist. */
  workingTime(agencyId: string, knownAt?: number): WorkingTime
  /** The acts by which the agency's calendar changed after one instant and not after another (D14). */
  actsKnown(agencyId: string, after: number, until: number): readonly string[]
  /** Null for an agency that does not exist or has been dissolved without a successor. */
  agency(agencyId: string): { readonly hasFocalOfficer: boolean; readonly phone: string } | null
  /** Whether this desk may use the code: of a block leased to it, and not used before. */
  isCodeAcceptable(code: string): boolean
  /** Whether a recording already belongs to some case. */
  isRecordingKnown?(recordingId: string): boolean
}

export type Decision = { readonly events: readonly EventBody[] } | Refusal

export interface RuleContext extends DecideContext {
  readonly actor: Actor
  /** When the person did it, never later than `now`: a desk without a link sends it hours later. */
  readonly madeAt: number
}

export type Rule<N extends CommandName> = (state: CaseState, input: CommandInput<N>, context: RuleContext) => Decision
export type Rules<N extends CommandName> = { readonly [K in N]: Rule<K> }

export const refuse = (refused: RefusalCode, why: Refusal['why'] = {}): Refusal => ({ refused, why })
export const happened = (...events: readonly EventBody[]): Decision => ({ events })

/** The case's clock at `now`, in the hours of whoever holds it. */
export function clockOf(state: CaseState, context: DecideContext): ClockReading {
  return readClock(state.clockMarks, {
    now: context.now,
    workingTimeFor: (holder, knownAt) => context.workingTime(holder.agencyId, knownAt),
  })
}

export const secondsOf = (workingHours: number): number => Math.round(workingHours * 3600)

/** A person cannot have done what lies ahead; a clock a little fast is not called a lie. */
export function isInFuture(instant: string, context: DecideContext): boolean {
  return fromIso(instant) > context.now + context.policy.clockToleranceMs
}
