import { type ProblemCode, problemRow } from '#contract/problems/codes.ts';

/** How a visit ends, as `npm run pickup` prints it. */
export type DemoResult = 'issued' | `refused:${ProblemCode}` | `referred:${ProblemCode}`;

/** Somebody who is told to go elsewhere is referred; everybody else without a card is refused. */
export function resultFor(code: ProblemCode): `refused:${ProblemCode}` | `referred:${ProblemCode}` {
  const { next } = problemRow(code);
  return next === 'office' || next === 'go-elsewhere' ? `referred:${code}` : `refused:${code}`;
}
