import type { Phone, PhoneSnapshot } from '../phone/phone.ts'
import { silentPhone } from '../phone/phone.ts'
import { connectPhone } from '../phone/phone-wire.ts'

/** The phone of a shell that may hand over another port when the phone window was restarted. Silent until the first. */
export function phoneFromPorts(): { phone: Phone; use(port: MessagePort): void } {
  const listeners = new Set<(snapshot: PhoneSnapshot) => void>()
  let current: Phone | null = null
  let stop: (() => void) | null = null
  return {
    phone: {
      snapshot: () => current?.snapshot() ?? silentPhone,
      subscribe: (listener) => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
      run: (command) =>
        current?.run(command) ?? Promise.resolve({ ok: false, code: 'phone-gone', why: 'No phone window yet.' }),
    },
    use: (port) => {
      stop?.()
      const next = connectPhone(port)
      current = next
      stop = next.subscribe((snapshot) => {
        for (const listener of listeners) listener(snapshot)
      })
    },
  }
}
