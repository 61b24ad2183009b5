import type { Consultable } from '../../src-shared/api/agency.ts'
import { fromIso } from '../../src-shared/deadlines/instants.ts'
import { agencyIdSchema } from '../../src-shared/ids.ts'
import { instantOf } from './acts.ts'
import { type Act, actUnless, type Forms, type Mapped, missingIf } from './forms.ts'
import { fieldTime } from './local-time.ts'

/** S2 k.1 (#33): what is asked, and by when. @param now epoch milliseconds by the register's clock */
export function consultAct({ consultId, agencyId, question, at }: Forms['consult'], now: number): Mapped {
  const replyBy = instantOf(at)
  return actUnless(
    {
      agencyId: missingIf(agencyId === '', 'agency.need-agency'),
      question: missingIf(question.trim() === '', 'agency.need-question'),
      at: missingIf(replyBy === null || fromIso(replyBy) <= now, 'agency.need-reply-by'),
    },
    () => ({
      name: 'consult.ask',
      input: { consultId, agencyId: agencyIdSchema.parse(agencyId), question: question.trim(), replyBy },
    }),
  )
}

export interface ReplyTime {
  readonly hours: number
  readonly replyBy: string
  /** The legal basis, where the time was laid down for a procedure (#35). */
  readonly basis: string | null
}

/** How long the chosen agency has: what was laid down for the procedure, or else the policy's default; null without an agency. */
export function replyTimeOf(
  agencies: readonly Consultable[],
  { agencyId, procedure }: Pick<Forms['consult'], 'agencyId' | 'procedure'>,
): ReplyTime | null {
  const agency = agencies.find((each) => each.agencyId === agencyId)
  if (agency === undefined) return null
  const special = agency.procedures.find((each) => each.procedure === procedure)
  return special ?? { hours: agency.hours, replyBy: agency.replyBy, basis: null }
}

/** Another agency or procedure brings its own time with it; the person may then choose another. */
export function withReplyTime(
  form: Pick<Forms['consult'], 'agencyId' | 'procedure'>,
  agencies: readonly Consultable[],
): Partial<Forms['consult']> {
  const time = replyTimeOf(agencies, form)
  return { ...form, at: time === null ? '' : fieldTime(fromIso(time.replyBy)) }
}

export const replyAct = ({ text }: Forms['reply'], consultId: string): Mapped =>
  actUnless({ text: missingIf(text.trim() === '', 'agency.need-reply') }, () => ({
    name: 'consult.reply',
    input: { consultId, text: text.trim() },
  }))

/** S2 k.1 (#34). */
export const remindAct = (consultId: string): Act => ({ name: 'consult.remind', input: { consultId } })
