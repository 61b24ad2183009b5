import { MessageChannel as NodeMessageChannel } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { type Phone, type PhoneSnapshot, silentPhone } from '../../../src-renderer/phone/phone.ts'
import { connectPhone, servePhone } from '../../../src-renderer/phone/phone-wire.ts'
import { refusalOf } from '../../../src-renderer/phone/refusals.ts'
import { nextSnapshot, type PhoneEvent } from '../../../src-renderer/phone/states.ts'

const at = '2026-08-10T02:00:00.000Z'

/** The real states and the real refusals, driven by hand instead of by a network. */
const drivenPhone = () => {
  let current = silentPhone
  const listeners = new Set<(snapshot: PhoneSnapshot) => void>()
  const phone: Phone = {
    snapshot: () => current,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    run: async (command) => refusalOf(current, command) ?? { ok: true, lineId: null },
  }
  const emit = (event: PhoneEvent) => {
    current = nextSnapshot(current, event)
    for (const listener of listeners) listener(current)
  }
  return { phone, emit }
}

// Node's ports are the same standard; only the types differ in name.
const ports = () => {
  const { port1, port2 } = new NodeMessageChannel()
  return [port1, port2] as unknown as [MessagePort, MessagePort]
}

const until = (phone: Phone, isSo: (snapshot: PhoneSnapshot) => boolean) =>
  new Promise<PhoneSnapshot>((resolve) => {
    if (isSo(phone.snapshot())) return resolve(phone.snapshot())
    const stop = phone.subscribe((snapshot) => {
      if (!isSo(snapshot)) return
      stop()
      resolve(snapshot)
    })
  })

const ring: PhoneEvent = {
  type: 'call',
  lineId: 'a',
  direction: 'in',
  number: '0277555010',
  displayName: 'Nguyễn Văn A',
  queueCallId: 'q1',
  at,
}

test('a console that reloads comes back with a new port and finds the call as it is', async () => {
  const { phone, emit } = drivenPhone()
  const [toConsole, toPhone] = ports()
  servePhone(toConsole, phone)
  const before = connectPhone(toPhone)
  emit(ring)
  await until(before, (snapshot) => snapshot.lines[0]?.state === 'ringing')
  toPhone.close()

  emit({ type: 'answered', lineId: 'a', at })
  const [toConsoleAgain, toPhoneAgain] = ports()
  servePhone(toConsoleAgain, phone)
  const after = connectPhone(toPhoneAgain)
  const snapshot = await until(after, ({ lines }) => lines.length > 0)
  expect(snapshot.lines[0]).toMatchObject({ state: 'talking', displayName: 'Nguyễn Văn A', queueCallId: 'q1' })
  toPhoneAgain.close()
})

test('each command gets its own reply, refusals as values', async () => {
  const { phone, emit } = drivenPhone()
  const [toConsole, toPhone] = ports()
  servePhone(toConsole, phone)
  const console = connectPhone(toPhone)
  emit(ring)
  const [refused, allowed] = await Promise.all([
    console.run({ name: 'hold', lineId: 'a' }),
    console.run({ name: 'answer', lineId: 'a' }),
  ])
  expect(refused).toMatchObject({ ok: false, code: 'wrong-state' })
  expect(allowed).toEqual({ ok: true, lineId: null })
  toPhone.close()
})

test('when the phone window dies the console is told, and no command waits for ever', async () => {
  const { phone } = drivenPhone()
  const [toConsole, toPhone] = ports()
  servePhone(toConsole, phone)
  const console = connectPhone(toPhone)
  toConsole.close()
  const snapshot = await until(console, ({ registration }) => registration.why === 'phone-gone')
  expect(snapshot.registration.state).toBe('failed')
  expect(await console.run({ name: 'unregister' })).toMatchObject({ ok: false, code: 'phone-gone' })
})
