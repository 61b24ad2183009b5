import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Cluster, noPostgres, startCluster } from '../server/store/postgres.ts'
import { chanceOf } from '../shared/deadlines/second-clock/random.ts'
import { runKills } from './kills.ts'

// `node tests/faults/kills.run.ts --kills 1000 --store sqlite` does it at length.
const kills = 14
const timeout = 600_000

test('R1, S1, S2, S12, S28: desks and a server on SQLite killed in the midst of sync: nothing acknowledged is lost or twice', {
  timeout,
}, async () => {
  const outcome = await runKills(kills, null, chanceOf(1022))
  expect([...outcome.broken, ...outcome.errors]).toEqual([])
  expect(outcome.verdict).toMatchObject({ ok: true })
  expect(outcome.acknowledged).toBeGreaterThan(kills)
})

describe.skipIf(noPostgres !== null)('on PostgreSQL', () => {
  let cluster: Cluster
  beforeAll(async () => {
    cluster = await startCluster()
  })
  afterAll(() => cluster?.remove())

  test('R1, S1, S2, S12, S28: desks and two servers on PostgreSQL killed in the midst of sync: nothing acknowledged is lost or twice', {
    timeout,
  }, async () => {
    const outcome = await runKills(kills, await cluster.database(), chanceOf(1023))
    expect([...outcome.broken, ...outcome.errors]).toEqual([])
    expect(outcome.verdict).toMatchObject({ ok: true })
    expect(outcome.acknowledged).toBeGreaterThan(kills)
  })
})
