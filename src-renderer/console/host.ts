import type { Bridge, BridgeWire } from '../bridge.ts'
import { createPhoneEngine } from '../phone/engine.ts'
import type { Phone } from '../phone/phone.ts'
import { localPhone } from '../phone/phone-wire.ts'
import { bridgeSink } from '../phone/sink.ts'
import { phoneFromPorts } from '../session/phones.ts'
import { bridgeUrl, tokenOf, wireFromPorts, wireFromSocket } from '../session/wires.ts'

interface Host {
  readonly wire: BridgeWire
  phoneOf(bridge: Bridge): Phone
}

/** The browser host gives a token in the page's address; the shell gives none and hands over ports. */
export function hostOf(page: Window, clock: { now(): number }, newId: () => string): Host {
  const token = tokenOf(page.location.hash)
  return token === null ? shellHost(page) : browserHost(bridgeUrl(page.location.origin, token), clock, newId)
}

function browserHost(url: string, clock: { now(): number }, newId: () => string): Host {
  return {
    wire: wireFromSocket(() => new WebSocket(url)),
    // The same engine that has a window of its own in the shell runs in the page.
    phoneOf: (bridge) => {
      const sink = bridgeSink((name, input) => bridge.call(name as 'recordings.begin', input as never))
      return localPhone(createPhoneEngine({ sink, clock, newId, chance: Math.random }))
    },
  }
}

function shellHost(page: Window): Host {
  const desk = wireFromPorts()
  const phone = phoneFromPorts()
  page.addEventListener('message', (event: MessageEvent<unknown>) => {
    const [port] = event.ports
    if (event.source !== page || !port) return
    if (event.data === 'desk-port') desk.use(port)
    if (event.data === 'phone-port') phone.use(port)
  })
  return { wire: desk.wire, phoneOf: () => phone.phone }
}
