import { defineConfig } from '@playwright/test'

// One world: a server, the shell with real media, a citizen's browser, and the machine may have two cores.
export default defineConfig({
  testDir: '.',
  testMatch: '*.electron.ts',
  workers: 1,
  fullyParallel: false,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: 'list',
  outputDir: '../../test-results/electron',
})
