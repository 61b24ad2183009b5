import type { LineClock } from './line-clock.ts'

export type Referral = { callId: string; isCitizens: boolean }

/** A transfer is called at once; what is not used in this time is no transfer any more. */
const REFERRAL_SECONDS = 60

/**
 * Who was sent on to whom by a REFER that passed through the line. A guest may call the queue and nobody else, but
 * for the one to whom an agent has just transferred the call; and the transferred call keeps its name.
 */
export class Referrals {
  #granted = new Map<string, Referral>()
  #clock: LineClock

  constructor(clock: LineClock) {
    this.#clock = clock
  }

  grant(username: string, targetUsername: string, referral: Referral): void {
    const key = `${username}\n${targetUsername}`
    this.#granted.set(key, referral)
    this.#clock.after(REFERRAL_SECONDS * 1000, () => {
      if (this.#granted.get(key) === referral) this.#granted.delete(key)
    })
  }

  /** One call for one transfer: the grant is used up. */
  take(username: string, targetUsername: string): Referral | null {
    const key = `${username}\n${targetUsername}`
    const referral = this.#granted.get(key) ?? null
    this.#granted.delete(key)
    return referral
  }
}
