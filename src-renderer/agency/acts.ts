import type { CommandInput } from '../../src-shared/cases/commands.ts'
import { parseIso } from '../../src-shared/deadlines/instants.ts'
import { recordingIdSchema } from '../../src-shared/ids.ts'
import { actUnless, type Forms, type Mapped, missingIf } from './forms.ts'

type Via = CommandInput<'citizen.tell'>['via']

/** `2026-10-06T10:00` of a date-and-time field is the province's wall clock, wherever the telephone believes it is. */
export function instantOf(local: string): string | null {
  const text = `${local.slice(0, 16)}:00+07:00`
  return local.length >= 16 && parseIso(text) !== null ? text : null
}

/** @param owesCause #37: the slip is late and nobody has said why */
export function answerAct(form: Forms['answer'], owesCause: boolean): Mapped {
  const { text, approver, told, via, at } = form
  const toldAt = instantOf(at)
  return actUnless(
    {
      text: missingIf(text.trim() === '', 'agency.need-text'),
      ...(owesCause ? causeProblems(form) : {}),
      told: missingIf(told === '', 'agency.told-choose'),
      via: missingIf(told === 'yes' && via === '', 'agency.need-via'),
      at: missingIf(told === 'yes' && toldAt === null, 'agency.need-time'),
    },
    () => ({
      name: 'slip.answer',
      input: {
        text: text.trim(),
        approver: approver.trim() === '' ? null : approver.trim(),
        citizenTold: told === 'yes' ? { via: via as Via, at: toldAt! } : null,
        ...(owesCause ? { lateCause: causeOf(form) } : {}),
      },
    }),
  )
}

export function tellAct({ via, at, note }: Forms['tell']): Mapped {
  const toldAt = instantOf(at)
  return actUnless(
    { via: missingIf(via === '', 'agency.need-via'), at: missingIf(toldAt === null, 'agency.need-time') },
    () => ({ name: 'citizen.tell', input: { via: via as Via, at: toldAt!, note: note.trim() } }),
  )
}

/**
 * S4 Đ.9 k.3 ¶2: a time within the deadline is a promise; Đ.10 k.3: one after it is the single postponement. What is late
 * has no deadline left to move (D4), so its time is a promise too.
 * @param clock `dueAt` in epoch milliseconds, null where no clock runs
 */
export function timeAct(
  { way, at, reason, missing }: Forms['time'],
  { dueAt, isLate }: { dueAt: number | null; isLate: boolean },
): Mapped {
  if (way === 'supplement') {
    const items = missingItems(missing)
    return actUnless({ missing: missingIf(items.length === 0, 'agency.need-missing') }, () => ({
      name: 'supplement.request',
      input: { missing: items },
    }))
  }
  const newDueAt = instantOf(at)
  return actUnless(
    {
      at: missingIf(newDueAt === null, 'agency.need-time'),
      reason: missingIf(reason.trim() === '', 'agency.need-reason'),
    },
    () =>
      isLate || (dueAt !== null && parseIso(newDueAt!)! <= dueAt)
        ? { name: 'slip.promise', input: { completeAt: newDueAt!, reason: reason.trim() } }
        : { name: 'slip.postpone', input: { newDueAt: newDueAt!, reason: reason.trim() } },
  )
}

export const returnAct = ({ reason }: Forms['return']): Mapped =>
  actUnless({ reason: missingIf(reason.trim() === '', 'agency.need-reason') }, () => ({
    name: 'slip.return',
    input: { reason: reason.trim() },
  }))

/** S2 k.1, k.3 (#37). */
export const explainAct = (form: Forms['explain']): Mapped =>
  actUnless(causeProblems(form), () => ({ name: 'lateness.explain', input: causeOf(form) }))

/** S4 Đ.9 k.5 (#27): the answer to a letter that demands an explanation. */
export const urgingAct = ({ text }: Forms['urging'], urgingId: string): Mapped =>
  actUnless({ text: missingIf(text.trim() === '', 'agency.need-account') }, () => ({
    name: 'urging.reply',
    input: { urgingId, text: text.trim() },
  }))

/** S4 Đ.11 k.1 ¶2, D11: why the unit has to hear the call. */
export const hearAct = ({ recordingId, reason }: Forms['hear']): Mapped =>
  actUnless(
    {
      recordingId: missingIf(recordingId === '', 'agency.need-recording'),
      reason: missingIf(reason.trim() === '', 'agency.need-reason'),
    },
    () => ({
      name: 'recording.request',
      input: { recordingId: recordingIdSchema.parse(recordingId), reason: reason.trim() },
    }),
  )

type Cause = Forms['explain']
const causeOf = ({ causeCode, cause }: Cause) => ({ causeCode, text: cause.trim() })
const causeProblems = ({ causeCode, cause }: Cause) => ({
  causeCode: missingIf(causeCode === '', 'agency.need-cause'),
  cause: missingIf(cause.trim() === '', 'agency.need-cause-text'),
})

/** One thing a line, a leading dash or number left out; the contract takes 20 of 300 characters. */
export function missingItems(text: string): string[] {
  return text
    .split('\n')
    .map((line) =>
      line
        .replace(/^\s*(?:[-–•*]|\d+[.)])\s+/, '')
        .trim()
        .slice(0, 300),
    )
    .filter((line) => line !== '')
    .slice(0, 20)
}
