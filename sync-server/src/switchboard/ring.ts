import type { ClientTransaction } from './client-transaction.ts'
import type { Binding } from './registrar.ts'
import {
  cseqOf,
  header,
  headersOf,
  type SipHeader,
  type SipRequest,
  type SipResponse,
  tagOf,
  uriTextOf,
} from './sip-message.ts'
import type { Transactions } from './transactions.ts'

export type RingOutcome = { kind: 'refused'; response: SipResponse } | { kind: 'silent'; why: 'timeout' | 'transport' }

export type RingEvents = {
  provisional?(response: SipResponse, binding: Binding): void
  /**
   * A telephone took the call: true when the answer is used. False (it came after the caller was gone, or a second
   * telephone was as quick) makes the ring thank and hang up for the caller: ACK, then BYE.
   */
  answered(response: SipResponse, binding: Binding): boolean
  /** No telephone took it; the best of what they said (RFC 3261 §16.7 step 6). */
  failed(outcome: RingOutcome): void
}

type Branch = { binding: Binding; transaction: ClientTransaction | null; outcome: RingOutcome | null }

/** Rings all telephones of one user at once; the first to answer has the call and the others stop ringing. */
export class Ring {
  #branches: Branch[]
  #winner: Branch | null = null
  #hungUp = new Set<Branch>()
  #transactions: Transactions
  #events: RingEvents
  #isFinished = false

  constructor(transactions: Transactions, request: SipRequest, bindings: readonly Binding[], events: RingEvents) {
    this.#transactions = transactions
    this.#events = events
    this.#branches = bindings.map((binding): Branch => ({ binding, transaction: null, outcome: null }))
    for (const branch of this.#branches) {
      const { flow, contact } = branch.binding
      branch.transaction = transactions.send(
        flow,
        { ...request, uri: contact },
        {
          response: (response) => this.#response(branch, response),
          failed: (why) => this.#ended(branch, { kind: 'silent', why }),
        },
      )
    }
  }

  /** Stops the ringing. An answer that crosses the CANCEL still comes to `answered`. */
  cancel(): void {
    for (const { transaction } of this.#branches) transaction?.cancel()
  }

  #response(branch: Branch, response: SipResponse): void {
    if (response.status < 200) {
      if (!this.#winner && !this.#isFinished && response.status > 100) {
        this.#events.provisional?.(response, branch.binding)
      }
    } else if (response.status < 300) this.#taken(branch, response)
    else this.#ended(branch, { kind: 'refused', response })
  }

  #taken(branch: Branch, response: SipResponse): void {
    if (this.#hungUp.has(branch)) return
    const isFirst = this.#winner === null || this.#winner === branch
    if (!isFirst || !this.#events.answered(response, branch.binding)) {
      this.#hungUp.add(branch)
      hangUpFor(this.#transactions, branch, response)
      if (isFirst) this.#ended(branch, { kind: 'silent', why: 'timeout' })
      return
    }
    this.#winner = branch
    this.#isFinished = true
    for (const other of this.#branches) if (other !== branch) other.transaction?.cancel()
  }

  #ended(branch: Branch, outcome: RingOutcome): void {
    branch.outcome ??= outcome
    if (this.#isFinished || this.#winner) return
    // A refusal for all (6xx) ends the ringing everywhere; the others are let go and then counted as ended.
    if (outcome.kind === 'refused' && outcome.response.status >= 600) {
      this.cancel()
      this.#finish(outcome)
    } else if (this.#branches.every((one) => one.outcome !== null)) {
      this.#finish(best(this.#branches.flatMap((one) => one.outcome ?? [])))
    }
  }

  #finish(outcome: RingOutcome): void {
    this.#isFinished = true
    this.#events.failed(outcome)
  }
}

/** The lowest class wins, within it the first; silence counts as 408. */
function best(outcomes: readonly RingOutcome[]): RingOutcome {
  const rank = (one: RingOutcome) => Math.floor((one.kind === 'refused' ? one.response.status : 499) / 100)
  const refused = outcomes.filter((one) => one.kind === 'refused')
  const sorted = (refused.length > 0 ? refused : outcomes).toSorted((a, b) => rank(a) - rank(b))
  return sorted[0] ?? { kind: 'silent', why: 'timeout' }
}

// The caller is out of reach of this answer, so the line is the caller for two messages (RFC 3261 §13.2.2.4).
function hangUpFor(transactions: Transactions, branch: Branch, response: SipResponse): void {
  const invite = branch.transaction?.request
  if (!invite) return
  const number = cseqOf(invite)?.number ?? 1
  const target = uriTextOf(header(response, 'Contact') ?? '') || branch.binding.contact
  const inDialog = (method: string, cseq: number): SipRequest => ({
    kind: 'request',
    method,
    uri: target,
    headers: [
      ...headersOf(response, 'Record-Route')
        .toReversed()
        .map((route): SipHeader => ['Route', route]),
      ['From', header(invite, 'From') ?? ''],
      ['To', header(response, 'To') ?? ''],
      ['Call-ID', header(invite, 'Call-ID') ?? ''],
      ['CSeq', `${cseq} ${method}`],
      ['Max-Forwards', '70'],
    ],
    body: '',
  })
  if (tagOf(response, 'To') === null) return
  transactions.sendAlone(branch.binding.flow, inDialog('ACK', number))
  transactions.send(branch.binding.flow, inDialog('BYE', number + 1), { response() {}, failed() {} })
}
