import type { TestModule } from 'vitest/node';

export type TestSum = { passed: number; failed: number; skipped: number };

/**
 * Counts what ran. A file that broke before its first test counts as one failure, and so does each error that no test
 * caught: a green sum must mean that nothing at all went wrong.
 */
export function countTests(modules: readonly Pick<TestModule, 'children' | 'ok'>[], uncaughtErrors: number): TestSum {
  const sum: TestSum = { passed: 0, failed: uncaughtErrors, skipped: 0 };
  for (const module of modules) {
    const failedBefore = sum.failed;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      sum[state === 'pending' ? 'failed' : state] += 1; // still pending at the end: its file broke under it
    }
    if (!module.ok() && sum.failed === failedBefore) sum.failed += 1;
  }
  return sum;
}

/** The last line of `npm test`, which build servers read. */
export function sumLine({ passed, failed, skipped }: TestSum): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
