import type { Dialog, Leg } from './dialogs.ts'
import type { SipHeader, SipRequest } from './sip-message.ts'
import type { Transactions } from './transactions.ts'

/** Tells the end that is left that the other has gone: a BYE in the other's name, the next in its order. */
export function hangUp(transactions: Transactions, dialog: Dialog, lost: Leg, survivor: Leg): void {
  if (!survivor.flow.isOpen) return
  const bye = requestInDialog(dialog, lost, survivor, 'BYE', lost.lastCseq + 1, [
    ['Reason', 'SIP;cause=480;text="Temporarily Unavailable"'],
  ])
  transactions.send(survivor.flow, bye, { response() {}, failed() {} })
}

/**
 * A telephone is back on a new socket: does it still know the call, or was it started anew? CSeq 0 is below every
 * number the other end has used (RFC 3261 §12.2.2), so the question spoils no order: whoever knows the dialog says
 * 200, 500 or 501.
 */
export function askAfter(
  transactions: Transactions,
  { dialog, leg, other }: { dialog: Dialog; leg: Leg; other: Leg },
  isGone: () => void,
): void {
  transactions.send(leg.flow, requestInDialog(dialog, other, leg, 'OPTIONS', 0, []), {
    response: (response) => {
      if (saysNoSuchDialog(response.status)) isGone()
    },
    failed() {},
  })
}

/**
 * What an end says that has no such dialog (RFC 5057 §5.1). SIP.js, started anew, says 404 and not 481: its old contact
 * points to nobody.
 */
export function saysNoSuchDialog(status: number): boolean {
  return status === 404 || status === 410 || status === 481
}

/** A request inside the dialog that the line itself sends to `to`, in the name of `from`. */
function requestInDialog(
  dialog: Dialog,
  from: Leg,
  to: Leg,
  method: string,
  cseq: number,
  headers: readonly SipHeader[],
): SipRequest {
  return {
    kind: 'request',
    method,
    uri: to.contact,
    headers: [
      ['From', from.identity],
      ['To', to.identity],
      ['Call-ID', dialog.sipCallId],
      ['CSeq', `${cseq} ${method}`],
      ['Max-Forwards', '70'],
      ...headers,
    ],
    body: '',
  }
}
