import { defineConfig } from 'vitest/config';

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    include: ['**/*.test.ts', '**/*.test.tsx'],
    exclude: ['**/node_modules/**', '**/dist/**', 'var/**'],
    pool: 'forks', // sharp and better-sqlite3 are native: a process each keeps their crashes apart
    maxWorkers: '100%', // by default one core is left idle: half of a small board
    testTimeout: 30_000,
    hookTimeout: 30_000,
    passWithNoTests: false,
  },
});
