import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const project = (name: string, include: string[], testTimeout = 15_000) => ({
  test: { name, include, environment: 'node' as const, testTimeout, hookTimeout: 60_000 },
})
/** What these are made of keeps nothing between two tests: it is read once, and not by each file. */
const pure = (name: string, include: string[], testTimeout?: number) => {
  const { test } = project(name, include, testTimeout)
  return { test: { ...test, isolate: false } }
}

// A thread a core of its own: after the others, for a busy machine makes it no truer.
const simulation = project('simulation', ['tests/simulation/**/*.test.ts'], 60_000)
Object.assign(simulation.test, { sequence: { groupOrder: 1 }, maxWorkers: 1 })

export default defineConfig({
  test: {
    // Of two cores one would stand idle otherwise.
    maxWorkers: availableParallelism(),
    projects: [
      pure('shared', ['tests/shared/**/*.test.ts'], 30_000),
      project('server', ['tests/server/**/*.test.ts'], 30_000),
      project('main', ['tests/main/**/*.test.ts'], 30_000),
      pure('renderer', ['tests/renderer/**/*.test.ts']),
      // Real processes, killed and starved of line and disk; most of their time they wait.
      project('faults', ['tests/faults/**/*.test.ts'], 120_000),
      simulation,
    ],
  },
})
