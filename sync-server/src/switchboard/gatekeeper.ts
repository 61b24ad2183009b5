import type { Account, Authenticate } from './account.ts'
import { type DigestAnswer, digestResponse, isSameDigest, Nonces, parseDigest } from './digest.ts'
import { type AttemptLimits, FailedAttempts } from './failed-attempts.ts'
import type { LineClock } from './line-clock.ts'
import type { ServerTransaction } from './server-transaction.ts'
import { headersOf } from './sip-message.ts'

export type LineLog = {
  info(facts: object, message: string): void
  warn(facts: object, message: string): void
  error(facts: object, message: string): void
}

export type GatekeeperConfig = { domain: string; nonceSeconds: number; attempts: AttemptLimits }

// Compared when the user name is unknown, so that an answer takes the same way whether or not the name exists.
const NOBODY = '0'.repeat(32)

/** Asks for the digest (RFC 3261 §22): 401 as the registrar, 407 as the proxy. */
export class Gatekeeper {
  #nonces: Nonces
  #attempts: FailedAttempts
  #authenticate: Authenticate
  #config: GatekeeperConfig
  #log: LineLog

  constructor(at: {
    clock: LineClock
    newId: () => string
    authenticate: Authenticate
    config: GatekeeperConfig
    log: LineLog
  }) {
    this.#nonces = new Nonces(at.clock, at.newId, at.config.nonceSeconds)
    this.#attempts = new FailedAttempts(at.clock, at.config.attempts)
    this.#authenticate = at.authenticate
    this.#config = at.config
    this.#log = at.log
  }

  /** The account that sent this request; null when it was answered here with a challenge or a refusal. */
  async identify(transaction: ServerTransaction, as: 'registrar' | 'proxy'): Promise<Account | null> {
    const answer = this.#answerIn(transaction, as)
    if (!answer) return this.#challenge(transaction, as, false)
    const address = transaction.flow.remoteAddress
    const waitSeconds = this.#attempts.waitSeconds(address, answer.username)
    if (waitSeconds > 0) return this.#refuse(transaction, 'Too many wrong passwords', waitSeconds)
    const verdict = this.#nonces.check(answer.nonce, answer.nc)
    if (verdict === 'unknown') return this.#challenge(transaction, as, false)

    const known = await this.#authenticate(answer.username)
    const expected = digestResponse(known?.ha1 ?? NOBODY, transaction.request.method, answer)
    const isRight = isSameDigest(expected, answer.response) && known !== null
    if (!isRight || answer.uri !== transaction.request.uri) {
      this.#attempts.failed(address, answer.username)
      this.#log.warn({ address }, 'a wrong user name or password on the line')
      return this.#refuse(transaction, 'Wrong user name or password', null)
    }
    // Judged after the password: RFC 2617 §3.3 lets stale=true be said only to one who knows it.
    if (verdict === 'stale' || this.#nonces.check(answer.nonce, answer.nc) === 'stale') {
      return this.#challenge(transaction, as, true)
    }
    this.#nonces.used(answer.nonce, answer.nc)
    this.#attempts.succeeded(address, answer.username)
    const { kind, number, displayName, agentId, beginsOnBreak } = known
    return {
      username: answer.username,
      kind,
      number,
      displayName,
      agentId: kind === 'agent' ? (agentId ?? answer.username) : null,
      beginsOnBreak: beginsOnBreak ?? null,
    }
  }

  #answerIn(transaction: ServerTransaction, as: 'registrar' | 'proxy'): DigestAnswer | null {
    const name = as === 'registrar' ? 'Authorization' : 'Proxy-Authorization'
    for (const value of headersOf(transaction.request, name)) {
      const answer = parseDigest(value, this.#config.domain)
      if (answer) return answer
    }
    return null
  }

  #challenge(transaction: ServerTransaction, as: 'registrar' | 'proxy', isStale: boolean): null {
    const fields = [`realm="${this.#config.domain}"`, `nonce="${this.#nonces.issue()}"`, 'algorithm=MD5', 'qop="auth"']
    if (isStale) fields.push('stale=true')
    const name = as === 'registrar' ? 'WWW-Authenticate' : 'Proxy-Authenticate'
    transaction.reply(as === 'registrar' ? 401 : 407, { headers: [[name, `Digest ${fields.join(', ')}`]] })
    return null
  }

  // 403 and not a new challenge: a telephone would try the same wrong password again and again.
  #refuse(transaction: ServerTransaction, reason: string, waitSeconds: number | null): null {
    transaction.reply(403, { reason, headers: waitSeconds === null ? [] : [['Retry-After', `${waitSeconds}`]] })
    return null
  }
}
