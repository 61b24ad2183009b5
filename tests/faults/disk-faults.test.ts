import { expect, test } from 'vitest'
import { chanceOf } from '../shared/deadlines/second-clock/random.ts'
import { failWrites, fillDisk, noFailingWrites, noSmallDisk } from './disk-faults.ts'

// `node tests/faults/disk-faults.run.ts --points 500` does it at length.
test.skipIf(noSmallDisk !== null)(
  'R5, S28: a full disk at 5 write points: the desk says so, goes on when there is room, and has lost nothing',
  {
    timeout: 600_000,
  },
  async () => {
    const outcome = await fillDisk(5, chanceOf(1022))
    expect(outcome.broken).toEqual([])
    expect(outcome.verdict).toMatchObject({ ok: true })
    expect(outcome.codes).toEqual({ 'disk-full': outcome.failedCalls })
    expect(outcome.failedCalls).toBeGreaterThan(0)
    expect(outcome.acknowledged).toBeGreaterThan(0)
  },
)

test.skipIf(noFailingWrites !== null)(
  'R5, S28: EIO at one fsync or at every one from there on, in 6 lives of a desk: what it acknowledged is kept',
  {
    timeout: 600_000,
  },
  async () => {
    const outcome = await failWrites(6, chanceOf(1022))
    expect(outcome.broken).toEqual([])
    expect(outcome.verdict).toMatchObject({ ok: true })
    expect(outcome.failedCalls + outcome.ended).toBeGreaterThan(0)
    expect(outcome.acknowledged).toBeGreaterThan(0)
  },
)
