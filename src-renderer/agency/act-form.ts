import { useRef, useState } from 'react'
import { uuidv7 } from 'uuidv7'
import type { SlipDetail } from '../../src-shared/api/agency.ts'
import { type Act, emptyForms, type FormName, type Forms, type Mapped, type Problems } from './acts.ts'
import { ask, Refused, Unreachable, Unreadable } from './agency-api.ts'
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

export interface ActForm<F extends FormName> {
  readonly values: Forms[F]
  set(change: Partial<Forms[F]>): void
  readonly problems: Problems
  /** The server's no, or why nothing came through. */
  readonly refusal: string | null
  readonly progress: string | null
  readonly isKept: boolean
  send(): Promise<void>
}

/** One form over one slip: its values are kept on the device with every keystroke until the register has answered. */
export function useActForm<F extends FormName>(
  { detail, accountId, onSent }: FormProps,
  form: F,
  map: (values: Forms[F]) => Mapped,
): ActForm<F> {
  const { caseId } = detail.row
  const drafts = useRef(openDrafts(localStorage, accountId)).current
  const [values, setValues] = useState<Forms[F]>(() => ({ ...emptyForms[form], ...drafts.read(caseId, form) }))
  const [problems, setProblems] = useState<Problems>({})
  const [refusal, setRefusal] = useState<string | null>(null)
  const [progress, setProgress] = useState<string | null>(null)
  const [isKept, setKept] = useState(true)

  const set = (change: Partial<Forms[F]>) => {
    const next = { ...values, ...change }
    setValues(next)
    setKept(drafts.keep(caseId, form, next))
    setProblems({})
  }

  const send = async () => {
    if (progress !== null) return
    setRefusal(null)
    const mapped = map(values)
    if ('problems' in mapped) return setProblems(mapped.problems)
    setProgress(tell('agency.sending'))
    try {
      const answer = await sender.send(caseId, mapped.act, (count) => setProgress(tell('agency.retrying', { count })))
      if (answer.outcome === 'refused') return setRefusal(answer.message)
      if (mapped.act.name === 'slip.answer') drafts.dropAll(caseId)
      else drafts.drop(caseId, form)
      onSent(mapped.act.name)
      void Promise.all([readSlip(caseId), readSlips()])
    } catch (failure) {
      if (failure instanceof Refused && failure.status === 401) sessionEnded()
      else if (failure instanceof Refused) setRefusal(failure.message)
      else if (failure instanceof Unreachable) setRefusal(tell('agency.not-sent'))
      else if (failure instanceof Unreadable) setRefusal(tell('agency.unreadable'))
      else throw failure
    } finally {
      setProgress(null)
    }
  }
  return { values, set, problems, refusal, progress, isKept, send }
}
