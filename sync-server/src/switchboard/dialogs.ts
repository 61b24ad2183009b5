import type { Account } from './account.ts'
import type { Flow } from './flow.ts'
import type { LineCall } from './line-call.ts'
import type { LineClock } from './line-clock.ts'
import type { Binding } from './registrar.ts'
import { cseqOf, header, type SipRequest, type SipResponse, tagOf, uriTextOf } from './sip-message.ts'

/** One end of a dialog: whose telephone, and over which flow it was last heard. */
export type Leg = {
  account: Account
  tag: string
  /** The contact URI, to which a request of ours to this leg goes. */
  contact: string
  /** From or To as this leg writes itself, with its tag. */
  identity: string
  flow: Flow
  /** The highest CSeq this leg sent, so that a BYE in its name can be the next. */
  lastCseq: number
  stopGrace: (() => void) | null
}

export type Dialog = {
  sipCallId: string
  call: LineCall
  caller: Leg
  callee: Leg
  /** early: the callee's telephone rings and may already be spoken to (PRACK, UPDATE). */
  state: 'early' | 'talking' | 'ended'
}

export type DialogEnd = 'bye' | 'lost' | 'gone'

export type DialogEvents = {
  ended(dialog: Dialog, why: DialogEnd): void
  /** A leg did not come back within the grace: the other is to be told. */
  lost(dialog: Dialog, lostLeg: Leg, survivor: Leg): void
}

/**
 * What is being talked over the line, so that a request inside a dialog finds the other end even when that end has a
 * new socket: by user, not by socket. A dialog whose leg lost its flow is kept for a grace; sound between two browsers
 * goes past the line and is not touched by it.
 */
export class Dialogs {
  #dialogs = new Map<string, Dialog>()
  #clock: LineClock
  #graceMs: number
  #lingerMs: number
  #events: DialogEvents

  constructor(at: { clock: LineClock; graceMs: number; lingerMs: number }, events: DialogEvents) {
    this.#clock = at.clock
    this.#graceMs = at.graceMs
    this.#lingerMs = at.lingerMs
    this.#events = events
  }

  /** The callee gave its end a tag: in a ringing response ('early') or by answering ('talking'). */
  open(call: LineCall, response: SipResponse, binding: Binding, state: 'early' | 'talking'): void {
    const legs = legsOf(call, response, binding)
    if (!legs) return
    const sipCallId = header(response, 'Call-ID') ?? ''
    const dialogKey = key(sipCallId, legs.caller.tag, legs.callee.tag)
    const known = this.#dialogs.get(dialogKey)
    if (known?.state === 'talking' || known?.state === 'ended') return
    if (known && state === 'early') return
    const dialog: Dialog = known ?? { sipCallId, call, ...legs, state }
    dialog.state = state
    dialog.callee.contact = legs.callee.contact
    this.#dialogs.set(dialogKey, dialog)
    if (state === 'early') return
    this.dropEarly(call)
    for (const leg of [dialog.caller, dialog.callee]) if (!leg.flow.isOpen) this.#startGrace(dialog, leg)
  }

  /** The ringing is over: what rang and did not answer has no dialog. */
  dropEarly(call: LineCall): void {
    for (const [dialogKey, dialog] of this.#dialogs) {
      if (dialog.call === call && dialog.state === 'early') this.#dialogs.delete(dialogKey)
    }
  }

  /** The dialog of a request and its direction; null when there is none, or the To has no tag. */
  find(request: SipRequest): { dialog: Dialog; from: Leg; to: Leg } | null {
    const [sipCallId, fromTag, toTag] = [header(request, 'Call-ID') ?? '', tagOf(request, 'From'), tagOf(request, 'To')]
    if (fromTag === null || toTag === null) return null
    const byCaller = this.#dialogs.get(key(sipCallId, fromTag, toTag))
    if (byCaller) return { dialog: byCaller, from: byCaller.caller, to: byCaller.callee }
    const byCallee = this.#dialogs.get(key(sipCallId, toTag, fromTag))
    return byCallee ? { dialog: byCallee, from: byCallee.callee, to: byCallee.caller } : null
  }

  /** A leg spoke: its flow is the one it spoke over, its contact the one it names now (RFC 3261 §12.2.2). */
  heard(leg: Leg, request: SipRequest, flow: Flow, contact: string | null): void {
    leg.flow = flow
    leg.stopGrace?.()
    leg.stopGrace = null
    leg.lastCseq = Math.max(leg.lastCseq, cseqOf(request)?.number ?? 0)
    if (contact !== null && (request.method === 'INVITE' || request.method === 'UPDATE')) leg.contact = contact
  }

  end(dialog: Dialog, why: DialogEnd): void {
    if (dialog.state !== 'talking') return
    dialog.state = 'ended'
    for (const leg of [dialog.caller, dialog.callee]) leg.stopGrace?.()
    // RFC 5057: a NOTIFY of a transfer may still follow the BYE, so the way stays open a while.
    const dialogKey = key(dialog.sipCallId, dialog.caller.tag, dialog.callee.tag)
    this.#clock.after(this.#lingerMs, () => this.#dialogs.delete(dialogKey))
    this.#events.ended(dialog, why)
  }

  flowClosed(flow: Flow): void {
    for (const dialog of [...this.#dialogs.values()]) {
      if (dialog.state !== 'talking') continue
      for (const leg of [dialog.caller, dialog.callee]) if (leg.flow === flow) this.#startGrace(dialog, leg)
    }
  }

  /** The user is back on a new socket. Returns the dialogs whose leg had been lost, so that they can be asked after. */
  registered(binding: Binding): { dialog: Dialog; leg: Leg; other: Leg }[] {
    const returned: { dialog: Dialog; leg: Leg; other: Leg }[] = []
    for (const dialog of this.#dialogs.values()) {
      if (dialog.state !== 'talking') continue
      for (const leg of [dialog.caller, dialog.callee]) {
        // After a change of network the old socket may look open for minutes: the same contact proves the same phone.
        const isSamePhone = !leg.flow.isOpen || addressOf(leg.contact) === addressOf(binding.contact)
        if (leg.account.username !== binding.account.username || leg.flow === binding.flow || !isSamePhone) continue
        leg.flow = binding.flow
        leg.stopGrace?.()
        leg.stopGrace = null
        returned.push({ dialog, leg, other: leg === dialog.caller ? dialog.callee : dialog.caller })
      }
    }
    return returned
  }

  close(): void {
    for (const dialog of this.#dialogs.values()) {
      for (const leg of [dialog.caller, dialog.callee]) leg.stopGrace?.()
    }
    this.#dialogs.clear()
  }

  #startGrace(dialog: Dialog, leg: Leg): void {
    leg.stopGrace?.()
    leg.stopGrace = this.#clock.after(this.#graceMs, () => {
      if (dialog.state !== 'talking') return
      this.#events.lost(dialog, leg, leg === dialog.caller ? dialog.callee : dialog.caller)
      this.end(dialog, 'lost')
    })
  }
}

function legsOf(call: LineCall, response: SipResponse, binding: Binding): { caller: Leg; callee: Leg } | null {
  const { request, flow } = call.transaction
  const [callerTag, calleeTag] = [tagOf(request, 'From'), tagOf(response, 'To')]
  if (callerTag === null || calleeTag === null) return null
  const caller: Leg = {
    account: call.caller,
    tag: callerTag,
    contact: uriTextOf(header(request, 'Contact') ?? ''),
    identity: header(request, 'From') ?? '',
    flow,
    lastCseq: cseqOf(request)?.number ?? 0,
    stopGrace: null,
  }
  const callee: Leg = {
    account: binding.account,
    tag: calleeTag,
    contact: uriTextOf(header(response, 'Contact') ?? '') || binding.contact,
    identity: header(response, 'To') ?? '',
    flow: binding.flow,
    lastCseq: 0,
    stopGrace: null,
  }
  return { caller, callee }
}

function addressOf(contact: string): string {
  return (contact.split(';')[0] ?? '').toLowerCase()
}

function key(sipCallId: string, callerTag: string, calleeTag: string): string {
  return [sipCallId, callerTag, calleeTag].join('\n')
}
