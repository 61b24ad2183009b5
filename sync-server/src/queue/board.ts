import type { QueueCounters } from '../../../src-shared/api/queue.ts'

/** Answered within this many seconds counts for the service level; the usual 80/20 of call centres. */
export const SERVICE_LEVEL_SECONDS = 20

/**
 * Answered within 20 s of all that were offered, in percent to one decimal; null when nothing was offered.
 * A call still waiting is in the denominator: leaving it out would flatter a line that nobody answers.
 */
export function serviceLevelPercent(answeredWithin20s: number, offered: number): number | null {
  if (offered === 0) return null
  return Math.round((answeredWithin20s / offered) * 1000) / 10
}

/** The calendar date (YYYY-MM-DD) of an instant in a time zone. */
export function dayOf(atMs: number, timeZone: string): string {
  // en-CA writes dates as ISO does.
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(atMs)
}

type Day = {
  day: string
  offered: number
  answered: number
  answeredWithin20s: number
  abandoned: number
  turnedAway: number
  answerSeconds: number
  longestWaitSeconds: number
}

const emptyDay = (day: string): Day => ({
  day,
  offered: 0,
  answered: 0,
  answeredWithin20s: 0,
  abandoned: 0,
  turnedAway: 0,
  answerSeconds: 0,
  longestWaitSeconds: 0,
})

/** Today's counters. A call that arrived yesterday changes nothing here, however it ends. */
export class Board {
  #today: Day
  #now: () => number
  #timeZone: string

  constructor(now: () => number, timeZone: string) {
    this.#now = now
    this.#timeZone = timeZone
    this.#today = emptyDay(dayOf(now(), timeZone))
  }

  offered(): void {
    this.#current().offered += 1
  }

  turnedAway(): void {
    this.#current().turnedAway += 1
  }

  /** `arrivedAt` and `answeredAt` in milliseconds of the epoch. */
  answered(arrivedAt: number, answeredAt: number): void {
    const today = this.#dayOfArrival(arrivedAt)
    if (!today) return
    const waited = Math.max(0, (answeredAt - arrivedAt) / 1000)
    today.answered += 1
    today.answerSeconds += waited
    if (waited <= SERVICE_LEVEL_SECONDS) today.answeredWithin20s += 1
    today.longestWaitSeconds = Math.max(today.longestWaitSeconds, waited)
  }

  abandoned(arrivedAt: number, abandonedAt: number): void {
    const today = this.#dayOfArrival(arrivedAt)
    if (!today) return
    today.abandoned += 1
    today.longestWaitSeconds = Math.max(today.longestWaitSeconds, (abandonedAt - arrivedAt) / 1000)
  }

  counters(): QueueCounters {
    const { answerSeconds, longestWaitSeconds, ...counted } = this.#current()
    return {
      ...counted,
      serviceLevelPercent: serviceLevelPercent(counted.answeredWithin20s, counted.offered),
      averageAnswerSeconds: counted.answered === 0 ? null : Math.round((answerSeconds / counted.answered) * 10) / 10,
      longestWaitSeconds: Math.round(longestWaitSeconds * 10) / 10,
    }
  }

  #current(): Day {
    const day = dayOf(this.#now(), this.#timeZone)
    if (this.#today.day !== day) this.#today = emptyDay(day)
    return this.#today
  }

  #dayOfArrival(arrivedAt: number): Day | null {
    const today = this.#current()
    return dayOf(arrivedAt, this.#timeZone) === today.day ? today : null
  }
}
