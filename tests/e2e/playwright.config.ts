import { defineConfig } from '@playwright/test'

// One world at a time: each has a server, desks and browsers with real media, and the machine may have two cores.
export default defineConfig({
  testDir: '.',
  testMatch: '*.e2e.ts',
  workers: 1,
  fullyParallel: false,
  timeout: 240_000,
  expect: { timeout: 30_000 },
  reporter: 'list',
  outputDir: '../../test-results/e2e',
})
