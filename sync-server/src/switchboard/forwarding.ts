import type { Account } from './account.ts'
import { header, parseUri, type SipHeader, type SipRequest, type SipResponse, uriTextOf } from './sip-message.ts'

// What only the line may say. A caller's own words in these would name a caller who is not there (RFC 3325 §5), make a
// telephone ring or answer in a way only the line may ask, or show our digest to the other end.
const NOT_FROM_OUTSIDE = new Set([
  'p-asserted-identity',
  'p-preferred-identity',
  'remote-party-id',
  'x-call-id',
  'x-queue-position',
  'alert-info',
  'call-info',
  'answer-mode',
  'priv-answer-mode',
  'proxy-authorization',
  'authorization',
])

/** False when the request has gone through too many hands (RFC 3261 §16.3 step 3). */
export function hasHopsLeft(request: SipRequest): boolean {
  const value = header(request, 'Max-Forwards')
  return value === undefined || Number(value) > 0
}

/** The request as it goes on: hop counted, our own Route taken off, what only the line may say taken out (§16.6). */
export function forwarded(request: SipRequest, domain: string, added: readonly SipHeader[] = []): SipRequest {
  const hops = Number(header(request, 'Max-Forwards') ?? 71)
  const kept = request.headers.filter(
    ([name, value]) =>
      !NOT_FROM_OUTSIDE.has(name.toLowerCase()) &&
      name !== 'Max-Forwards' &&
      !(name === 'Route' && isOurs(value, domain)),
  )
  return { ...request, headers: [...added, ...kept, ['Max-Forwards', `${Math.min(hops, 71) - 1}`]] }
}

/** A new call as it goes on: the line stays in the way of the dialog, and says who is calling. */
export function forwardedInvite(
  request: SipRequest,
  at: { domain: string; caller: Account; callId: string; isQueued: boolean },
): SipRequest {
  const added: SipHeader[] = [
    ['Record-Route', `<sip:${at.domain};transport=ws;lr>`],
    ['P-Asserted-Identity', assertedIdentity(at.caller, at.domain)],
    ['X-Call-Id', at.callId],
  ]
  // RFC 7462: a call from outside, by the queue; the telephone rings as for a citizen.
  if (at.isQueued) added.push(['Alert-Info', '<urn:alert:source:external>;info=queue'])
  return forwarded(request, at.domain, added)
}

/**
 * The response as it goes back: our Via, the topmost, off (§16.7 step 3), and no identity that we did not assert.
 * With `callId` the caller's telephone, too, learns the name under which the call is known.
 */
export function returned(response: SipResponse, callId?: string): SipResponse {
  const via = response.headers.findIndex(([name]) => name === 'Via')
  const headers = response.headers.filter(([name], at) => at !== via && !NOT_FROM_OUTSIDE.has(name.toLowerCase()))
  return { ...response, headers: callId === undefined ? headers : [...headers, ['X-Call-Id', callId]] }
}

/** Takes an extension out of Supported, where the line answers for a telephone that could not hear it. */
export function withoutSupport(request: SipRequest, extension: string): SipRequest {
  const headers = request.headers.flatMap(([name, value]): SipHeader[] => {
    if (name !== 'Supported') return [[name, value]]
    const left = value.split(',').filter((one) => one.trim().toLowerCase() !== extension)
    return left.length === 0 ? [] : [[name, left.join(',').trim()]]
  })
  return { ...request, headers }
}

function assertedIdentity(caller: Account, domain: string): string {
  const name = caller.displayName.replace(/[\r\n]/g, ' ').replace(/[\\"]/g, '\\$&')
  const user = encodeURIComponent(caller.number || 'anonymous').replace(/%2B/g, '+')
  return `"${name}" <sip:${user}@${domain}>`
}

function isOurs(route: string, domain: string): boolean {
  return parseUri(uriTextOf(route))?.host === domain
}
