import { type ClientEvents, ClientTransaction, type TransactionTimers } from './client-transaction.ts'
import type { Flow } from './flow.ts'
import type { LineClock } from './line-clock.ts'
import { reply } from './replies.ts'
import { ServerTransaction } from './server-transaction.ts'
import { branchOf, cseqOf, header, type SipMessage, type SipRequest, type SipResponse } from './sip-message.ts'

export type TransactionUser = {
  request(transaction: ServerTransaction): void
  /** An ACK to a 2xx: it belongs to no transaction and is carried as it is. */
  ack(request: SipRequest, flow: Flow): void
}

/** Matches messages to transactions, answers CANCEL, and absorbs what is repeated (RFC 3261 §17, RFC 6026). */
export class Transactions {
  #servers = new Map<string, ServerTransaction>()
  #clients = new Map<string, ClientTransaction>()
  #clock: LineClock
  #timers: TransactionTimers
  #newId: () => string
  #host: string
  #user: TransactionUser

  constructor(
    at: { clock: LineClock; timers: TransactionTimers; newId: () => string; host: string },
    user: TransactionUser,
  ) {
    this.#clock = at.clock
    this.#timers = at.timers
    this.#newId = at.newId
    this.#host = at.host
    this.#user = user
  }

  receive(message: SipMessage, flow: Flow): void {
    if (message.kind === 'response') this.#receiveResponse(message, flow)
    else if (message.method === 'ACK') this.#receiveAck(message, flow)
    else if (message.method === 'CANCEL') this.#receiveCancel(message, flow)
    else this.#receiveRequest(message, flow)
  }

  /** Sends a request in a transaction of its own; the Via with its branch is put on here. */
  send(flow: Flow, request: SipRequest, events: ClientEvents): ClientTransaction {
    const branch = this.#newBranch()
    const transaction = new ClientTransaction(
      {
        flow,
        request: this.#withVia(request, branch),
        clock: this.#clock,
        timers: this.#timers,
        forget: () => this.#clients.delete(branch),
      },
      events,
    )
    this.#clients.set(branch, transaction)
    transaction.start()
    return transaction
  }

  /** Sends a request that has no transaction: the ACK to a 2xx. */
  sendAlone(flow: Flow, request: SipRequest): void {
    flow.send(this.#withVia(request, this.#newBranch()))
  }

  /** The flow is gone: what waited for an answer over it fails, what came over it is no longer wanted. */
  flowClosed(flow: Flow): void {
    for (const transaction of [...this.#clients.values()]) if (transaction.flow === flow) transaction.fail('transport')
    for (const transaction of [...this.#servers.values()])
      if (transaction.flow === flow) transaction.cancel('transport')
  }

  #receiveRequest(request: SipRequest, flow: Flow) {
    const key = serverKey(request, flow)
    const known = this.#servers.get(key)
    if (known) return known.repeat()
    const transaction = new ServerTransaction({
      flow,
      request,
      toTag: this.#newTag(),
      clock: this.#clock,
      timers: this.#timers,
      forget: () => this.#servers.delete(key),
    })
    this.#servers.set(key, transaction)
    this.#user.request(transaction)
  }

  #receiveAck(request: SipRequest, flow: Flow) {
    const invite = this.#servers.get(serverKey(request, flow))
    // The branch of an ACK to a non-2xx is the INVITE's: it ends here. The ACK to a 2xx has a branch of its own.
    if (invite) return invite.end()
    this.#user.ack(request, flow)
  }

  #receiveCancel(request: SipRequest, flow: Flow) {
    const invite = this.#servers.get(serverKey(request, flow))
    const toTag = this.#newTag()
    if (!invite) {
      flow.send(reply(request, 481, { toTag }))
      return
    }
    // §9.2: CANCEL is answered for itself; when the final response was first, it changes nothing.
    flow.send(reply(request, 200, { toTag }))
    invite.cancel('cancel')
  }

  #receiveResponse(response: SipResponse, flow: Flow): void {
    const transaction = this.#clients.get(branchOf(response))
    // A branch we never gave out, or one given to another flow, is not an answer to us.
    if (!transaction || transaction.flow !== flow) return
    // §17.1.3: the answer to a CANCEL has the branch of its INVITE, and only the CSeq tells them apart.
    if (cseqOf(response)?.method !== transaction.request.method) return
    transaction.receive(response)
  }

  #withVia(request: SipRequest, branch: string): SipRequest {
    return { ...request, headers: [['Via', `SIP/2.0/WS ${this.#host};branch=${branch}`], ...request.headers] }
  }

  // The magic cookie of RFC 3261 §8.1.1.7, then what nobody can guess.
  #newBranch(): string {
    return `z9hG4bK${this.#newTag()}`
  }

  #newTag(): string {
    return this.#newId().replace(/[^\w]/g, '')
  }
}

// ACK and CANCEL find their INVITE; every other method stands for itself.
function serverKey(request: SipRequest, flow: Flow): string {
  const method = request.method === 'ACK' || request.method === 'CANCEL' ? 'INVITE' : request.method
  return [flow.id, method, branchOf(request), header(request, 'Call-ID')].join(' ')
}
