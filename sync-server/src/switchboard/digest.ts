import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { LineClock } from './line-clock.ts'

export type DigestAnswer = {
  username: string
  nonce: string
  uri: string
  response: string
  cnonce: string
  nc: string
}

export type NonceVerdict = 'fresh' | 'stale' | 'unknown'

/** The credentials of an Authorization value; null when they are not digest with qop=auth in MD5. */
export function parseDigest(value: string, realm: string): DigestAnswer | null {
  if (!/^Digest\s/i.test(value)) return null
  const fields = new Map<string, string>()
  for (const match of value.slice(7).matchAll(/([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/g)) {
    fields.set(match[1]!.toLowerCase(), (match[2] ?? match[3] ?? '').replace(/\\(.)/g, '$1'))
  }
  // RFC 8760 §2.4: a server asks for qop; without it the nonce count could not tell a replay.
  if (fields.get('qop') !== 'auth' || (fields.get('algorithm') ?? 'MD5').toUpperCase() !== 'MD5') return null
  if (fields.get('realm') !== realm) return null
  const [username, nonce, uri] = [fields.get('username'), fields.get('nonce'), fields.get('uri')]
  const [response, cnonce, nc] = [fields.get('response'), fields.get('cnonce'), fields.get('nc')]
  if (!username || !nonce || !uri || !response || !cnonce || !nc || !/^[0-9a-f]{8}$/i.test(nc)) return null
  return { username, nonce, uri, response: response.toLowerCase(), cnonce, nc }
}

/** RFC 2617 §3.2.2.1 with qop=auth. */
export function digestResponse(
  ha1: string,
  method: string,
  answer: Omit<DigestAnswer, 'response' | 'username'>,
): string {
  const ha2 = md5(`${method}:${answer.uri}`)
  return md5(`${ha1}:${answer.nonce}:${answer.nc}:${answer.cnonce}:auth:${ha2}`)
}

/** `username:realm:password`, the form in which a password is kept for digest. */
export function ha1Of(username: string, realm: string, password: string): string {
  return md5(`${username}:${realm}:${password}`)
}

export function isSameDigest(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/**
 * Nonces that carry their own age, signed with a key of this process: one who only asks leaves nothing behind, so
 * asking a million times fills no memory. Only the counts of those that were used are kept, for as long as they live.
 */
export class Nonces {
  #key = randomBytes(32)
  #lastCount = new Map<string, number>()
  #clock: LineClock
  #newId: () => string
  #lifeSeconds: number

  constructor(clock: LineClock, newId: () => string, lifeSeconds: number) {
    this.#clock = clock
    this.#newId = newId
    this.#lifeSeconds = lifeSeconds
  }

  issue(): string {
    const body = `${this.#clock.now().toString(36)}-${this.#newId().replace(/[^\w]/g, '')}`
    return `${body}-${this.#sign(body)}`
  }

  /** 'stale': signed by us, but too old, or its count did not rise (a replay, or two requests crossed). */
  check(nonce: string, nc: string): NonceVerdict {
    const match = /^(([0-9a-z]+)-\w+)-([0-9a-f]+)$/.exec(nonce)
    if (!match || !isSameDigest(this.#sign(match[1]!), match[3]!)) return 'unknown'
    const expiresAt = Number.parseInt(match[2]!, 36) + this.#lifeSeconds * 1000
    const count = Number.parseInt(nc, 16)
    if (expiresAt <= this.#clock.now()) return 'stale'
    return count <= (this.#lastCount.get(nonce) ?? 0) ? 'stale' : 'fresh'
  }

  /** Called only after the password was right, so that a stranger cannot use up another's count. */
  used(nonce: string, nc: string): void {
    if (!this.#lastCount.has(nonce)) this.#clock.after(this.#lifeSeconds * 1000, () => this.#lastCount.delete(nonce))
    this.#lastCount.set(nonce, Number.parseInt(nc, 16))
  }

  #sign(body: string): string {
    return createHmac('sha256', this.#key).update(body).digest('hex').slice(0, 32)
  }
}

// SIP's digest of RFC 3261 is MD5; RFC 8760 allows SHA-256, which SIP.js 0.21 does not speak. TLS carries the secrecy.
function md5(text: string): string {
  return createHash('md5').update(text).digest('hex')
}
