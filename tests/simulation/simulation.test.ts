import { describe, expect, test } from 'vitest'
import { namedSeeds } from './named-seeds.ts'
import { plantedFaults } from './planted-faults.ts'
import { runMany } from './run-many.ts'
import type { Outcome } from './run-seed.ts'

const long = { timeout: 1_800_000 }
// Half a second of processor time a seed, under two minutes on two cores. `npm run simulate -- --seeds 20000` tries many more.
const sample = Array.from({ length: 500 }, (_, index) => index + 1)

describe('R8: days of faults in a minute', () => {
  test('all agree, nothing is lost, done twice or refused unseen, under each of these seeds', long, async () => {
    const seeds = [...new Set([...Object.keys(namedSeeds).map(Number), ...sample])]
    const broken: Pick<Outcome, 'seed' | 'broken'>[] = []
    const sums = new Map<string, number>()
    await runMany(seeds, ({ seed, broken: words, counts }) => {
      if (words.length > 0) broken.push({ seed, broken: words })
      for (const [name, count] of Object.entries(counts)) sums.set(name, (sums.get(name) ?? 0) + count)
    })
    // `npm run simulate -- --trace --from <seed>` tells what happened.
    expect(broken).toEqual([])
    // It would prove little if nothing had happened.
    for (const name of ['events', 'done', 'told', 'deskDeaths', 'serverDeaths']) {
      expect(sums.get(name), name).toBeGreaterThan(seeds.length)
    }
    for (const name of ['refused', 'wipes', 'restored']) expect(sums.get(name), name).toBeGreaterThan(seeds.length / 20)
  })

  test('the same seed is the same history', long, async () => {
    const outcomes: Outcome[] = []
    await runMany([3, 4, 5, 3, 4, 5], (outcome) => void outcomes.push(outcome))
    const digestsOf = (wanted: number) => outcomes.filter(({ seed }) => seed === wanted).map(({ digest }) => digest)
    for (const seed of [3, 4, 5]) {
      const [once, twice] = digestsOf(seed)
      expect(once).toMatch(/^[0-9a-f]{16}$/)
      expect(twice).toBe(once)
    }
  })

  test.each(plantedFaults.map(({ what }) => what))('it finds that %s', long, async (fault) => {
    const found: string[] = []
    const seeds = sample.slice(0, 60)
    const onOutcome = ({ broken }: Outcome) => (found.push(...broken) > 0 ? 'enough' : undefined)
    await runMany(seeds, onOutcome, { fault })
    expect(found, `${seeds.length} seeds did not find it`).not.toEqual([])
  })
})
