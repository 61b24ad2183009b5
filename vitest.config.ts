import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const project = (name: string, include: string[], testTimeout = 15_000) => ({
  test: { name, include, environment: 'node' as const, testTimeout, hookTimeout: 60_000 },
})

// Real processes, killed and starved of line and disk: after the others, one file at a time.
const faults = project('faults', ['tests/faults/**/*.test.ts'], 120_000)
Object.assign(faults.test, { sequence: { groupOrder: 1 }, maxWorkers: 1 })

// A thread a core of its own: after the others too, for a busy machine makes it no truer.
const simulation = project('simulation', ['tests/simulation/**/*.test.ts'], 60_000)
Object.assign(simulation.test, { sequence: { groupOrder: 2 }, maxWorkers: 1 })

export default defineConfig({
  test: {
    // Of two cores one would stand idle otherwise.
    maxWorkers: availableParallelism(),
    projects: [
      project('shared', ['tests/shared/**/*.test.ts'], 30_000),
      project('server', ['tests/server/**/*.test.ts'], 30_000),
      project('main', ['tests/main/**/*.test.ts'], 30_000),
      project('renderer', ['tests/renderer/**/*.test.ts']),
      faults,
      simulation,
    ],
  },
})
