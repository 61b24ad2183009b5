import type { BridgeWire } from '../bridge.ts'

interface WireParts {
  readonly wire: BridgeWire
  receive(message: unknown): void
  up(send: (message: unknown) => void): void
  down(): void
}

/** What is posted while down is kept in order and sent when the desk is back. */
function wireParts(): WireParts {
  const heard: ((message: unknown) => void)[] = []
  const upListeners: (() => void)[] = []
  const downListeners: (() => void)[] = []
  let send: ((message: unknown) => void) | null = null
  let unsent: unknown[] = []
  return {
    wire: {
      post: (message) => {
        if (send) send(message)
        else unsent.push(message)
      },
      onMessage: (listener) => heard.push(listener),
      onUp: (listener) => upListeners.push(listener),
      onDown: (listener) => downListeners.push(listener),
    },
    receive: (message) => {
      for (const listener of heard) listener(message)
    },
    up: (next) => {
      send = next
      const waiting = unsent
      unsent = []
      for (const message of waiting) next(message)
      for (const listener of upListeners) listener()
    },
    down: () => {
      if (send === null) return
      send = null
      for (const listener of downListeners) listener()
    },
  }
}

/** The browser host: the same desk behind a WebSocket, which comes back by itself after a restart of the desk. */
export function wireFromSocket(open: () => WebSocket, retryMs = 1_000): BridgeWire {
  const parts = wireParts()
  const connect = () => {
    const socket = open()
    socket.onopen = () => parts.up((message) => socket.send(JSON.stringify(message)))
    socket.onmessage = (event: MessageEvent<string>) => parts.receive(JSON.parse(event.data))
    socket.onclose = () => {
      parts.down()
      setTimeout(connect, retryMs)
    }
  }
  connect()
  return parts.wire
}

/** Electron: the shell hands over a port, and another one when the desk process was restarted. */
export function wireFromPorts(): { wire: BridgeWire; use(port: MessagePort): void } {
  const parts = wireParts()
  let current: MessagePort | null = null
  return {
    wire: parts.wire,
    use: (port) => {
      parts.down()
      current?.close()
      current = port
      port.onmessage = (event: MessageEvent<unknown>) => parts.receive(event.data)
      port.addEventListener('close', () => {
        if (current === port) parts.down()
      })
      parts.up((message) => port.postMessage(message))
    },
  }
}

/** One port that does not change: tests, and a host that starts the window anew with its desk. */
export function wireFromPort(port: MessagePort): BridgeWire {
  const ports = wireFromPorts()
  ports.use(port)
  return ports.wire
}

/** The host gives the token in the page's fragment, which no server log and no referrer ever sees. */
export function tokenOf(fragment: string): string | null {
  return new URLSearchParams(fragment.replace(/^#/, '')).get('token')
}

export function bridgeUrl(origin: string, token: string): string {
  const url = new URL('/bridge', origin)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  url.searchParams.set('token', token)
  return url.href
}
