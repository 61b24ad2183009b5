import { describe, expect, it } from 'vitest'
import { openDeskClock } from '../../../src-main/sync/desk-clock.ts'

const hour = 3_600_000
/** A computer whose clock is wrong by `wrongBy`, beside the true time. */
function computer(wrongBy: number, wholeSeconds = false) {
  const is = { true: Date.parse('2026-11-16T09:00:00+07:00'), wrongBy, isFull: false }
  const started = is.true - 5 * hour
  const told: number[] = []
  const clock = openDeskClock(
    {
      now: () => is.true + is.wrongBy,
      monotonic: () => (wholeSeconds ? Math.floor((is.true - started) / 1_000) * 1_000 : is.true - started),
    },
    {
      offsetMs: 0,
      keep(offsetMs) {
        if (is.isFull) return false
        told.push(offsetMs)
        return true
      },
    },
  )
  const meet = (tripMs: number) => {
    const askedAt = clock.wall()
    is.true += tripMs / 2
    const serverNow = is.true
    is.true += tripMs / 2
    clock.measured(serverNow, askedAt)
  }
  return { is, clock, meet, told }
}

describe('the clock of a desk', () => {
  it('S25: is put right by the middle of the round trip', () => {
    const { is, clock, meet, told } = computer(-3 * 24 * hour)
    meet(800)
    expect(clock.now()).toBe(is.true)
    expect(told).toEqual([3 * 24 * hour])
  })

  it('S7: a clock that was set is written down when it is looked at, though nothing is done at the desk', () => {
    const { is, clock, told } = computer(0)
    is.wrongBy = 26 * hour
    clock.look()
    expect(told).toEqual([-26 * hour])
    expect(clock.now()).toBe(is.true)
  })

  it('S28: on a full disk the clock is right all the same, and what could not be written down is at a later look', () => {
    const { is, clock, meet, told } = computer(0)
    is.isFull = true
    is.wrongBy = 26 * hour
    expect(clock.now()).toBe(is.true)
    clock.look()
    meet(2)
    expect(told).toEqual([])
    is.isFull = false
    clock.look()
    clock.look()
    expect(told).toEqual([-26 * hour])
  })

  it('S25: what every meeting measures a little else is used, and written down only where it has come to something', () => {
    const { is, clock, meet, told } = computer(0)
    for (const wrongBy of [-40, -99, -180, -120]) {
      is.wrongBy = wrongBy
      meet(2)
      expect(clock.now()).toBe(is.true)
    }
    expect(told).toEqual([180])
  })

  it('S25: a round trip of more than two seconds measures nothing but its first', () => {
    const { is, clock, meet } = computer(hour)
    meet(9_000)
    expect(clock.now()).toBe(is.true)
    is.wrongBy = hour + 4_000
    meet(9_000)
    expect(clock.now()).toBe(is.true + 4_000)
    meet(100)
    expect(clock.now()).toBe(is.true)
  })

  it('S7: a clock that is set between two meetings moves no instant, forth or back', () => {
    for (const set of [72 * hour, -72 * hour, 10_000]) {
      const { is, clock, meet, told } = computer(0, true)
      meet(100)
      is.true += hour
      is.wrongBy = set
      expect(Math.abs(clock.now() - is.true)).toBeLessThanOrEqual(1_000)
      expect(told.at(-1)).toBe(clock.offsetMs())
    }
  })

  it('S7: a clock that comes in whole seconds is not taken for one that was set', () => {
    const { is, clock, meet } = computer(0, true)
    meet(100)
    for (let step = 0; step < 500; step += 1) {
      is.true += 777
      expect(clock.now()).toBe(is.true)
    }
  })

  it('goes by the server’s word in any answer where nothing else tells that the clock was set', () => {
    const is = { now: 1_000_000, offset: 0 }
    const clock = openDeskClock(
      { now: () => is.now },
      {
        offsetMs: 0,
        keep(ms) {
          is.offset = ms
          return true
        },
      },
    )
    clock.seen(is.now + 1_500, is.now)
    expect(is.offset).toBe(0)
    clock.seen(is.now + hour, is.now)
    expect(is.offset).toBe(hour)
  })
})
