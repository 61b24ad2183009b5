import { defineConfig } from 'vitest/config'

const project = (name: string, include: string[], testTimeout = 15_000) => ({
  test: { name, include, environment: 'node' as const, testTimeout, hookTimeout: 60_000 },
})

export default defineConfig({
  test: {
    projects: [
      project('shared', ['tests/shared/**/*.test.ts'], 30_000),
      project('server', ['tests/server/**/*.test.ts'], 30_000),
      project('main', ['tests/main/**/*.test.ts'], 30_000),
      project('renderer', ['tests/renderer/**/*.test.ts']),
    ],
  },
})
