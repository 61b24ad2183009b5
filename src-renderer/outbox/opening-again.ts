import type { CommandInput } from '../../src-shared/cases/commands.ts'
import { fromIso } from '../../src-shared/deadlines/instants.ts'
import { type CaseForm, emptyForm } from '../cases/case-form.ts'
import { localText } from '../cases/typed-time.ts'
import { dateText } from '../deadlines/times.ts'
import type { OutboxItem } from './outbox.ts'

type Told = Pick<OutboxItem, 'name' | 'input' | 'commandId'>

/**
 * A case that was refused as a whole, back in the form it was written in, with what was to follow it: an answer, a slip, a refusal
 * or a question, which was refused for want of the case.
 * @param items what was refused of this case, its opening among them
 */
export function formAgain(items: readonly Told[]): CaseForm | null {
  const opening = items.find(({ name }) => name === 'case.open')
  if (opening === undefined) return null
  const refusedIds = items.map(({ commandId }) => commandId)
  const following = items.map(wayOf).find((way) => way !== null) ?? {}
  return { ...emptyForm, ...openedOf(opening.input as CommandInput<'case.open'>), ...following, refusedIds }
}

function openedOf(input: CommandInput<'case.open'>): Partial<CaseForm> {
  const { kind, channel, fieldId, areaId, content, citizen, isUrgent, hazard, call, external } = input
  const { name, phone, address, email, isAnonymous } = citizen
  const about = { kind, channel, fieldId, areaId, content, isUrgent, hazard, call }
  const letter = external && {
    externalNumber: external.number,
    externalIssuedBy: external.issuedBy,
    externalIssuedOn: external.issuedOn === null ? '' : dateText(external.issuedOn),
    externalDueAt: external.dueAt === null ? '' : localText(fromIso(external.dueAt)),
  }
  return { ...about, name, phone, address, email, isAnonymous, ...letter }
}

function wayOf({ name, input }: Told): Partial<CaseForm> | null {
  switch (name) {
    case 'case.answer': {
      const { text, source, citizenTold } = input as CommandInput<'case.answer'>
      return { way: 'answer', answerText: text, source: source ?? '', isToldNow: citizenTold != null }
    }
    case 'slip.send': {
      const { agencyId, summary, callAttempt, skippedCallReason } = input as CommandInput<'slip.send'>
      return { way: 'slip', agencyId, summary, callAttempt, skippedCallReason: skippedCallReason ?? '' }
    }
    case 'case.refuse': {
      const { reasonCode, reason, referredTo } = input as CommandInput<'case.refuse'>
      return { way: 'refuse', refusalReason: reasonCode, refusalText: reason, referredTo }
    }
    case 'competence.ask':
      return { way: 'competence', question: (input as CommandInput<'competence.ask'>).question }
    default:
      return null
  }
}
