import { useRef, useState } from 'react'
import { uuidv7 } from 'uuidv7'
import type { SlipDetail } from '../../src-shared/api/agency.ts'
import { ask, Refused, Unreachable, Unreadable } from './agency-api.ts'
import { type Act, emptyForms, type FormName, type Forms, type Mapped, type Problems } from './forms.ts'
import { openSender } from './send-act.ts'
import { sessionEnded, tokenNow } from './session.ts'
import { openDrafts } from './slip-drafts.ts'
import { readSlip, readSlips } from './slips.ts'
import { language, tell } from './words.ts'

export interface FormProps {
  readonly detail: SlipDetail
  readonly accountId: string
  onSent(name: Act['name']): void
  onCancel(): void
}

const sender = openSender({
  ask,
  newId: uuidv7,
  pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  token: tokenNow,
  language,
})

export interface Sending {
  /** The server's no, or why nothing came through. */
  readonly refusal: string | null
  readonly progress: string | null
  /** Whether the register took it. */
  send(act: Act): Promise<boolean>
}

/** Sends acts on one slip and says in words how it goes. */
export function useSending(caseId: string, onSent: (name: Act['name']) => void): Sending {
  const [refusal, setRefusal] = useState<string | null>(null)
  const [progress, setProgress] = useState<string | null>(null)

  const send = async (act: Act): Promise<boolean> => {
    if (progress !== null) return false
    setRefusal(null)
    setProgress(tell('agency.sending'))
    try {
      const answer = await sender.send(caseId, act, (count) => setProgress(tell('agency.retrying', { count })))
      if (answer.outcome === 'refused') {
        setRefusal(answer.message)
        return false
      }
      onSent(act.name)
      // S2 k.1: who has given its opinion sees the case no longer.
      void Promise.all([act.name === 'consult.reply' ? null : readSlip(caseId), readSlips()])
      return true
    } catch (failure) {
      if (failure instanceof Refused && failure.status === 401) sessionEnded()
      else if (failure instanceof Refused) setRefusal(failure.message)
      else if (failure instanceof Unreachable) setRefusal(tell('agency.not-sent'))
      else if (failure instanceof Unreadable) setRefusal(tell('agency.unreadable'))
      else throw failure
      return false
    } finally {
      setProgress(null)
    }
  }
  return { refusal, progress, send }
}

export interface ActForm<F extends FormName> extends Omit<Sending, 'send'> {
  readonly values: Forms[F]
  set(change: Partial<Forms[F]>): void
  readonly problems: Problems
  readonly isKept: boolean
  send(): Promise<void>
}

/**
 * One form over one slip: its values are kept on the device with every keystroke until the register has answered.
 * @param part tells forms of one kind apart where a slip has several, such as the replies to two questions
 */
export function useActForm<F extends FormName>(
  { detail, accountId, onSent }: FormProps,
  form: F,
  map: (values: Forms[F]) => Mapped,
  part?: string,
): ActForm<F> {
  const { caseId } = detail.row
  const place = part === undefined ? caseId : `${caseId}.${part}`
  const drafts = useRef(openDrafts(localStorage, accountId)).current
  const [values, setValues] = useState<Forms[F]>(() => ({ ...emptyForms[form], ...drafts.read(place, form) }))
  const [problems, setProblems] = useState<Problems>({})
  const [isKept, setKept] = useState(true)
  const sending = useSending(caseId, onSent)

  const set = (change: Partial<Forms[F]>) => {
    const next = { ...values, ...change }
    setValues(next)
    setKept(drafts.keep(place, form, next))
    setProblems({})
  }

  const send = async () => {
    const mapped = map(values)
    if ('problems' in mapped) return setProblems(mapped.problems)
    if (!(await sending.send(mapped.act))) return
    const isOver = mapped.act.name === 'slip.answer' || mapped.act.name === 'case.withdraw'
    if (isOver) drafts.dropAll(caseId)
    else drafts.drop(place, form)
  }
  return { ...sending, values, set, problems, isKept, send }
}
