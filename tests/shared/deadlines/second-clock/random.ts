/** Chance from one number: the same seed gives the same history on every machine. */
export interface Chance {
  /** From 0 until 1. */
  next(): number
  /** A whole number from `min` to `max`, both included. */
  between(min: number, max: number): number
  /** True in so many of a hundred. */
  percent(share: number): boolean
  pick<T>(from: readonly T[]): T
}

/** mulberry32: small, even enough for choosing test cases, and the same everywhere. */
export function chanceOf(seed: number): Chance {
  let state = (seed ^ 0x9e3779b9) >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  // The first numbers of neighbouring seeds are alike; a few steps part them.
  for (let i = 0; i < 4; i += 1) next()
  const between = (min: number, max: number) => min + Math.floor(next() * (max - min + 1))
  return {
    next,
    between,
    percent: (share) => next() * 100 < share,
    pick: (from) => from[between(0, from.length - 1)]!,
  }
}
