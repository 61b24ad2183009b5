import { uptime } from 'node:os'

/** This computer's clock, and the time since it was started, which no setting of the clock moves and no sleep stops. */
export const computerClock = {
  now: Date.now,
  monotonic: (): number => uptime() * 1_000,
}
