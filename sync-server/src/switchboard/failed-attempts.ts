import type { LineClock } from './line-clock.ts'

export type AttemptLimits = {
  /** Wrong passwords for one user name from one address before that pair has to wait. */
  perUser: number
  /** Wrong passwords from one address, whatever the user names. */
  perAddress: number
  windowSeconds: number
}

/**
 * Counts wrong passwords. A user name alone is never locked: a stranger could then silence an agent from anywhere,
 * so the lock holds for the address, or for the user name as tried from that address.
 */
export class FailedAttempts {
  #counts = new Map<string, { count: number; endsAt: number }>()
  #clock: LineClock
  #limits: AttemptLimits

  constructor(clock: LineClock, limits: AttemptLimits) {
    this.#clock = clock
    this.#limits = limits
  }

  /** Seconds to wait before the next try is looked at; 0 when it may be looked at now. */
  waitSeconds(address: string, username: string): number {
    return Math.max(
      this.#left(`a ${address}`, this.#limits.perAddress),
      this.#left(`u ${address} ${username}`, this.#limits.perUser),
    )
  }

  failed(address: string, username: string): void {
    for (const key of [`a ${address}`, `u ${address} ${username}`]) {
      const known = this.#counts.get(key)
      if (known) known.count += 1
      else {
        const windowMs = this.#limits.windowSeconds * 1000
        this.#counts.set(key, { count: 1, endsAt: this.#clock.now() + windowMs })
        this.#clock.after(windowMs, () => this.#counts.delete(key))
      }
    }
  }

  succeeded(address: string, username: string): void {
    this.#counts.delete(`u ${address} ${username}`)
  }

  #left(key: string, limit: number): number {
    const known = this.#counts.get(key)
    if (!known || known.count < limit) return 0
    return Math.max(0, Math.ceil((known.endsAt - this.#clock.now()) / 1000))
  }
}
