import { publicCallGrantSchema } from '../../src-shared/api/agency.ts'
import type { Phone, PhoneReply, Registration } from '../phone/phone.ts'

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
  const grant = publicCallGrantSchema.parse(await response.json())

  const { wsUrl, domain, username, password, iceServers } = grant
  const begun = await phone.run({
    name: 'register',
    settings: { wsUrl, domain, username, password, iceServers, isRecorded: false },
  })
  if (!begun.ok) return begun
  const registration = await settled(phone)
  if (registration.state !== 'registered') return { ok: false, code: 'no-line', why: registration.why }
  return phone.run({ name: 'dial', number: grant.queueNumber })
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
