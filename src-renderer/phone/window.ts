import '../ui/jitless.ts'
import { uuidv7 } from 'uuidv7'
import { connectBridge } from '../bridge.ts'
import { wireFromPorts } from '../session/wires.ts'
import { createPhoneEngine } from './engine.ts'
import { servePhone } from './phone-wire.ts'
import { bridgeSink } from './sink.ts'

/**
 * The phone window has no face. It waits for two kinds of port from the preload: one to the desk, for the recordings,
 * and one for each console that comes, again after each reload of the console. The engine is made once and stays.
 *
 * A new desk port replaces the old one, because the shell restarts a desk that died while the call goes on.
 */
const desk = wireFromPorts()
const bridge = connectBridge(desk.wire)
// The instants of a call go into the register: they are said in its time, as the desk has measured it.
let clockOffsetMs = 0
bridge.on('desk.state', (state) => {
  clockOffsetMs = state.clockOffsetMs
})
desk.wire.onUp?.(() => {
  void bridge.call('desk.state', {}).then((state) => {
    clockOffsetMs = state.clockOffsetMs
  })
})
const engine = createPhoneEngine({
  sink: bridgeSink((name, input) => bridge.call(name, input)),
  clock: { now: () => Date.now() + clockOffsetMs },
  newId: uuidv7,
  chance: Math.random,
})

window.addEventListener('message', (event: MessageEvent<unknown>) => {
  const [port] = event.ports
  // Only our own preload speaks to this window; a frame or an opener does not.
  if (event.source !== window || !port) return
  if (event.data === 'desk-port') desk.use(port)
  if (event.data === 'phone-port') servePhone(port, engine)
})
// Whoever is on the line should hear the end at once, not after the media has timed out.
window.addEventListener('pagehide', () => void engine.close())
