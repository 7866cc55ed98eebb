import { expect, test } from 'vitest';
import { countTests, sumLine } from './test-sum.ts';

type State = 'passed' | 'failed' | 'skipped' | 'pending';
const file = (ok: boolean, ...states: State[]) =>
  ({
    ok: () => ok,
    children: { allTests: () => states.map((state) => ({ result: () => ({ state }) })) },
  }) as unknown as Parameters<typeof countTests>[0][number];

test('every test counts once, and skipped ones are named only when there are some', () => {
  const sum = countTests([file(false, 'passed', 'failed'), file(true, 'passed', 'skipped')], 0);
  expect(sum).toEqual({ passed: 2, failed: 1, skipped: 1 });
  expect(sumLine(sum)).toBe('2 passed, 1 failed, 1 skipped');
  expect(sumLine({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed');
});

test('a file that breaks before its first test is a failure, not a silence', () => {
  expect(countTests([file(false)], 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  expect(countTests([file(false, 'passed')], 0).failed).toBe(1);
});

test('an error that no test caught, and a test that never ended, are failures', () => {
  expect(countTests([file(true, 'passed')], 1).failed).toBe(1);
  expect(countTests([file(true, 'pending')], 0).failed).toBe(1);
});
