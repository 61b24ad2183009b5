import { Parser } from 'sip.js/lib/core/messages/parser.js'
import { Grammar } from 'sip.js/lib/grammar/grammar.js'

// The only file that knows SIP.js's parser. Its deep path is no promised API (the last release is of 2022 and pinned
// by the lock file), so nothing of its types leaves this file: should it move, this file alone is rewritten.

export type SipHeader = readonly [name: string, value: string]
export type SipRequest = { kind: 'request'; method: string; uri: string; headers: readonly SipHeader[]; body: string }
export type SipResponse = {
  kind: 'response'
  status: number
  reason: string
  headers: readonly SipHeader[]
  body: string
}
export type SipMessage = SipRequest | SipResponse
export type SipUri = { user: string; host: string; port: number | null; text: string }
export type Parsed = { message: SipMessage } | { malformed: string; answerable: SipRequest | null }

// RFC 3261 §7.3.3 and later: the one-letter forms that SIP.js leaves as they come.
const COMPACT: Record<string, string> = { K: 'Supported', E: 'Content-Encoding', S: 'Subject', O: 'Event' }
const LATER_COMPACT: Record<string, string> = { U: 'Allow-Events', B: 'Referred-By', X: 'Session-Expires' }
const LISTS = new Set(['Via', 'Route', 'Record-Route', 'Contact'])
const MANDATORY = ['Via', 'From', 'To', 'Call-ID', 'CSeq']
const STAR = 'Contact-Star'
const silent = { warn() {}, error() {}, log() {}, debug() {} }

/** Reads one WebSocket message. What cannot be read but can still be answered with 400 comes back in `answerable`. */
export function parseSip(text: string): Parsed {
  const parsed = parseWithSipJs(text)
  if (!parsed) return { malformed: 'unreadable', answerable: salvage(text) }
  const missing = MANDATORY.find((name) => header(parsed, name) === undefined)
  if (missing) return { malformed: `no ${missing}`, answerable: salvage(text) }
  const cseq = cseqOf(parsed)
  if (!cseq || (parsed.kind === 'request' && cseq.method !== parsed.method)) {
    return { malformed: 'CSeq', answerable: salvage(text) }
  }
  return { message: parsed }
}

export function serializeSip(message: SipMessage): string {
  const start =
    message.kind === 'request'
      ? `${message.method} ${message.uri} SIP/2.0`
      : `SIP/2.0 ${message.status} ${message.reason}`
  const lines = message.headers
    .filter(([name]) => !isSameName(name, 'Content-Length'))
    .map(([name, value]) => `${name}: ${value}`)
  const length = Buffer.byteLength(message.body)
  return [start, ...lines, `Content-Length: ${length}`, '', message.body].join('\r\n')
}

export function header(message: SipMessage, name: string): string | undefined {
  return message.headers.find(([known]) => isSameName(known, name))?.[1]
}

/** Names of headers know no case; SIP.js writes `Remote-Party-Id` where the RFC has `Remote-Party-ID`. */
export function isSameName(left: string, right: string): boolean {
  return left === right || left.toLowerCase() === right.toLowerCase()
}

export function headersOf(message: SipMessage, name: string): string[] {
  return message.headers.filter(([known]) => isSameName(known, name)).map(([, value]) => value)
}

export function cseqOf(message: SipMessage): { number: number; method: string } | null {
  const match = /^(\d{1,10})\s+(\S+)$/.exec(header(message, 'CSeq') ?? '')
  return match ? { number: Number(match[1]), method: match[2]! } : null
}

/** The branch of the topmost Via: the name of the transaction (RFC 3261 §17.1.3, §17.2.3). */
export function branchOf(message: SipMessage): string {
  return /;\s*branch=([^;,\s]+)/i.exec(header(message, 'Via') ?? '')?.[1] ?? ''
}

/** The tag of a From or To value; null before the dialog has one. */
export function tagOf(message: SipMessage, name: 'From' | 'To'): string | null {
  const outside = (header(message, name) ?? '').replace(/"(?:[^"\\]|\\.)*"/g, '').replace(/<[^>]*>/, '')
  return /;\s*tag=([^;,\s]+)/i.exec(outside)?.[1] ?? null
}

/** A `sip:` or `sips:` URI; null when it is none. */
export function parseUri(text: string): SipUri | null {
  const uri = Grammar.URIParse(text)
  if (!uri) return null
  return { user: decoded(uri.user ?? ''), host: uri.host.toLowerCase(), port: uri.port ?? null, text }
}

/** The URI inside a name-addr or addr-spec, as it was written. */
export function uriTextOf(value: string): string {
  const bracketed = /<([^>]*)>/.exec(value.replace(/"(?:[^"\\]|\\.)*"/g, ''))
  return bracketed ? bracketed[1]! : (value.split(';')[0] ?? '').trim()
}

/** A parameter behind the URI of a name-addr, unquoted. */
export function parameterOf(value: string, name: string): string | null {
  const outside = value.replace(/<[^>]*>/, '')
  const match = new RegExp(`;\\s*${name.replace(/[.+]/g, '\\$&')}\\s*=\\s*("([^"]*)"|[^;,\\s]+)`, 'i').exec(outside)
  return match ? (match[2] ?? match[1]!) : null
}

function parseWithSipJs(text: string): SipMessage | null {
  try {
    const read = Parser.parseMessage(withoutStar(text), silent as unknown as Parameters<typeof Parser.parseMessage>[1])
    if (!read) return null
    const headers = Object.entries(read.headers).flatMap(([name, values]) =>
      values.flatMap(({ raw }): SipHeader[] => {
        const known = COMPACT[name] ?? LATER_COMPACT[name] ?? (name === STAR ? 'Contact' : name)
        // A folded line (RFC 3261 §7.3.1) is one value; unfolded here so that it cannot be written out as two headers.
        const value = raw.replace(/\r?\n\s*/g, ' ').replace(/[\r\n]/g, ' ')
        return (LISTS.has(known) ? splitList(value) : [value]).map((one) => [known, one])
      }),
    )
    const [first = ''] = text.split('\r\n', 1)
    if ('statusCode' in read) {
      const status = Number(read.statusCode)
      if (!(status >= 100 && status <= 699)) return null
      return { kind: 'response', status, reason: read.reasonPhrase ?? '', headers, body: read.body }
    }
    // Taken from the line as it stands: a URI printed anew could differ from the one the digest was made of.
    const [method = '', uri = ''] = first.split(' ')
    return { kind: 'request', method, uri, headers, body: read.body }
  } catch {
    // The parser throws on some inputs (a response without CSeq, a header named __proto__): malformed like any other.
    return null
  }
}

// SIP.js reads no `Contact: *` (RFC 3261 §10.2.2), so it travels through its parser under another name.
function withoutStar(text: string): string {
  const end = text.indexOf('\r\n\r\n')
  return text.slice(0, end).replace(/^(?:contact|m)[ \t]*:[ \t]*\*[ \t]*$/im, `${STAR}: *`) + text.slice(end)
}

/** Enough of a broken request to answer it: RFC 3261 §8.2.6 asks for these headers and no more. */
function salvage(text: string): SipRequest | null {
  const start = /^([A-Z]{1,20}) (\S{1,500}) SIP\/2\.0\r\n/.exec(text)
  if (!start || start[1] === 'ACK') return null
  const head = text.split('\r\n\r\n', 1)[0] ?? ''
  const headers: SipHeader[] = []
  for (const line of head.split('\r\n').slice(1)) {
    const match = /^(via|v|from|f|to|t|call-id|i|cseq)\s*:\s*(.+)$/i.exec(line)
    if (match) headers.push([canonical(match[1]!.toLowerCase()), match[2]!.trim()])
  }
  const isWhole = MANDATORY.every((name) => headers.some(([known]) => known === name))
  return isWhole ? { kind: 'request', method: start[1]!, uri: start[2]!, headers, body: '' } : null
}

function canonical(name: string): string {
  if (name === 'v' || name === 'via') return 'Via'
  if (name === 'f' || name === 'from') return 'From'
  if (name === 't' || name === 'to') return 'To'
  return name === 'cseq' ? 'CSeq' : 'Call-ID'
}

/** Splits at commas that stand outside quotes and angle brackets. */
function splitList(value: string): string[] {
  const parts: string[] = []
  let start = 0
  let isQuoted = false
  let isBracketed = false
  for (let at = 0; at < value.length; at += 1) {
    const character = value[at]
    if (isQuoted && character === '\\') at += 1
    else if (character === '"') isQuoted = !isQuoted
    else if (!isQuoted && character === '<') isBracketed = true
    else if (!isQuoted && character === '>') isBracketed = false
    else if (character === ',' && !isQuoted && !isBracketed) {
      parts.push(value.slice(start, at).trim())
      start = at + 1
    }
  }
  parts.push(value.slice(start).trim())
  return parts.filter((part) => part !== '')
}

function decoded(user: string): string {
  try {
    return decodeURIComponent(user)
  } catch {
    return user
  }
}
