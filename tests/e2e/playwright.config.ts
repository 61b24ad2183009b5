import { defineConfig } from '@playwright/test'

// Two worlds at a time, a file each: a server, desks and browsers with real media wait for one another more than they work.
export default defineConfig({
  testDir: '.',
  testMatch: '*.e2e.ts',
  workers: 2,
  fullyParallel: false,
  timeout: 240_000,
  expect: { timeout: 30_000 },
  reporter: 'list',
  outputDir: '../../test-results/e2e',
})
