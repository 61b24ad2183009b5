import type { CaseState } from '../../../src-shared/cases/case.ts'
import type { RegisteredEvent } from '../../../src-shared/cases/events.ts'
import { fromIso } from '../../../src-shared/deadlines/instants.ts'
import type { Agency, Officer } from '../../../src-shared/province/directory.ts'
import type { Message } from '../store/store.ts'
import type { ReferenceBook } from '../sync/reference-book.ts'

/** What a message is about; its words are made when it is sent. */
export const messageKinds = [
  'receipt',
  'refusal',
  'citizen-answer',
  'slip-sent',
  'slip-reminded',
  'slip-due-soon',
  'slip-escalated',
  'case-late',
  'competence-asked',
  'consult-asked',
  'consult-reminded',
  'one-time-code',
] as const
export type MessageKind = (typeof messageKinds)[number]

interface Desk {
  readonly now: number
  readonly reference: ReferenceBook
  readonly newId: () => string
}
interface Recipient {
  readonly channel: Message['channel']
  readonly to: string
  readonly toName: string
  readonly accountId: Message['accountId']
  readonly notBeforeAt: number
}

/** Whom an event must be told to outside the room; written in the event's own transaction. `state` is the case after it. */
export function noticesOf(event: RegisteredEvent, state: CaseState, desk: Desk): Message[] {
  const write = (kind: MessageKind, recipient: Recipient | null, params: Message['params'] = {}): Message[] =>
    recipient === null ? [] : [newMessage(kind, recipient, { caseId: state.id, params }, desk)]
  const atAgency = (agencyId: string, role: Officer['role']) => officerOf(agencyId, role, desk)

  switch (event.name) {
    case 'case.opened':
      return write('receipt', citizenOf(state, 'sms', desk))
    case 'case.refused':
      return write('refusal', citizenBy(event.data.toldVia, state, desk))
    case 'citizen.told':
      return write('citizen-answer', citizenBy(event.data.via, state, desk))
    case 'slip.received':
      return write('slip-sent', atAgency(event.data.agencyId, 'focal-officer'), { agencyId: event.data.agencyId })
    case 'slip.reminded': {
      const { agencyId, holder } = state.slip!
      return write('slip-reminded', atAgency(agencyId, holder === 'focal-officer' ? 'focal-officer' : 'head'), {
        agencyId,
      })
    }
    // S4 Đ.13 k.2 (#28): to whoever holds the slip.
    case 'slip.due-soon': {
      const { level, dueAt, minutesBefore } = event.data
      const { agencyId } = state.slip!
      return write('slip-due-soon', atAgency(agencyId, level), { agencyId, dueAt: fromIso(dueAt), minutesBefore })
    }
    // D13: the successor has not heard of the slip yet.
    case 'slip.transferred': {
      const { agencyId } = event.data
      return state.slip!.holder === 'focal-officer'
        ? write('slip-sent', atAgency(agencyId, 'focal-officer'), { agencyId })
        : write('slip-escalated', atAgency(agencyId, 'head'), { agencyId })
    }
    case 'slip.escalated':
      return write('slip-escalated', atAgency(state.slip!.agencyId, 'head'), { agencyId: state.slip!.agencyId })
    // S4 Đ.9 k.4 ¶2: reported to the provincial leaders by way of the provincial office.
    case 'case.became-late':
      return write('case-late', officeOf(desk), { agencyId: state.slip!.agencyId })
    case 'competence.asked':
      return write('competence-asked', officeOf(desk))
    case 'consult.asked': {
      const { agencyId, consultId } = event.data
      return write('consult-asked', atAgency(agencyId, 'focal-officer'), { agencyId, consultId })
    }
    case 'consult.reminded': {
      const consult = state.consults.find((each) => each.id === event.data.consultId)
      if (consult === undefined) return []
      const params = { agencyId: consult.agencyId, consultId: consult.id, count: event.data.count }
      return write('consult-reminded', atAgency(consult.agencyId, 'focal-officer'), params)
    }
    default:
      return []
  }
}

export function newMessage(
  kind: MessageKind,
  recipient: Recipient,
  about: Pick<Message, 'caseId' | 'params'>,
  { now, newId }: Pick<Desk, 'now' | 'newId'>,
): Message {
  return {
    messageId: newId(),
    ...about,
    kind,
    ...recipient,
    state: 'waiting',
    text: null,
    nextTryAt: recipient.notBeforeAt,
    attempts: 0,
    createdAt: now,
    sentAt: null,
    gateway: null,
    problem: null,
  }
}

/** #20: a notice never rings at night: it goes out when the receiver's office next opens, and the instant stays what it was. */
function officerOf(agencyId: string, role: Officer['role'], { reference, now }: Desk): Recipient | null {
  const agency = reference.agency(agencyId)
  const officer = agency === undefined ? undefined : standIn(agency, role)
  const workingTime = reference.hours.ofAgency(agencyId)
  if (officer === undefined || workingTime === undefined) return null
  return {
    channel: 'sms',
    to: officer.sms,
    toName: officer.name,
    accountId: officer.accountId,
    notBeforeAt: Math.max(now, workingTime.nextOpening(now)),
  }
}

/** #13: the deputy stands in for a missing focal officer, and the head where there is neither. */
function standIn(agency: Agency, role: Officer['role']): Officer | undefined {
  const order: Officer['role'][] = role === 'head' ? ['head'] : ['focal-officer', 'deputy-focal-officer', 'head']
  return order.map((each) => agency.officers.find((officer) => officer.role === each)).find(Boolean)
}

function officeOf(desk: Desk): Recipient | null {
  const office = desk.reference.reference.directory.agencies.find((agency) => agency.agencyType === 'office')
  return office === undefined ? null : officerOf(office.id, 'focal-officer', desk)
}

function citizenBy(via: string, state: CaseState, desk: Desk): Recipient | null {
  return via === 'sms' || via === 'zalo' || via === 'email' ? citizenOf(state, via, desk) : null
}

function citizenOf({ citizen }: CaseState, channel: Message['channel'], { now }: Desk): Recipient | null {
  const to = channel === 'email' ? citizen.email : citizen.phone
  if (citizen.isAnonymous || to === '') return null
  return { channel, to, toName: citizen.name, accountId: null, notBeforeAt: now }
}
