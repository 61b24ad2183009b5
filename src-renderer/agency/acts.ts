import type { CommandInput, CommandName } from '../../src-shared/cases/commands.ts'
import { parseIso } from '../../src-shared/deadlines/instants.ts'

/** What each form holds while it is being filled in: text only, so that a draft is exactly what was typed. */
export interface AnswerForm {
  text: string
  approver: string
  told: '' | 'yes' | 'no'
  via: string
  at: string
}
export interface TellForm {
  via: string
  at: string
  note: string
}
export interface TimeForm {
  way: 'postpone' | 'supplement'
  at: string
  reason: string
  missing: string
}
export interface ReturnForm {
  reason: string
}
export interface Forms {
  answer: AnswerForm
  tell: TellForm
  time: TimeForm
  return: ReturnForm
}
export type FormName = keyof Forms

export type Act = { [N in CommandName]: { readonly name: N; readonly input: CommandInput<N> } }[
  | 'slip.answer'
  | 'citizen.tell'
  | 'slip.postpone'
  | 'slip.promise'
  | 'supplement.request'
  | 'slip.return']

/** What is missing, by the field it is missing in. */
export type Problems = Readonly<Record<string, ProblemKey>>
export type ProblemKey =
  | 'agency.need-text'
  | 'agency.told-choose'
  | 'agency.need-via'
  | 'agency.need-time'
  | 'agency.need-reason'
  | 'agency.need-missing'

export type Mapped = { readonly act: Act } | { readonly problems: Problems }

export const emptyForms: Forms = {
  answer: { text: '', approver: '', told: '', via: '', at: '' },
  tell: { via: '', at: '', note: '' },
  time: { way: 'postpone', at: '', reason: '', missing: '' },
  return: { reason: '' },
}

type Via = CommandInput<'citizen.tell'>['via']

/** `2026-10-06T10:00` of a date-and-time field is the province's wall clock, wherever the telephone believes it is. */
export function instantOf(local: string): string | null {
  const text = `${local.slice(0, 16)}:00+07:00`
  return local.length >= 16 && parseIso(text) !== null ? text : null
}

export function answerAct({ text, approver, told, via, at }: AnswerForm): Mapped {
  const toldAt = instantOf(at)
  const problems: Problems = {
    ...(text.trim() === '' ? { text: 'agency.need-text' } : {}),
    ...(told === '' ? { told: 'agency.told-choose' } : {}),
    ...(told === 'yes' && via === '' ? { via: 'agency.need-via' } : {}),
    ...(told === 'yes' && toldAt === null ? { at: 'agency.need-time' } : {}),
  }
  if (Object.keys(problems).length > 0) return { problems }
  return {
    act: {
      name: 'slip.answer',
      input: {
        text: text.trim(),
        approver: approver.trim() === '' ? null : approver.trim(),
        citizenTold: told === 'yes' ? { via: via as Via, at: toldAt! } : null,
      },
    },
  }
}

export function tellAct({ via, at, note }: TellForm): Mapped {
  const toldAt = instantOf(at)
  if (via === '' || toldAt === null) {
    return {
      problems: {
        ...(via === '' ? { via: 'agency.need-via' } : {}),
        ...(toldAt === null ? { at: 'agency.need-time' } : {}),
      },
    }
  }
  return { act: { name: 'citizen.tell', input: { via: via as Via, at: toldAt, note: note.trim() } } }
}

/**
 * S4 Đ.9 k.3 ¶2: a time within the deadline is a promise; Đ.10 k.3: one after it is the single postponement. What is late
 * has no deadline left to move (D4), so its time is a promise too.
 * @param clock `dueAt` in epoch milliseconds, null where no clock runs
 */
export function timeAct(
  { way, at, reason, missing }: TimeForm,
  { dueAt, isLate }: { dueAt: number | null; isLate: boolean },
): Mapped {
  if (way === 'supplement') {
    const items = missingItems(missing)
    if (items.length === 0) return { problems: { missing: 'agency.need-missing' } }
    return { act: { name: 'supplement.request', input: { missing: items } } }
  }
  const newDueAt = instantOf(at)
  if (newDueAt === null || reason.trim() === '') {
    return {
      problems: {
        ...(newDueAt === null ? { at: 'agency.need-time' } : {}),
        ...(reason.trim() === '' ? { reason: 'agency.need-reason' } : {}),
      },
    }
  }
  const isPromise = isLate || (dueAt !== null && parseIso(newDueAt)! <= dueAt)
  return isPromise
    ? { act: { name: 'slip.promise', input: { completeAt: newDueAt, reason: reason.trim() } } }
    : { act: { name: 'slip.postpone', input: { newDueAt, reason: reason.trim() } } }
}

export function returnAct({ reason }: ReturnForm): Mapped {
  if (reason.trim() === '') return { problems: { reason: 'agency.need-reason' } }
  return { act: { name: 'slip.return', input: { reason: reason.trim() } } }
}

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
