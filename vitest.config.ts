import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{schemas,runtime,nodes,server,editor,e2e,lint,bench,torture}/**/*.test.{ts,tsx}', 'plugins/*.test.ts'],
    // Starts PostgreSQL or MariaDB when the first test asks for it.
    globalSetup: ['server/test/services.ts'],
    // Databases and browsers are real: two files at a time keep a 2-core machine honest.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 120_000,
    // What comes by itself (a frame, a focus, a saved draft) has the time that a busy machine needs.
    expect: { poll: { timeout: 10_000 } },
  },
})
