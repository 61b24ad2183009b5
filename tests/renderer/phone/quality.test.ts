import { describe, expect, test } from 'vitest'
import { backoffMs } from '../../../src-renderer/phone/backoff.ts'
import {
  type MediaSample,
  mosOf,
  qualityBetween,
  silentAfterMs,
  watchPackets,
} from '../../../src-renderer/phone/quality.ts'

const sample = (over: Partial<MediaSample>): MediaSample => ({
  atMs: 0,
  packetsReceived: 0,
  packetsLost: 0,
  packetsSent: 0,
  jitterMs: 0,
  roundTripMs: null,
  bufferMs: 0,
  ...over,
})

describe('MOS by ITU-T G.107', () => {
  test('a clean line at the default R of 93.2 is 4.41', () => {
    expect(mosOf(0, 0)).toBeCloseTo(4.41, 2)
  })

  test('at 25.1 % loss half of the 95 points are gone: R 45.7 is 2.35', () => {
    expect(mosOf(25.1, 0)).toBeCloseTo(1 + 0.035 * 45.7 + 45.7 * (45.7 - 60) * (100 - 45.7) * 7e-6, 6)
  })

  test('beyond 177.3 ms the delay costs much more', () => {
    const before = mosOf(0, 100) - mosOf(0, 170)
    const beyond = mosOf(0, 180) - mosOf(0, 250)
    expect(beyond).toBeGreaterThan(3 * before)
  })

  test('it falls with loss and stays within 1 and 4.5', () => {
    const values = [0, 1, 3, 10, 40, 100].map((loss) => mosOf(loss, 50))
    expect(values).toEqual([...values].sort((a, b) => b - a))
    expect(mosOf(100, 5_000)).toBe(1)
  })
})

test('loss is counted between two samples, and a restart of the counters is no negative loss', () => {
  const before = sample({ packetsReceived: 100, packetsLost: 10 })
  expect(qualityBetween(before, sample({ packetsReceived: 190, packetsLost: 20 })).lossPercent).toBe(10)
  expect(qualityBetween(before, sample({ packetsReceived: 5, packetsLost: 0 })).lossPercent).toBe(0)
})

describe('the alarm of packets', () => {
  test('no packet ever: waits first, then says none', () => {
    const watch = watchPackets(0)
    expect(watch({ atMs: silentAfterMs - 1, packetsReceived: 0 }, false)).toBe('waiting')
    expect(watch({ atMs: silentAfterMs, packetsReceived: 0 }, false)).toBe('none')
    expect(watch({ atMs: silentAfterMs + 1, packetsReceived: 1 }, false)).toBe('flowing')
  })

  test('packets that stop are missed, but not while someone holds', () => {
    const watch = watchPackets(0)
    expect(watch({ atMs: 1_000, packetsReceived: 50 }, false)).toBe('flowing')
    expect(watch({ atMs: 60_000, packetsReceived: 50 }, true)).toBe('flowing')
    expect(watch({ atMs: 61_000, packetsReceived: 50 }, false)).toBe('flowing')
    expect(watch({ atMs: 60_000 + silentAfterMs, packetsReceived: 50 }, false)).toBe('none')
  })
})

test('the back-off grows to twenty seconds and spreads over its upper half', () => {
  expect([0, 1, 2, 3].map((attempt) => backoffMs(attempt, 0))).toEqual([250, 500, 1_000, 2_000])
  expect(backoffMs(99, 0)).toBe(10_000)
  expect(backoffMs(99, 0.9999)).toBeLessThanOrEqual(20_000)
})
