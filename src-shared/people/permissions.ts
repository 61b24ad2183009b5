import type { CaseState } from '../cases/case.ts'
import { isSensible } from '../cases/command-stages.ts'
import { type CommandName, commandNames } from '../cases/commands.ts'
import type { Refusal } from '../cases/refusals.ts'
import { type Account, type Actor, actorOf, type Role } from './roles.ts'

const agentCommands: readonly CommandName[] = [
  'case.open',
  'case.amend',
  'case.redirect',
  'case.refuse',
  'case.answer',
  'competence.ask',
  'slip.send',
  // S4 Đ.9 k.3 ¶2: the officer tells the agent the time of completion, often over the telephone.
  'slip.promise',
  'slip.accept-return',
  'slip.reject-return',
  'slip.remind',
  'supplement.request',
  'supplement.receive',
  'consult.remind',
  'case.withdraw',
  'citizen.tell',
  'case.close',
  'case.reopen',
  'answer.publish',
  'recording.attach',
  'recording.listen',
]

const agencyCommands: readonly CommandName[] = [
  'slip.open',
  'slip.answer',
  'slip.promise',
  'slip.postpone',
  'slip.return',
  'lateness.explain',
  'urging.reply',
  'recording.request',
  'recording.listen',
  'supplement.request',
  'supplement.receive',
  'pause.request',
  'pause.end',
  'consult.ask',
  'consult.reply',
  'consult.remind',
  'case.withdraw',
  'citizen.tell',
]

/** Who may give which command, before the case itself is looked at. The one table; both sides use it. */
export const capabilities: Record<Role, readonly CommandName[]> = {
  agent: agentCommands,
  supervisor: [...agentCommands, 'pause.confirm', 'pause.refuse', 'pause.end', 'answer.unpublish'],
  'focal-officer': agencyCommands,
  head: agencyCommands,
  office: [
    'recording.listen',
    'case.amend',
    'case.refuse',
    'competence.set',
    'slip.accept-return',
    'slip.reject-return',
    'slip.remind',
    'slip.transfer',
    'urging.send',
    'recording.grant',
    'recording.deny',
    'lateness.lift',
    'pause.confirm',
    'pause.refuse',
    'pause.end',
    'consult.remind',
    'case.reopen',
    'answer.publish',
    'answer.unpublish',
  ],
  // Watch and manage, but never act on a case.
  'home-affairs': [],
  admin: [],
}

const citizenCommands: readonly CommandName[] = ['case.open', 'supplement.receive', 'case.rate']
const systemCommands: Record<Extract<Actor, { kind: 'system' }>['part'], readonly CommandName[]> = {
  keeper: ['clock.escalate', 'clock.remind', 'clock.recount'],
  intake: ['case.open', 'supplement.receive', 'recording.attach'],
  migration: ['case.open', 'case.amend', 'recording.attach'],
}

export const worksForAgency = (role: Role): boolean => role === 'focal-officer' || role === 'head'

/**
 * Whether this actor may give this command on this case; `state` is null for a case that does not exist yet.
 * An officer acts only on the slips of their own agency, and replies only to opinions asked of it.
 */
export function mayGive(actor: Actor, name: CommandName, state: CaseState | null): boolean {
  if (actor.kind === 'citizen') return citizenCommands.includes(name)
  if (actor.kind === 'system') return systemCommands[actor.part].includes(name)
  if (!capabilities[actor.role].includes(name)) return false
  if (!worksForAgency(actor.role)) return true
  if (actor.agencyId === undefined || state === null) return false
  if (name === 'consult.reply') return state.consults.some((consult) => consult.agencyId === actor.agencyId)
  return state.slip?.agencyId === actor.agencyId
}

/**
 * Who sees a case, and with it the citizen's name and number. Officers and heads see their own agency's slips, and the
 * cases on which their opinion is asked (S2 k.1); Home Affairs sees what is late or was copied to it (#34).
 */
export function canSee(account: Account, state: CaseState): boolean {
  switch (account.role) {
    case 'agent':
    case 'supervisor':
    case 'office':
      return true
    case 'focal-officer':
    case 'head':
      return (
        account.agencyId !== undefined &&
        (state.slip?.agencyId === account.agencyId ||
          state.consults.some((consult) => consult.agencyId === account.agencyId && consult.repliedAt === null))
      )
    case 'home-affairs':
      return state.isLate || state.consults.some((consult) => consult.reminders >= 2)
    case 'admin':
      return false
  }
}

/** The commands a screen may offer this person on this case now. `decide` still has the last word on the input. */
export function availableCommands(state: CaseState, account: Account): CommandName[] {
  return commandNames.filter((name) => whyUnavailable(state, account, name) === null)
}

/** The reason a button is disabled, as a refusal to be put into words; null when it is not. */
export function whyUnavailable(state: CaseState, account: Account, name: CommandName): Refusal | null {
  if (!canSee(account, state) || !mayGive(actorOf(account), name, state)) {
    return { refused: 'not-permitted', why: { role: account.role, command: name } }
  }
  if (!isSensible(name, state)) return { refused: 'wrong-stage', why: { stage: state.stage, command: name } }
  return null
}
