import assert from 'node:assert/strict'
import type { QueueEvent, WaitingCall } from '../../../src-shared/api/queue.ts'
import type { Board } from '../queue/board.ts'
import type { Agents } from './agents.ts'
import type { Dialogs } from './dialogs.ts'
import { forwardedInvite, returned, withoutSupport } from './forwarding.ts'
import type { LineCall } from './line-call.ts'
import type { LineClock } from './line-clock.ts'
import type { Binding, Registrar } from './registrar.ts'
import { Ring, type RingOutcome } from './ring.ts'
import { headersOf, type SipHeader, type SipResponse } from './sip-message.ts'
import type { Transactions } from './transactions.ts'

export type WaitingLineConfig = {
  domain: string
  queueNumber: string
  offerSeconds: number
  maxWaiting: number
  /** How long the line sets an agent aside; null: until the agent says 'ready'. */
  noAnswerPauseSeconds: number | null
  declinedPauseSeconds: number | null
}

type Offer = { agentId: string; ring: Ring | null; isSettled: boolean; stopTimer: () => void }
type Waiting = { call: LineCall; since: number; offer: Offer | null }
type Parts = {
  clock: LineClock
  config: WaitingLineConfig
  agents: Agents
  registrar: Registrar
  transactions: Transactions
  dialogs: Dialogs
  board: Board
  emit: (event: QueueEvent) => void
}

/** A caller hears of the wait at least so often (RFC 3261 §13.3.1.1: a provisional response each minute). */
const REMIND_SECONDS = 55

/** The queue: callers in the order in which they came, each offered to one free agent at a time. */
export class WaitingLine {
  #waiting: Waiting[] = []
  #parts: Parts
  #stopReminder: () => void = () => {}

  constructor(parts: Parts) {
    this.#parts = parts
    this.#remind()
  }

  join(call: LineCall) {
    const { agents, config, board, clock, emit } = this.#parts
    const { transaction, caller } = call
    // The line answers for a telephone not yet chosen, so it cannot keep the promise of RFC 3262.
    const required = headersOf(transaction.request, 'Require').join(',').toLowerCase()
    if (required.split(',').some((one) => one.trim() === '100rel')) {
      return transaction.reply(420, { headers: [['Unsupported', '100rel']] })
    }
    if (this.#waiting.length >= config.maxWaiting) {
      board.turnedAway()
      emit({ kind: 'call.turned-away', number: caller.number })
      return transaction.reply(486, { reason: 'The line is full' })
    }
    const waiting: Waiting = { call, since: clock.now(), offer: null }
    this.#waiting.push(waiting)
    board.offered()
    if (caller.agentId) agents.engage(caller.agentId, call.key, { kind: 'talking', callId: call.callId })
    emit({ kind: 'call.waiting', callId: call.callId, number: caller.number, displayName: caller.displayName })
    this.#tell(waiting)
    transaction.whenCancelled(() => this.#abandon(waiting))
    this.dispatch()
  }

  /** Offers the longest waiting to the longest idle, as far as both reach. */
  dispatch(): void {
    for (const waiting of [...this.#waiting]) {
      if (waiting.offer || !this.#waiting.includes(waiting)) continue
      const idle = this.#parts.agents.longestIdle()
      if (!idle) return
      const bindings = this.#parts.registrar.of(idle.username)
      assert(bindings.length > 0, 'an agent shown as ready has a telephone')
      this.#offer(waiting, idle.agentId, bindings)
    }
  }

  list(): WaitingCall[] {
    return this.#waiting.map(({ call, since, offer }, index) => ({
      callId: call.callId,
      number: call.caller.number,
      displayName: call.caller.displayName,
      since: new Date(since).toISOString(),
      position: index + 1,
      offeredTo: offer?.agentId ?? null,
    }))
  }

  /** The line closes: nobody waits for what will not come. */
  close(): void {
    this.#stopReminder()
    for (const { call, offer } of this.#waiting.splice(0)) {
      offer?.stopTimer()
      offer?.ring?.cancel()
      call.transaction.reply(503)
    }
  }

  #offer(waiting: Waiting, agentId: string, bindings: readonly Binding[]): void {
    const { agents, clock, config, emit, transactions } = this.#parts
    const { call } = waiting
    const offer: Offer = { agentId, ring: null, isSettled: false, stopTimer() {} }
    waiting.offer = offer
    agents.engage(agentId, call.key, { kind: 'ringing', callId: call.callId })
    emit({ kind: 'call.offered', callId: call.callId, agentId })
    this.#tell(waiting)
    offer.stopTimer = clock.after(config.offerSeconds * 1000, () => this.#returned(waiting, offer, 'no-answer'))
    const invite = forwardedInvite(call.transaction.request, { ...config, ...call })
    offer.ring = new Ring(transactions, withoutSupport(invite, '100rel'), bindings, {
      answered: (response, binding) => this.#answered(waiting, offer, response, binding),
      failed: (outcome) => this.#returned(waiting, offer, whyNot(outcome)),
    })
  }

  /** Also true for an answer that crossed our CANCEL, as long as the caller still waits: a voice is better than order. */
  #answered(waiting: Waiting, offer: Offer, response: SipResponse, binding: Binding): boolean {
    const { agents, board, clock, dialogs, emit } = this.#parts
    const { call, since } = waiting
    if (!this.#waiting.includes(waiting)) {
      // A repeated 2xx of the agent who has the call goes on to the caller, who will acknowledge once more.
      if (offer.isSettled || waiting.offer !== offer) return false
      call.transaction.respond(returned(response, call.callId))
      return true
    }
    const other = waiting.offer === offer ? null : waiting.offer
    const isLate = offer.isSettled
    offer.stopTimer()
    offer.isSettled = false
    waiting.offer = offer
    this.#waiting = this.#waiting.filter((one) => one !== waiting)
    const answeredAt = clock.now()
    board.answered(since, answeredAt)
    agents.engage(offer.agentId, call.key, { kind: 'talking', callId: call.callId })
    if (isLate) agents.takeBack(offer.agentId)
    dialogs.open(call, response, binding, 'talking')
    call.transaction.respond(returned(response, call.callId))
    const waitedSeconds = Math.max(0, (answeredAt - since) / 1000)
    emit({ kind: 'call.answered', callId: call.callId, agentId: offer.agentId, waitedSeconds })
    if (other) this.#withdraw(call, other)
    this.#tellAll()
    return true
  }

  #returned(waiting: Waiting, offer: Offer, why: 'no-answer' | 'declined' | 'unreachable'): void {
    const { agents, config, emit } = this.#parts
    if (offer.isSettled || waiting.offer !== offer || !this.#waiting.includes(waiting)) return
    offer.isSettled = true
    offer.stopTimer()
    offer.ring?.cancel()
    waiting.offer = null
    // Set aside first: an agent who is let go while still 'ready' would at once be offered the same call again.
    agents.setAside(offer.agentId, why, why === 'declined' ? config.declinedPauseSeconds : config.noAnswerPauseSeconds)
    agents.release(offer.agentId, waiting.call.key, false)
    emit({ kind: 'call.returned', callId: waiting.call.callId, agentId: offer.agentId, why })
    this.#tell(waiting)
    this.dispatch()
  }

  #abandon(waiting: Waiting): void {
    const { agents, board, clock, emit } = this.#parts
    if (!this.#waiting.includes(waiting)) return
    this.#waiting = this.#waiting.filter((one) => one !== waiting)
    const { call, since, offer } = waiting
    call.transaction.reply(487)
    if (call.caller.agentId) agents.release(call.caller.agentId, call.key, false)
    const abandonedAt = clock.now()
    board.abandoned(since, abandonedAt)
    emit({ kind: 'call.abandoned', callId: call.callId, waitedSeconds: Math.max(0, (abandonedAt - since) / 1000) })
    if (offer) this.#withdraw(call, offer)
    this.#tellAll()
    this.dispatch()
  }

  /** The agent did nothing wrong and keeps the place in the order. */
  #withdraw(call: LineCall, offer: Offer): void {
    offer.isSettled = true
    offer.stopTimer()
    offer.ring?.cancel()
    this.#parts.agents.release(offer.agentId, call.key, false)
  }

  #remind(): void {
    this.#stopReminder = this.#parts.clock.after(REMIND_SECONDS * 1000, () => {
      this.#tellAll()
      this.#remind()
    })
  }

  #tellAll(): void {
    for (const waiting of this.#waiting) this.#tell(waiting)
  }

  // With Contact and To-tag, or SIP.js drops it. 180 while an agent's telephone rings, 182 before (RFC 3261 §21.1).
  #tell(waiting: Waiting): void {
    const { domain, queueNumber } = this.#parts.config
    const headers: SipHeader[] = [
      ['Contact', `<sip:${queueNumber}@${domain};transport=ws>`],
      ['X-Queue-Position', `${this.#waiting.indexOf(waiting) + 1}`],
      ['X-Call-Id', waiting.call.callId],
    ]
    waiting.call.transaction.reply(waiting.offer ? 180 : 182, { headers })
  }
}

function whyNot(outcome: RingOutcome): 'declined' | 'no-answer' | 'unreachable' {
  if (outcome.kind === 'silent') return outcome.why === 'transport' ? 'unreachable' : 'no-answer'
  const { status } = outcome.response
  // 480 is what SIP.js says for "decline" unless told otherwise.
  if (status === 480 || status === 486 || status === 600 || status === 603) return 'declined'
  return status === 408 || status === 487 ? 'no-answer' : 'unreachable'
}
