import { expect, test } from 'vitest'
import { cutFirstSyncs, cutPushes } from './cuts.ts'

// `node tests/faults/networks.run.ts --offsets 1000` does it at length.
test('R6, S9, S36: a first sync cut after each of 20 byte offsets comes to the whole register, event by event', {
  timeout: 600_000,
}, async () => {
  const { broken, cuts } = await cutFirstSyncs(20, 150)
  expect(broken).toEqual([])
  expect(cuts.filter(({ isCut }) => isCut).length).toBeGreaterThan(16)
})

test('R6, S1, S2: a push cut after each of 20 byte offsets of the question and of its answer is done once', {
  timeout: 600_000,
}, async () => {
  const { broken, cuts, commands } = await cutPushes(20)
  expect(broken).toEqual([])
  expect(cuts).toBeGreaterThan(16)
  expect(commands).toBe(23 * 12)
})
