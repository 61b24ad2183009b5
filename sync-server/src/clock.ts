/** Time as an argument: epoch milliseconds. The register trusts this clock and no desk's. */
export interface Clock {
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }

/** A clock that people and tests may put forward or back; between two steerings it goes on like the machine's. */
export interface SteerableClock extends Clock {
  setTo(instant: number): void
  advance(milliseconds: number): void
}

export function steerableClock(base: Clock = systemClock): SteerableClock {
  let offset = 0
  return {
    now: () => base.now() + offset,
    setTo(instant) {
      offset = instant - base.now()
    },
    advance(milliseconds) {
      offset += milliseconds
    },
  }
}

export const isSteerable = (clock: Clock): clock is SteerableClock => 'setTo' in clock && 'advance' in clock

/** Runs `work` again and again until the returned function is called. Given from outside, so that tests tick by hand. */
export type Every = (milliseconds: number, work: () => void) => () => void

export const everyInterval: Every = (milliseconds, work) => {
  const timer = setInterval(work, milliseconds)
  timer.unref()
  return () => clearInterval(timer)
}
