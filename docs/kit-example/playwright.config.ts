import { defineConfig } from '@playwright/test'

// A browser of the system; without it Playwright's own.
const executablePath = process.env.CHROMIUM_PATH

export default defineConfig({
  testMatch: '*.spec.ts',
  fullyParallel: true,
  // No test measures time: these only end one that waits for ever.
  timeout: 60_000,
  expect: { timeout: 20_000 },
  use: {
    locale: 'en-US',
    ...(executablePath && { launchOptions: { executablePath } }),
  },
})
