/**
 * This computer's clock, put right by what the server's said at the last meeting (S25, S7). Between two meetings a clock that is
 * set (by a person, or by a battery that died) shows as a jump against the time since start-up, which counts on through a
 * sleep; the jump is taken out again, so that what is written in mid-outage on a PC put three days wrong still bears the right
 * instant. A jump while the desk is not running cannot be told from a restart, and waits for the next meeting.
 */
export interface DeskClock {
  /** What this computer says, epoch milliseconds. */
  wall(): number
  /** The right time as well as it is known here. */
  now(): number
  /** The server's clock minus this computer's. */
  offsetMs(): number
  /** Whether it was set, and whether something is still to be written down: asked every second, and before the desk ends. */
  look(): void
  /** The server said its time in answer to what was asked at `askedAt` of this computer's clock. */
  measured(serverNow: number, askedAt: number): void
  /** The server's time in an answer that was not asked for it: looked at only where the clock must have been set. */
  seen(serverNow: number, askedAt: number): void
}

/** A longer round trip says too little of its own middle. */
const longestTripMs = 2_000
/** Time since start-up comes in whole seconds on some systems. */
const jumpMs = 5_000
/** What differs by less is not written down: each writing waits for the disk, and every meeting measures a little else. */
const keptWithinMs = 100

export function openDeskClock(
  computer: { now(): number; monotonic?: (() => number) | undefined },
  held: {
    readonly offsetMs: number
    /** Writes it down; false where it cannot, and then it is asked again at the next look. */
    keep(offsetMs: number): boolean
  },
): DeskClock {
  let offsetMs = held.offsetMs
  let kept = held.offsetMs
  let isMeasured = false
  const apart = () => (computer.monotonic === undefined ? 0 : computer.now() - computer.monotonic())
  let stood = apart()

  const write = () => {
    if (Math.abs(offsetMs - kept) >= keptWithinMs && held.keep(offsetMs)) kept = offsetMs
  }
  const set = (next: number) => {
    stood = apart()
    const rounded = Math.round(next)
    if (rounded === offsetMs) return
    offsetMs = rounded
    write()
  }
  /** A clock that was set since it was looked at last. */
  const watch = () => {
    const jump = apart() - stood
    if (Math.abs(jump) > jumpMs) set(offsetMs - jump)
    else stood += jump
  }
  const middle = (serverNow: number, askedAt: number) => serverNow - (askedAt + computer.now()) / 2
  const isLong = (askedAt: number) => Math.abs(computer.now() - askedAt) > longestTripMs

  return {
    wall: computer.now,
    now() {
      watch()
      return computer.now() + offsetMs
    },
    offsetMs() {
      watch()
      return offsetMs
    },
    look() {
      watch()
      write()
    },
    measured(serverNow, askedAt) {
      watch()
      if (isMeasured && isLong(askedAt)) return
      isMeasured = true
      set(middle(serverNow, askedAt))
    },
    seen(serverNow, askedAt) {
      watch()
      const measured = middle(serverNow, askedAt)
      if (!isLong(askedAt) && Math.abs(measured - offsetMs) > longestTripMs) set(measured)
    },
  }
}
