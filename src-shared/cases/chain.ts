import type { RegisteredEvent } from './events.ts'

/** SHA-256 of the UTF-8 of a text, as 64 lower-case hex digits. Given from outside: this folder does no cryptography. */
export type Sha256Hex = (text: string) => string

/** What comes before a case's first event. */
export const chainStart = ''

/**
 * One spelling for one value: keys in order of their code units, no spaces, text in NFC, no `undefined`. Two machines
 * that hold the same event write the same bytes.
 * @throws TypeError for what JSON cannot say (a function, NaN, a Date).
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return JSON.stringify(value.normalize('NFC'))
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    const entries = Object.entries(value)
      .filter(([, v]) => v !== undefined)
      .map(([k, v]) => [k.normalize('NFC'), v] as const)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    return `{${entries.map(([k, v]) => `${JSON.stringify(k)}:${canonicalJson(v)}`).join(',')}}`
  }
  throw new TypeError(`not a JSON value: ${String(value)}`)
}

/** The text whose hash is the event's own: the hash before it, a newline, and the event without its two hashes. */
export function chainInput(prevHash: string, event: Omit<RegisteredEvent, 'hash' | 'prevHash'>): string {
  const { hash: _hash, prevHash: _prevHash, ...rest } = event as RegisteredEvent
  return `${prevHash}\n${canonicalJson(rest)}`
}

export type ChainVerdict =
  | { readonly ok: true; readonly head: string; readonly count: number }
  | {
      readonly ok: false
      readonly caseSeq: number
      readonly seq: number
      /** `gap`: an event is missing; `link`: it does not follow the one before; `hash`: it was changed. */
      readonly problem: 'gap' | 'link' | 'hash'
    }

/** Verifies the whole chain of one case from its first event, as a stranger with an export would (#41). */
export function verifyChain(events: readonly RegisteredEvent[], sha256Hex: Sha256Hex): ChainVerdict {
  let head = chainStart
  for (const [index, event] of events.entries()) {
    const broken = (problem: 'gap' | 'link' | 'hash') =>
      ({ ok: false, caseSeq: event.caseSeq, seq: event.seq, problem }) as const
    if (event.caseSeq !== index + 1 || event.caseId !== events[0]!.caseId) return broken('gap')
    if (event.prevHash !== head) return broken('link')
    if (sha256Hex(chainInput(head, event)) !== event.hash) return broken('hash')
    head = event.hash
  }
  return { ok: true, head, count: events.length }
}
