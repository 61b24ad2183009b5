import type { CommandInput, CommandName } from '../../../src-shared/cases/commands.ts'
import { redact } from '../../../src-shared/cases/redact.ts'
import { localTimeOf, toIso } from '../../../src-shared/deadlines/instants.ts'
import type { CaseId } from '../../../src-shared/ids.ts'
import { type Account, type Actor, actorOf } from '../../../src-shared/people/roles.ts'
import type { DemoCitizen, PastCase } from '../../../src-shared/province/demo.ts'
import { articleInForce } from '../../../src-shared/province/knowledge.ts'
import type { ReferenceBook } from '../sync/reference-book.ts'

/** One act of somebody's, at an instant; `code` stands where the receipt code comes in when it is done. */
export interface Step {
  readonly at: number
  readonly caseId: CaseId
  readonly actor: Actor
  readonly name: CommandName
  input(code: string): CommandInput<CommandName>
}

export interface Cast {
  readonly reference: ReferenceBook
  citizen(id: string | null): DemoCitizen | null
  /** The agent on duty for the n-th case. */
  readonly agent: Account
  /** Of the office, which may also publish what is held back for review (D10). */
  readonly publisher: Account
  officer(agencyId: string, role: 'focal-officer' | 'head'): Account
}

const minute = 60_000
const anonymous = { name: '', phone: '', address: '', email: '', isAnonymous: true }

/** A past case as the steps that real people would have taken; `openedAt` is where it was moved to. */
export function stepsOf(past: PastCase, openedAt: number, caseId: CaseId, cast: Cast): Step[] {
  const { outcome } = past
  const agent = actorOf(cast.agent)
  const step = <N extends CommandName>(at: number, actor: Actor, name: N, input: CommandInput<N>): Step => ({
    at,
    caseId,
    actor,
    name,
    input: () => input as CommandInput<CommandName>,
  })
  const person = cast.citizen(past.citizenId)
  const citizen = person === null ? anonymous : { ...contactOf(person), isAnonymous: false }
  const call =
    past.channel === 'phone'
      ? { callId: `call-${caseId}`, number: citizen.phone, startedAt: toIso(openedAt - 2 * minute) }
      : null

  if (outcome.type === 'redirect') {
    const card = cast.reference.policy.redirectCards.find((each) => each.code === outcome.card)
    const { channel, content } = past
    const rest = { card: outcome.card, number: card?.number ?? outcome.card, channel, content, citizen, call }
    return [{ at: openedAt, caseId, actor: agent, name: 'case.redirect', input: (code) => ({ code, ...rest }) }]
  }

  const hazard = person === null ? (cast.reference.policy.anonymous.hazards[0]?.code ?? null) : null
  const { kind, channel, fieldId, areaId, content } = past
  const isUrgent = past.urgent ?? false
  const opened = { kind, channel, fieldId, areaId, content, citizen, isUrgent, hazard, call, external: null }
  const open: Step = { at: openedAt, caseId, actor: agent, name: 'case.open', input: (code) => ({ code, ...opened }) }
  const via = wayTo(past, person)

  if (outcome.type === 'refuse') {
    const at = openedAt + 3 * minute
    const { reasonCode, referredTo } = outcome
    const reason = cast.reference.policy.refusalReasons.find((each) => each.code === reasonCode)?.label ?? reasonCode
    return [open, step(at, agent, 'case.refuse', { reasonCode, reason, referredTo, toldVia: via, toldAt: toIso(at) })]
  }
  if (outcome.type === 'answer') {
    const at = openedAt + 4 * minute
    const on = dateOf(openedAt)
    const article = articleInForce(cast.reference.reference.articles, outcome.articleId, on)
    const answer = {
      text: outcome.text,
      article: article === undefined ? null : { id: article.id, version: article.version },
      source: article?.source ?? 'Bộ thủ tục hành chính đã công bố của tỉnh',
    }
    return [
      open,
      step(at, agent, 'case.answer', answer),
      step(at + minute, agent, 'citizen.tell', { via, at: toIso(at + minute), note: '' }),
      step(at + 2 * minute, agent, 'case.close', { proof: closing(via), contactedAt: toIso(at + minute) }),
    ]
  }
  return [open, ...slipSteps(past, outcome, openedAt, { cast, agent, step, citizen, via })]
}

type SlipOutcome = Extract<PastCase['outcome'], { type: 'slip' }>
type StepMaker = <N extends CommandName>(at: number, actor: Actor, name: N, input: CommandInput<N>) => Step
type Way = CommandInput<'citizen.tell'>['via']

function slipSteps(
  past: PastCase,
  outcome: SlipOutcome,
  openedAt: number,
  {
    cast,
    agent,
    step,
    citizen,
    via,
  }: { cast: Cast; agent: Actor; step: StepMaker; citizen: typeof anonymous; via: Way },
): Step[] {
  const { agencyId } = outcome
  const { policy, hours } = cast.reference
  const sentAt = openedAt + outcome.sentMinutesAfter * minute
  const attempt = outcome.callAttempt
  const phone = cast.reference.agency(agencyId)?.phone ?? ''
  const steps: Step[] = [
    step(sentAt, agent, 'slip.send', {
      agencyId,
      summary: firstSentence(past.content),
      callAttempt:
        attempt === null
          ? null
          : { at: toIso(openedAt + attempt.minutesAfter * minute), number: phone, result: attempt.result },
      skippedCallReason: outcome.skippedCallReason ?? null,
    }),
  ]
  const { answered } = outcome
  const workingTime = hours.ofAgency(agencyId)
  if (answered === undefined || workingTime === undefined) return steps

  const answeredAt = workingTime.add(sentAt, answered.workingMinutesAfter * 60)
  const answerer = cast.officer(agencyId, answered.by)
  // Both facts within the 8 hours (#18), or an officer who was in time would be late by the telephone call.
  const dueAt = workingTime.add(sentAt, policy.focalOfficerWorkingHours * 3600)
  const wished = answeredAt + (outcome.toldMinutesAfter ?? 0) * minute
  const toldAt = answered.by === 'focal-officer' && answeredAt <= dueAt ? Math.min(wished, dueAt) : wished
  steps.push(step(Math.max(sentAt, answeredAt - 30 * minute), actorOf(answerer), 'slip.open', {}))
  const { focalOfficerWorkingHours, headWorkingHours } = policy
  const isLate = answered.workingMinutesAfter > (focalOfficerWorkingHours + headWorkingHours) * 60
  steps.push(
    step(answeredAt, actorOf(answerer), 'slip.answer', {
      text: answered.text,
      approver: null,
      citizenTold: null,
      ...(isLate ? { lateCause } : {}),
    }),
  )
  if (outcome.toldMinutesAfter === undefined) return steps
  const teller = answered.by === 'head' ? agent : actorOf(answerer)
  steps.push(step(toldAt, teller, 'citizen.tell', { via, at: toIso(toldAt), note: '' }))
  if (!outcome.closed) return steps
  const closedAt = toldAt + 5 * minute
  steps.push(step(closedAt, agent, 'case.close', { proof: closing(via), contactedAt: toIso(toldAt) }))
  if (outcome.published) {
    const options = { citizen, publicPhones: [phone] }
    const publication = { question: redact(past.content, options), answer: redact(answered.text, options) }
    steps.push(step(closedAt + 60 * minute, actorOf(cast.publisher), 'answer.publish', publication))
  }
  if (outcome.rating !== undefined) {
    const rating = { score: outcome.rating, comment: '' }
    steps.push(step(closedAt + 24 * 60 * minute, { kind: 'citizen', via: 'phone' }, 'case.rate', rating))
  }
  return steps
}

const lateCause = {
  causeCode: 'phai-xac-minh',
  text: 'Nội dung phải kiểm tra thực tế cùng địa phương nên chậm so với quy định.',
}

const contactOf = ({ name, phone, address, email = '' }: DemoCitizen) => ({ name, phone, address, email })

function wayTo(past: PastCase, person: DemoCitizen | null): Way {
  if (past.channel === 'zalo') return 'zalo'
  if ((past.channel === 'email' || past.channel === 'web') && person?.email) return 'email'
  return past.channel === 'web' ? 'sms' : 'call'
}

const closing = (via: Way): string =>
  via === 'call' ? 'Đã gọi lại cho công dân và đọc nội dung trả lời.' : 'Đã gửi nội dung trả lời cho công dân.'

function firstSentence(text: string): string {
  const sentence = /^.+?[.?!](?=\s|$)/s.exec(text)?.[0] ?? text
  return sentence.length <= 200 ? sentence : `${sentence.slice(0, 199)}…`
}

function dateOf(instant: number): string {
  const { year, month, day } = localTimeOf(instant)
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}
