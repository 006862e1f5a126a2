import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  resolve: {
    alias: {
      '@': here('.'),
      // outside Next's compiler the real one throws on import
      'server-only': here('./node_modules/server-only/empty.js'),
    },
  },
  test: {
    environment: 'node',
    include: ['{app,components,lib,prisma,scripts}/**/*.test.{ts,tsx}'],
    globalSetup: './lib/testing/global-setup.ts',
    setupFiles: './lib/testing/strict-console.ts',
    // one process a file, so that a file may set the environment and the process-wide state it needs
    pool: 'forks',
    maxWorkers: 2,
    // generous, since what waits ends as soon as it may: a busy machine with two cores needs it
    testTimeout: 60_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 20_000 } },
    env: {
      GATEHOUSE_SECRET_KEY: 'known-to-everybody-and-used-in-tests-only',
      GATEHOUSE_URL: 'http://localhost:3000',
      LOG_LEVEL: 'silent',
    },
  },
})
