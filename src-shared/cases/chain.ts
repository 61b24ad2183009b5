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

/** `gap`: an event is missing; `link`: it does not follow the one before; `hash`: it was changed. */
export type ChainProblem = 'gap' | 'link' | 'hash'

/** As far as a case's chain has been followed. */
export interface ChainEnd {
  readonly head: string
  readonly count: number
}
export const noChain: ChainEnd = { head: chainStart, count: 0 }

/** What is wrong with the event that comes next in a case's chain; null when it follows on. */
export function linkProblem(
  { head, count }: ChainEnd,
  event: RegisteredEvent,
  sha256Hex: Sha256Hex,
): ChainProblem | null {
  if (event.caseSeq !== count + 1) return 'gap'
  if (event.prevHash !== head) return 'link'
  return sha256Hex(chainInput(head, event)) === event.hash ? null : 'hash'
}

export type ChainVerdict =
  | { readonly ok: true; readonly head: string; readonly count: number }
  | { readonly ok: false; readonly caseSeq: number; readonly seq: number; readonly problem: ChainProblem }

/** Verifies the whole chain of one case from its first event, as a stranger with an export would (#41). */
export function verifyChain(events: readonly RegisteredEvent[], sha256Hex: Sha256Hex): ChainVerdict {
  let end = noChain
  for (const event of events) {
    const isStranger = event.caseId !== events[0]!.caseId
    const problem = isStranger ? 'gap' : linkProblem(end, event, sha256Hex)
    if (problem !== null) return { ok: false, caseSeq: event.caseSeq, seq: event.seq, problem }
    end = { head: event.hash, count: end.count + 1 }
  }
  return { ok: true, ...end }
}
