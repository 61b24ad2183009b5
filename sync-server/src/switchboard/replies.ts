import { cseqOf, header, headersOf, type SipHeader, type SipRequest, type SipResponse, tagOf } from './sip-message.ts'

const REASONS: Record<number, string> = {
  100: 'Trying',
  180: 'Ringing',
  182: 'Queued',
  200: 'OK',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  407: 'Proxy Authentication Required',
  408: 'Request Timeout',
  420: 'Bad Extension',
  423: 'Interval Too Brief',
  480: 'Temporarily Unavailable',
  481: 'Call/Transaction Does Not Exist',
  482: 'Loop Detected',
  483: 'Too Many Hops',
  486: 'Busy Here',
  487: 'Request Terminated',
  500: 'Server Internal Error',
  503: 'Service Unavailable',
}

export const ALLOW = 'INVITE, ACK, CANCEL, BYE, OPTIONS, REGISTER, INFO, REFER, NOTIFY, UPDATE, PRACK, MESSAGE'

/** A response of our own (RFC 3261 §8.2.6). `toTag` is put on To where the request has none and the status asks one. */
export function reply(
  request: SipRequest,
  status: number,
  options: { reason?: string; toTag?: string; headers?: readonly SipHeader[] } = {},
): SipResponse {
  const copied = request.headers.filter(([name]) => ['Via', 'From', 'Call-ID', 'CSeq'].includes(name))
  const to = header(request, 'To') ?? ''
  const tagged = options.toTag && !tagOf(request, 'To') ? `${to};tag=${options.toTag}` : to
  return {
    kind: 'response',
    status,
    reason: options.reason ?? REASONS[status] ?? 'Unknown',
    headers: [...copied, ['To', tagged], ...(options.headers ?? [])],
    body: '',
  }
}

/** ACK to a non-2xx final response, made hop by hop: same branch, same CSeq number (RFC 3261 §17.1.1.3). */
export function ackForFailure(invite: SipRequest, response: SipResponse): SipRequest {
  return sameTransaction(invite, 'ACK', header(response, 'To') ?? '')
}

/** CANCEL of an INVITE we sent (RFC 3261 §9.1). */
export function cancelOf(invite: SipRequest): SipRequest {
  return sameTransaction(invite, 'CANCEL', header(invite, 'To') ?? '')
}

function sameTransaction(invite: SipRequest, method: string, to: string): SipRequest {
  return {
    kind: 'request',
    method,
    uri: invite.uri,
    headers: [
      ['Via', header(invite, 'Via') ?? ''],
      ...headersOf(invite, 'Route').map((route): SipHeader => ['Route', route]),
      ['From', header(invite, 'From') ?? ''],
      ['To', to],
      ['Call-ID', header(invite, 'Call-ID') ?? ''],
      ['CSeq', `${cseqOf(invite)?.number ?? 1} ${method}`],
      ['Max-Forwards', '70'],
    ],
    body: '',
  }
}
