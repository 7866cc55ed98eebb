import { defineConfig } from 'vitest/config';

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    include: ['**/*.test.ts', '**/*.test.tsx'],
    // The search itself is a command of its own, `npm run explore -- --part`: it runs for minutes.
    exclude: ['**/node_modules/**', '**/dist/**', 'var/**', 'tests/explore/explore.test.ts'],
    pool: 'forks', // sharp and better-sqlite3 are native: a process each keeps their crashes apart
    testTimeout: 30_000,
    hookTimeout: 30_000,
    passWithNoTests: false,
  },
});
