import { describe, expect, test } from 'vitest'
import { runTroubles } from './bad-networks.ts'
import { noNamespaces } from './namespaces.ts'

// `node tests/faults/networks.run.ts` does it at length.
describe.skipIf(noNamespaces !== null)('a server and a desk in networks of their own', () => {
  test('R6, S1, S2, S9: 20 % loss, 1 Mbit/s, 400 ms, and a wire that is pulled: the desk takes everything, and sends everything once', {
    timeout: 600_000,
  }, async () => {
    const troubles = [
      { name: '20 % loss', loss: 20 },
      { name: '1 Mbit/s', rate: '1mbit' },
      { name: '400 ms and flaps', delayMs: 200, flaps: 2 },
    ]
    const { outcomes, broken, verdict } = await runTroubles(troubles, 200, 40)
    expect([...broken, ...outcomes.flatMap((each) => each.broken)]).toEqual([])
    expect(verdict).toMatchObject({ ok: true })
    expect(outcomes).toHaveLength(troubles.length)
  })
})
