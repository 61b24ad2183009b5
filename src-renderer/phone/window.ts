import { uuidv7 } from 'uuidv7'
import { createPhoneEngine, type PhoneEngine } from './engine.ts'
import { servePhone } from './phone-wire.ts'
import { bridgeSink } from './sink.ts'

/** A call to the desk by name, as the bridge makes it over a port. */
export type DeskCall = (name: string, input: unknown) => Promise<unknown>

/**
 * The phone window has no face. It waits for two kinds of port from the preload: one to the desk, for the recordings,
 * and one for each console that comes, again after each reload of the console. The engine is made once and stays.
 *
 * A new desk port replaces the old one, because the shell restarts a desk that died while the call goes on.
 */
export const runPhoneWindow = (toDesk: (port: MessagePort) => DeskCall): PhoneEngine => {
  let desk: DeskCall | null = null
  const engine = createPhoneEngine({
    sink: bridgeSink((name, input) => (desk ? desk(name, input) : Promise.reject(new Error('desk-gone')))),
    clock: { now: () => Date.now() },
    newId: uuidv7,
    chance: Math.random,
  })

  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    const [port] = event.ports
    // Only our own preload speaks to this window; a frame or an opener does not.
    if (event.source !== window || !port) return
    if (event.data === 'desk-port') desk = toDesk(port)
    if (event.data === 'phone-port') servePhone(port, engine)
  })
  return engine
}
