import type { TransactionTimers } from './client-transaction.ts'
import type { Flow } from './flow.ts'
import type { LineClock } from './line-clock.ts'
import { reply } from './replies.ts'
import type { SipHeader, SipRequest, SipResponse } from './sip-message.ts'

/**
 *  proceeding ──2xx──▶ accepted ──64·T1──▶ ended        (repeated 2xx of the callee pass, RFC 6026)
 *      └──3xx–6xx──▶ completed ──ACK or H──▶ ended      (INVITE; other methods end 64·T1 after the final response)
 */
export class ServerTransaction {
  readonly request: SipRequest
  readonly flow: Flow
  /** Set by whoever carries the request on; called once, when a CANCEL or the loss of the flow ends the wish for it. */
  #onCancel: ((why: 'cancel' | 'transport') => void) | null = null
  #cancelled: 'cancel' | 'transport' | null = null
  #state: 'proceeding' | 'accepted' | 'completed' | 'ended' = 'proceeding'
  #last: SipResponse | null = null
  #toTag: string
  #clock: LineClock
  #timers: TransactionTimers
  #forget: () => void

  constructor(at: {
    flow: Flow
    request: SipRequest
    toTag: string
    clock: LineClock
    timers: TransactionTimers
    forget: () => void
  }) {
    this.request = at.request
    this.flow = at.flow
    this.#toTag = at.toTag
    this.#clock = at.clock
    this.#timers = at.timers
    this.#forget = at.forget
  }

  get isPending(): boolean {
    return this.#state === 'proceeding'
  }

  get isCancelled(): boolean {
    return this.#cancelled !== null
  }

  /** A response of ours. All of them carry the same To-tag but 100, which has none. */
  reply(status: number, options: { reason?: string; headers?: readonly SipHeader[] } = {}): void {
    this.respond(reply(this.request, status, status === 100 ? options : { ...options, toTag: this.#toTag }))
  }

  /** Passes a response to the sender; after the final one only repeated 2xx pass. */
  respond(response: SipResponse): void {
    const isRepeated2xx = this.#state === 'accepted' && response.status >= 200 && response.status < 300
    if (!this.isPending && !isRepeated2xx) return
    this.#last = response
    this.flow.send(response)
    if (response.status < 200 || isRepeated2xx) return
    this.#state = response.status < 300 ? 'accepted' : 'completed'
    this.#clock.after(this.#timers.giveUpMs, () => this.end())
  }

  /** The request came once more: the last answer goes once more, and nobody else hears of it. */
  repeat(): void {
    if (this.#last) this.flow.send(this.#last)
  }

  whenCancelled(run: (why: 'cancel' | 'transport') => void): void {
    this.#onCancel = run
    if (this.#cancelled) run(this.#cancelled)
  }

  cancel(why: 'cancel' | 'transport'): void {
    if (!this.isPending || this.#cancelled) return
    this.#cancelled = why
    this.#onCancel?.(why)
  }

  end(): void {
    this.#state = 'ended'
    this.#forget()
  }
}
