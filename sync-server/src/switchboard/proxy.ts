import type { Account } from './account.ts'
import type { Agents } from './agents.ts'
import { saysNoSuchDialog } from './dialog-requests.ts'
import type { Dialog, Dialogs, Leg } from './dialogs.ts'
import type { Flow } from './flow.ts'
import { forwarded, forwardedInvite, returned } from './forwarding.ts'
import type { LineCall } from './line-call.ts'
import type { Referral, Referrals } from './referrals.ts'
import type { Binding, Registrar } from './registrar.ts'
import { Ring, type RingOutcome } from './ring.ts'
import type { ServerTransaction } from './server-transaction.ts'
import { header, parseUri, type SipRequest, type SipResponse, uriTextOf } from './sip-message.ts'
import type { Transactions } from './transactions.ts'
import type { WaitingLine } from './waiting-line.ts'

type Parts = {
  domain: string
  queueNumber: string
  newId: () => string
  agents: Agents
  registrar: Registrar
  transactions: Transactions
  dialogs: Dialogs
  referrals: Referrals
  line: WaitingLine
}

/** Carries calls from one WebSocket to another, and stays in their way until they end (RFC 3261 §16). */
export class LineProxy {
  #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** A call begins. */
  invite(transaction: ServerTransaction, caller: Account) {
    const { domain, queueNumber, newId, line, referrals, registrar } = this.#parts
    const target = parseUri(transaction.request.uri)
    if (!target) return transaction.reply(404)
    transaction.reply(100)
    if (target.host === domain && target.user === queueNumber) {
      const call = newCall(transaction, caller, newId, { callId: newId(), isCitizens: true })
      return line.join({ ...call, isQueued: true })
    }
    const bindings = registrar.lookup(target, domain)
    const callee = bindings[0]?.account
    const referral = callee ? referrals.take(caller.username, callee.username) : null
    // A guest reaches the queue, and the one to whom an agent has sent the call on.
    if (caller.kind === 'guest' && !referral) return transaction.reply(403)
    if (!callee) return transaction.reply(registrar.isKnown(target, domain) ? 480 : 404)
    this.#connect(newCall(transaction, caller, newId, referral), callee, bindings)
  }

  /** A request inside a dialog, from one end to the other. */
  inDialog(transaction: ServerTransaction, sender: Account) {
    const { request, flow } = transaction
    const { dialogs, domain, transactions } = this.#parts
    const found = dialogs.find(request)
    if (!found) return transaction.reply(481)
    if (found.from.account.username !== sender.username) return transaction.reply(403)
    const { dialog, from, to } = found
    // A citizen's browser may not make the telephone of an agent call somebody.
    if (request.method === 'REFER' && sender.kind === 'guest') return transaction.reply(403)
    dialogs.heard(from, request, flow, contactOf(request))
    if (request.method === 'REFER') this.#grant(request, dialog, to)
    if (!to.flow.isOpen) {
      // Whoever hangs up on an end that is away has hung up; other wishes may be asked again when it is back.
      transaction.reply(request.method === 'BYE' ? 200 : 480)
    } else {
      const client = transactions.send(to.flow, forwarded(request, domain), {
        response: (response) => this.#returnInDialog(transaction, response, dialog, to),
        failed: (why) => transaction.reply(why === 'timeout' ? 408 : 480),
      })
      transaction.whenCancelled((why) => {
        if (why === 'cancel') client.cancel()
      })
    }
    if (request.method === 'BYE') dialogs.end(dialog, 'bye')
  }

  ack(request: SipRequest, flow: Flow): void {
    const { dialogs, domain, transactions } = this.#parts
    const found = dialogs.find(request)
    if (!found || flow.account?.username !== found.from.account.username) return
    dialogs.heard(found.from, request, flow, null)
    transactions.sendAlone(found.to.flow, forwarded(request, domain))
  }

  #connect(call: LineCall, callee: Account, bindings: readonly Binding[]): void {
    const { agents, dialogs, domain, transactions } = this.#parts
    const { transaction } = call
    this.#engageCaller(call)
    if (callee.agentId) agents.engage(callee.agentId, call.key, { kind: 'ringing', callId: call.callId })
    const invite = forwardedInvite(transaction.request, { ...call, domain })
    const ring = new Ring(transactions, invite, bindings, {
      provisional: (response, binding) => {
        dialogs.open(call, response, binding, 'early')
        transaction.respond(returned(response, call.callId))
      },
      answered: (response, binding) => {
        // The caller is gone with the socket: nobody would acknowledge.
        if (transaction.isPending && !transaction.flow.isOpen) return false
        const isFirst = transaction.isPending
        if (isFirst) {
          dialogs.open(call, response, binding, 'talking')
          if (callee.agentId) agents.engage(callee.agentId, call.key, { kind: 'talking', callId: call.callId })
        }
        transaction.respond(returned(response, call.callId))
        return true
      },
      failed: (outcome) => {
        dialogs.dropEarly(call)
        if (callee.agentId) agents.release(callee.agentId, call.key, false)
        if (call.caller.agentId) agents.release(call.caller.agentId, call.key, false)
        this.#returnFailure(transaction, outcome)
      },
    })
    transaction.whenCancelled(() => ring.cancel())
  }

  #returnFailure(transaction: ServerTransaction, outcome: RingOutcome): void {
    if (outcome.kind === 'refused') transaction.respond(returned(outcome.response))
    else if (transaction.isCancelled) transaction.reply(487)
    else transaction.reply(outcome.why === 'timeout' ? 408 : 480)
  }

  #returnInDialog(transaction: ServerTransaction, response: SipResponse, dialog: Dialog, to: Leg): void {
    const { method } = transaction.request
    const isTargetRefresh = method === 'INVITE' || method === 'UPDATE'
    const contact = uriTextOf(header(response, 'Contact') ?? '')
    if (isTargetRefresh && response.status >= 200 && response.status < 300 && contact) to.contact = contact
    transaction.respond(returned(response))
    if (saysNoSuchDialog(response.status) && method !== 'BYE' && method !== 'NOTIFY')
      this.#parts.dialogs.end(dialog, 'gone')
  }

  #grant(request: SipRequest, dialog: Dialog, to: Leg): void {
    const { domain, referrals, registrar } = this.#parts
    // The Replaces of an attended transfer stands behind the question mark (RFC 3891) and names no place.
    const target = parseUri(uriTextOf(header(request, 'Refer-To') ?? '').split('?')[0] ?? '')
    const username = target ? registrar.lookup(target, domain)[0]?.account.username : undefined
    const { callId, isCitizens } = dialog.call
    if (username !== undefined) referrals.grant(to.account.username, username, { callId, isCitizens })
  }

  #engageCaller(call: LineCall): void {
    const { agentId } = call.caller
    if (agentId) this.#parts.agents.engage(agentId, call.key, { kind: 'talking', callId: call.callId })
  }
}

function newCall(
  transaction: ServerTransaction,
  caller: Account,
  newId: () => string,
  referral: Referral | null,
): LineCall {
  const { callId, isCitizens } = referral ?? { callId: newId(), isCitizens: caller.kind === 'guest' }
  return { key: newId(), callId, transaction, caller, isQueued: false, isCitizens }
}

function contactOf(request: SipRequest): string | null {
  const contact = header(request, 'Contact')
  return contact === undefined ? null : uriTextOf(contact)
}
