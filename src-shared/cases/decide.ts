import { fromIso, toIso } from '../deadlines/instants.ts'
import { mayGive } from '../people/permissions.ts'
import { apply } from './apply.ts'
import type { CaseState } from './case.ts'
import { isOfStage } from './command-stages.ts'
import type { Command, CommandInput, CommandName } from './commands.ts'
import { answerRules } from './decide-answer.ts'
import { clockRules, movesClock } from './decide-clock.ts'
import { intakeRules, openCase, openRedirected } from './decide-intake.ts'
import { recordingRules } from './decide-recording.ts'
import { slipRules } from './decide-slip.ts'
import { stopRules } from './decide-stops.ts'
import { recountOf } from './recount.ts'
import type { Refusal } from './refusals.ts'
import { type DecideContext, type Decision, type RuleContext, type Rules, refuse } from './rule.ts'

export type { DecideContext, Decision } from './rule.ts'

/** Every rule of the Regulation, by the command it judges. */
const rules: Rules<Exclude<CommandName, 'case.open'>> = {
  ...intakeRules,
  ...slipRules,
  ...clockRules,
  ...stopRules,
  ...answerRules,
  ...recordingRules,
}

/**
 * Judges a command on a case as it stands: what happens, or why not. The server runs it with authority, a desk as a
 * prediction. An empty list of events means that it has been done already. Pure; a repeated command is the caller's to
 * recognise by its id.
 */
export function decide(state: CaseState | null, command: Command, context: DecideContext): Decision {
  const refusedAtTheDoor = refuseAtTheDoor(state, command)
  if (refusedAtTheDoor !== null) return refusedAtTheDoor
  if (command.name === 'case.open') return openCase(command.input, context)
  if (state === null) return openRedirected(command.input as CommandInput<'case.redirect'>, context)
  const ruleContext: RuleContext = {
    ...context,
    actor: command.actor,
    madeAt: Math.min(fromIso(command.madeAt), context.now),
  }
  const rule = rules[command.name] as (state: CaseState, input: unknown, context: RuleContext) => Decision
  return withRecount(state, command, rule(state, command.input, ruleContext), ruleContext)
}

/** D14: an act that moves an open clock also brings it to the calendars as they are known when it is done. */
function withRecount(state: CaseState, command: Command, decision: Decision, context: RuleContext): Decision {
  if (isRefusal(decision) || !decision.events.some((event) => movesClock.has(event.name))) return decision
  const { caseId, commandId, actor, madeAt } = command
  const stamp = { caseId, commandId, actor, madeAt, at: toIso(context.now) }
  let after = state
  for (const body of decision.events) after = apply(after, { ...body, ...stamp })
  const data = recountOf(after, context, context.now)
  return data === null ? decision : { events: [...decision.events, { name: 'clock.recounted', data }] }
}

export const isRefusal = (decision: Decision): decision is Refusal => 'refused' in decision

/** Whether the case is there, whether this person may, whether it means anything in this stage: in this order. */
function refuseAtTheDoor(state: CaseState | null, { name, actor }: Command): Refusal | null {
  if (state === null && name !== 'case.open' && name !== 'case.redirect') return refuse('case-not-found')
  if (!mayGive(actor, name, state)) {
    return refuse('not-permitted', { command: name, ...(actor.kind === 'person' ? { role: actor.role } : {}) })
  }
  if (state === null) return null
  if (name === 'case.open') return refuse('case-exists', { code: state.code })
  return isOfStage(name, state.stage) ? null : refuse('wrong-stage', { stage: state.stage, command: name })
}
