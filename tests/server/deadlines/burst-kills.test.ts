import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chanceOf } from '../../shared/deadlines/second-clock/random.ts'
import { type Cluster, noPostgres, startCluster } from '../store/postgres.ts'
import { runBurst } from './burst-kills.ts'

// `node tests/server/deadlines/burst-kills.run.ts --kills 100 [--database-kills 100]` does it at length.
test('R7, #20: a server killed five times in the burst of 07:30 takes each escalation once and in order', {
  timeout: 180_000,
}, async () => {
  const { verdict, broken, midBurst } = await runBurst(2_500, 5, chanceOf(1022))
  expect(broken).toEqual([])
  expect(verdict).toMatchObject({ ok: true, events: 4 * 2_500 })
  expect(midBurst).toBeGreaterThan(0)
})

describe.skipIf(noPostgres !== null)('on PostgreSQL', () => {
  let cluster: Cluster
  beforeAll(async () => {
    cluster = await startCluster()
  })
  afterAll(() => cluster?.remove())

  test('R7, #20: two servers killed and their database stopped as by a power cut take each escalation once and in order', {
    timeout: 600_000,
  }, async () => {
    const { verdict, broken, midBurst } = await runBurst(1_500, 3, chanceOf(1023), { cluster, databaseKills: 3 })
    expect(broken).toEqual([])
    expect(verdict).toMatchObject({ ok: true, events: 4 * 1_500 })
    expect(midBurst).toBeGreaterThan(0)
  })
})
