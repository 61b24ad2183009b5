import { expect, test } from 'vitest'
import { chanceOf } from '../shared/deadlines/second-clock/random.ts'
import { runOutage } from './outage.ts'

// `node tests/faults/outage.run.ts --desks 5 --cases 2000` does it at length, and with `--desks 50` R3 as it is written.
test('R3, S7, S20, S25: 5 desks whose clocks are up to three days wrong open 240 cases in a day without a line; all of it merges', {
  timeout: 600_000,
}, async () => {
  const outcome = await runOutage(5, 240, chanceOf(1022))
  expect(outcome.broken).toEqual([])
  expect(outcome.verdict).toMatchObject({ ok: true })
  expect(outcome).toMatchObject({ desks: 5, cases: 240 })
  expect(outcome.slips).toBeGreaterThan(100)
  expect(outcome.amends).toBeGreaterThan(0)
})
