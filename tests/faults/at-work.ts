import type { CommandInput } from '../../src-shared/cases/commands.ts'
import { toIso } from '../../src-shared/deadlines/instants.ts'
import { agencyIdSchema } from '../../src-shared/ids.ts'
import { openInput } from '../server/running.ts'
import type { Chance } from '../shared/deadlines/second-clock/random.ts'
import type { Act, Ledger } from './ledger.ts'
import type { RunningDesk } from './running-desk.ts'

type Bridge = Pick<RunningDesk, 'call'>

const agencyIds = ['so-xay-dung', 'so-y-te'].map((id) => agencyIdSchema.parse(id))

/** A code first, then the case with it, as the console does. @returns the act when the desk has said "done" */
export async function openCase(desk: Bridge, seat: string, ledger: Ledger): Promise<Act | null> {
  const mark = ledger.newMark(seat)
  const { code } = await desk.call('codes.reserve', { draftId: `draft-${mark}` })
  // The lease is used up, and there was no link to renew it.
  if (code === null) return null
  ledger.tell(code, mark)
  const act: Act = { mark, seat, name: 'case.open', caseId: null, code, isAcknowledged: false, isRefused: false }
  const input = openInput(code, { content: `Đèn đường trước nhà văn hóa ấp tắt đã một tuần. ${mark}` })
  return give(desk, act, input, ledger)
}

export function amendCase(desk: Bridge, seat: string, on: Act, ledger: Ledger): Promise<Act | null> {
  const mark = ledger.newMark(seat)
  const act: Act = {
    mark,
    seat,
    name: 'case.amend',
    caseId: on.caseId,
    code: null,
    isAcknowledged: false,
    isRefused: false,
  }
  return give(desk, act, { isUrgent: true, reason: `Người dân gọi lại. ${mark}` }, ledger)
}

export function sendSlip(desk: Bridge, seat: string, on: Act, now: number, ledger: Ledger): Promise<Act | null> {
  const mark = ledger.newMark(seat)
  const act: Act = {
    mark,
    seat,
    name: 'slip.send',
    caseId: on.caseId,
    code: null,
    isAcknowledged: false,
    isRefused: false,
  }
  const input: CommandInput<'slip.send'> = {
    agencyId: agencyIds[on.mark.length % 2]!,
    summary: `Đèn đường tắt một tuần. ${mark}`,
    callAttempt: { at: toIso(now - 60_000), number: '02775550100', result: 'no-answer' },
    skippedCallReason: null,
  }
  return give(desk, act, input, ledger)
}

export async function saveDraft(desk: Bridge, seat: string, draftId: string, ledger: Ledger): Promise<void> {
  const mark = ledger.newMark(seat)
  const before = ledger.drafts.get(draftId)
  before?.laterMarks.add(mark)
  await desk.call('drafts.save', { draftId, form: { content: `Đang ghi dở. ${mark}` }, code: null })
  ledger.drafts.set(draftId, { seat, savedMark: mark, laterMarks: new Set() })
}

/** One act of a person at work, of whatever kind. */
export async function actOnce(desk: Bridge, seat: string, ledger: Ledger, chance: Chance): Promise<void> {
  const kind = chance.between(0, 9)
  const known = ledger.knownCases()
  const one = known[chance.between(Math.max(0, known.length - 40), Math.max(0, known.length - 1))]
  if (kind < 5 || one === undefined) await openCase(desk, seat, ledger)
  else if (kind < 7) await amendCase(desk, seat, one, ledger)
  else if (kind < 9) await sendSlip(desk, seat, one, Date.now(), ledger)
  else await saveDraft(desk, seat, `${seat}-note`, ledger)
}

async function give(desk: Bridge, act: Act, input: object, ledger: Ledger): Promise<Act | null> {
  ledger.acts.push(act)
  const answer = await desk.call('cases.command', { caseId: act.caseId, name: act.name, input })
  if (answer.outcome === 'done') {
    act.caseId = answer.caseId
    act.isAcknowledged = true
    return act
  }
  act.isRefused = true
  if (answer.outcome === 'invalid') ledger.surprises.push(`${act.name} ${act.mark}: ${JSON.stringify(answer)}`)
  return null
}
