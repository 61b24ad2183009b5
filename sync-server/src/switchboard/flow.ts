import type { Account } from './account.ts'
import { type Parsed, parseSip, type SipMessage, serializeSip } from './sip-message.ts'

/** As much of a WebSocket as the switchboard needs; `ws` and the socket of @fastify/websocket both fit. */
export type SipSocket = {
  send(text: string): void
  close(code?: number, reason?: string): void
  // biome-ignore lint/suspicious/noExplicitAny: each event of `ws` has its own arguments; they are read in this file only.
  on(event: 'message' | 'close' | 'error', listener: (...values: any[]) => void): unknown
}

export type FlowEvents = { parsed(parsed: Parsed): void; closed(): void }

/** An offer with many candidates is some 10 kB; what is far larger is no telephone. */
const LARGEST_MESSAGE = 65_536
const PING = '\r\n\r\n'
const PONG = '\r\n'

/**
 * One WebSocket with SIP in it (RFC 7118): one message a frame. Once a digest was right, the flow belongs to that
 * account until it closes, and what comes over it is believed to be sent by that account and by no other.
 */
export class Flow {
  readonly id: string
  readonly remoteAddress: string
  account: Account | null = null
  #socket: SipSocket
  #isOpen = true
  #closed: () => void

  constructor(id: string, remoteAddress: string, socket: SipSocket, allowance: () => boolean, events: FlowEvents) {
    this.id = id
    this.remoteAddress = remoteAddress
    this.#socket = socket
    this.#closed = events.closed
    socket.on('message', (data: unknown) => {
      if (!this.#isOpen) return
      if (!allowance()) return this.close(1008, 'too many messages')
      const text = textOf(data)
      if (text.length > LARGEST_MESSAGE) return this.close(1009, 'message too large')
      if (text === PING) return this.#write(PONG) // RFC 5626 §3.5.1
      if (text.trim() === '') return
      events.parsed(parseSip(text))
    })
    socket.on('close', () => this.#end())
    // A broken frame is reported here before the close; without a listener it would end the process.
    socket.on('error', () => this.close(1002, 'protocol error'))
  }

  get isOpen(): boolean {
    return this.#isOpen
  }

  /** False when the socket is gone; the caller decides what that means for its transaction. */
  send(message: SipMessage): boolean {
    return this.#write(serializeSip(message))
  }

  close(code = 1000, reason = ''): void {
    if (!this.#isOpen) return
    this.#socket.close(code, reason)
    this.#end()
  }

  #write(text: string): boolean {
    if (!this.#isOpen) return false
    try {
      this.#socket.send(text)
      return true
    } catch {
      // The socket died under us before its close event came.
      this.#end()
      return false
    }
  }

  #end(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    this.#closed()
  }
}

function textOf(data: unknown): string {
  if (typeof data === 'string') return data
  if (Buffer.isBuffer(data)) return data.toString('utf8')
  if (data instanceof ArrayBuffer) return Buffer.from(data).toString('utf8')
  return Array.isArray(data) ? Buffer.concat(data).toString('utf8') : ''
}
