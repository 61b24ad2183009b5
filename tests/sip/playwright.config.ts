import { defineConfig } from '@playwright/test'

// Each caller is a browser of its own with real media; two at a time is what a small machine carries.
export default defineConfig({
  testDir: '.',
  testMatch: '*.sip.ts',
  workers: 1,
  fullyParallel: false,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: 'list',
  outputDir: '../../test-results/sip',
})
