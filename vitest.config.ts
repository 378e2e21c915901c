import { defineConfig } from 'vitest/config'

const project = (name: string, include: string[], more: object = {}) => ({
  test: { name, include, environment: 'node', testTimeout: 20_000, hookTimeout: 60_000, ...more },
})

/** Tests are told apart by what they need; `npm test` runs them all. */
export default defineConfig({
  test: {
    reporters: ['default'],
    maxWorkers: 2,
    projects: [
      project('unit', ['{contract,platform,gateway,proxy,src,bin}/**/*.test.ts']),
      project('contract', ['tests/contract/**/*.test.ts', 'tests/*.test.ts']),
      project('vectors', ['tests/vectors/**/*.test.ts']),
      project('fuzz', ['tests/fuzz/**/*.test.ts'], { testTimeout: 90_000 }),
      project('store-postgres', ['tests/postgres/**/*.test.ts'], {
        globalSetup: ['tests/support/postgres-server.ts'],
      }),
      // They start whole processes, several in one test; the deadline is for a busy computer.
      project('journeys', ['tests/journeys/**/*.test.ts'], { testTimeout: 90_000 }),
    ],
  },
})
