import { z } from 'zod'
import {
  type Phone,
  type PhoneCommand,
  type PhoneReply,
  type PhoneSnapshot,
  phoneReplySchema,
  phoneSnapshotSchema,
  silentPhone,
} from './phone.ts'

/**
 * The wire between the console window and the phone window. A console that reloads comes back with a new port and is
 * sent the current snapshot at once; the call never notices.
 */
// The command itself is checked by the engine, which answers a wrong one with a refusal rather than with silence.
const toPhoneSchema = z.object({
  kind: z.literal('command'),
  id: z.number(),
  command: z.custom<PhoneCommand>((value) => typeof value === 'object' && value !== null),
})
const toConsoleSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('snapshot'), snapshot: phoneSnapshotSchema }),
  z.object({ kind: z.literal('reply'), id: z.number(), reply: phoneReplySchema }),
])

/** Serves one console. Returns the function that lets go of the port; the engine goes on. */
export const servePhone = (port: MessagePort, phone: Phone): (() => void) => {
  const stop = phone.subscribe((snapshot) => port.postMessage({ kind: 'snapshot', snapshot }))
  port.onmessage = async (event: MessageEvent<unknown>) => {
    const { id, command } = toPhoneSchema.parse(event.data)
    port.postMessage({ kind: 'reply', id, reply: await phone.run(command) })
  }
  const close = () => {
    stop()
    port.close()
  }
  port.addEventListener('close', close)
  port.postMessage({ kind: 'snapshot', snapshot: phone.snapshot() })
  return close
}

/**
 * The phone as the console sees it. When the phone window dies the port closes: what was asked is answered with
 * `phone-gone` and the snapshot says so, until the shell hands over a port to the next one.
 */
export const connectPhone = (port: MessagePort): Phone => {
  const listeners = new Set<(snapshot: PhoneSnapshot) => void>()
  const waiting = new Map<number, (reply: PhoneReply) => void>()
  let current = silentPhone
  let isGone = false
  let lastId = 0

  const show = (snapshot: PhoneSnapshot) => {
    current = snapshot
    for (const listener of listeners) listener(snapshot)
  }
  port.onmessage = (event: MessageEvent<unknown>) => {
    const message = toConsoleSchema.parse(event.data)
    if (message.kind === 'snapshot') return show(message.snapshot)
    waiting.get(message.id)?.(message.reply)
    waiting.delete(message.id)
  }
  port.addEventListener('close', () => {
    isGone = true
    for (const answer of waiting.values()) answer(phoneGone)
    waiting.clear()
    show({ ...current, registration: { ...current.registration, state: 'failed', why: 'phone-gone', retryAt: null } })
  })

  return {
    snapshot: () => current,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    run: (command) => {
      if (isGone) return Promise.resolve(phoneGone)
      lastId += 1
      const id = lastId
      return new Promise((resolve) => {
        waiting.set(id, resolve)
        port.postMessage({ kind: 'command', id, command })
      })
    },
  }
}

/** In the browser host the engine runs in the page itself. */
export const localPhone = (engine: Phone): Phone => ({
  snapshot: engine.snapshot,
  subscribe: engine.subscribe,
  run: engine.run,
})

const phoneGone: PhoneReply = { ok: false, code: 'phone-gone', why: 'The phone window closed.' }
