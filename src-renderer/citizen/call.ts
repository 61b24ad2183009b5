import { z } from 'zod'
import type { Phone, PhoneReply, Registration } from '../phone/phone.ts'

const accessSchema = z.object({
  wsUrl: z.string(),
  domain: z.string(),
  username: z.string(),
  password: z.string(),
  callerNumber: z.string(),
  queueNumber: z.string(),
})

export type CallOutcome =
  | PhoneReply
  | { ok: false; code: 'no-access' }
  | { ok: false; code: 'no-line'; why: Registration['why'] }

/**
 * Asks the server for a caller's account that lasts as long as the call, registers with it and dials the queue. The
 * reply of the phone is handed on; `no-access` and `no-line` are told apart from it because the person can do something
 * else about them.
 */
export const callQueue = async (phone: Phone, number: string): Promise<CallOutcome> => {
  const response = await fetch('/public/call', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ number }),
  }).catch(() => null)
  if (!response?.ok) return { ok: false, code: 'no-access' }
  const access = accessSchema.parse(await response.json())

  const { wsUrl, domain, username, password } = access
  const begun = await phone.run({
    name: 'register',
    settings: { wsUrl, domain, username, password, isRecorded: false },
  })
  if (!begun.ok) return begun
  const registration = await settled(phone)
  if (registration.state !== 'registered') return { ok: false, code: 'no-line', why: registration.why }
  return phone.run({ name: 'dial', number: access.queueNumber })
}

/** A first miss is tried again by the phone; a second is told to the person. */
const settled = (phone: Phone): Promise<Registration> =>
  new Promise((resolve) => {
    const look = () => {
      const { registration } = phone.snapshot()
      if (registration.state !== 'registered' && registration.state !== 'failed') return
      stop()
      resolve(registration)
    }
    const stop = phone.subscribe(look)
    look()
  })
