import type { Flow } from './flow.ts'
import type { LineClock } from './line-clock.ts'
import { ackForFailure, cancelOf } from './replies.ts'
import { branchOf, type SipRequest, type SipResponse } from './sip-message.ts'

/** RFC 3261 §17: on a reliable transport nothing is repeated, so only these waits are left. In milliseconds. */
export type TransactionTimers = {
  /** 64·T1: timers B, F and H, and how long a 2xx may still be repeated (RFC 6026 L and M). */
  giveUpMs: number
  /** Timer C, §16.6 step 11: an INVITE that only rings; more than three minutes. */
  ringingMs: number
}

export type ClientEvents = {
  /** Every 1xx, the final response, and each repetition of a 2xx. */
  response(response: SipResponse): void
  /** No final response will come. */
  failed(why: 'timeout' | 'transport'): void
}

/**
 *  INVITE:   calling ──1xx──▶ proceeding ──2xx──▶ accepted ──64·T1──▶ ended
 *               │B                │C: CANCEL       (repeated 2xx pass)
 *               ▼                 ▼ 3xx–6xx: ACK
 *             ended ◀─────────────┘
 *  others:   calling ──1xx──▶ proceeding ──final, or F──▶ ended
 */
export class ClientTransaction {
  readonly request: SipRequest
  readonly flow: Flow
  #state: 'calling' | 'proceeding' | 'accepted' | 'ended' = 'calling'
  #isCancelWanted = false
  #isCancelSent = false
  #stopTimer: () => void
  #clock: LineClock
  #timers: TransactionTimers
  #events: ClientEvents
  #forget: () => void

  constructor(
    at: { flow: Flow; request: SipRequest; clock: LineClock; timers: TransactionTimers; forget: () => void },
    events: ClientEvents,
  ) {
    this.request = at.request
    this.flow = at.flow
    this.#clock = at.clock
    this.#timers = at.timers
    this.#forget = at.forget
    this.#events = events
    this.#stopTimer = at.clock.after(at.timers.giveUpMs, () => this.fail('timeout'))
  }

  get branch(): string {
    return branchOf(this.request)
  }

  get isPending(): boolean {
    return this.#state === 'calling' || this.#state === 'proceeding'
  }

  start(): void {
    // Told later, not now: whoever starts us must first hold what `start` belongs to.
    if (!this.flow.send(this.request)) this.#clock.after(0, () => this.fail('transport'))
  }

  receive(response: SipResponse): void {
    if (this.#state === 'ended') return
    if (response.status < 200) this.#provisional(response)
    else if (this.request.method !== 'INVITE') this.#finish(response)
    else if (response.status < 300) this.#accepted(response)
    else {
      if (this.#state === 'accepted') return
      this.flow.send(ackForFailure(this.request, response))
      this.#finish(response)
    }
  }

  /** RFC 3261 §9.1: a CANCEL may go out only after a provisional response; before, it waits for one. */
  cancel(): void {
    if (!this.isPending || this.request.method !== 'INVITE') return
    this.#isCancelWanted = true
    if (this.#state === 'proceeding') this.#sendCancel()
  }

  fail(why: 'timeout' | 'transport'): void {
    const wasPending = this.isPending
    this.#end()
    if (wasPending) this.#events.failed(why)
  }

  #provisional(response: SipResponse): void {
    if (!this.isPending) return
    this.#state = 'proceeding'
    if (this.#isCancelWanted) {
      this.#sendCancel()
      return
    }
    this.#wait(this.request.method === 'INVITE' ? this.#timers.ringingMs : this.#timers.giveUpMs, () => {
      if (this.request.method === 'INVITE') this.cancel()
      else this.fail('timeout')
    })
    this.#events.response(response)
  }

  #sendCancel(): void {
    if (this.#isCancelSent) return
    this.#isCancelSent = true
    this.flow.send(cancelOf(this.request))
    // §9.1: when nothing final came 64·T1 after the CANCEL, the transaction counts as cancelled.
    this.#wait(this.#timers.giveUpMs, () => this.fail('timeout'))
  }

  #accepted(response: SipResponse): void {
    if (this.#state !== 'accepted') {
      this.#state = 'accepted'
      this.#wait(this.#timers.giveUpMs, () => this.#end())
    }
    this.#events.response(response)
  }

  #finish(response: SipResponse): void {
    this.#end()
    this.#events.response(response)
  }

  #wait(delayMs: number, run: () => void): void {
    this.#stopTimer()
    this.#stopTimer = this.#clock.after(delayMs, run)
  }

  #end(): void {
    this.#stopTimer()
    this.#state = 'ended'
    this.#forget()
  }
}
