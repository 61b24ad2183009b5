import type { Bridge } from '../bridge.ts'
import type { Phone } from '../phone/phone.ts'

/** What the window is connected to; given once by its entry, before anything is drawn. */
interface Connections {
  readonly bridge: Bridge
  readonly phone: Phone
  /** Milliseconds since the epoch, by this computer. */
  readonly clock: { now(): number }
  newId(): string
}

let connections: Connections | null = null

export function connectDesk(given: Connections): void {
  connections = given
}

export function desk(): Connections {
  if (connections === null) throw new Error('The window was drawn before it was connected to a desk.')
  return connections
}

export const bridge = (): Bridge => desk().bridge
export const phone = (): Phone => desk().phone
