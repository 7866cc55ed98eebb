import type { ProblemCode } from '#contract/problems/codes.ts';

export type FaceProblem = Extract<
  ProblemCode,
  'record/bad-portrait' | 'record/unprintable-text' | 'kiosk/font-missing'
>;

/**
 * Why no face could be made; no blank was touched. The detail names fields and code points, never what a person is
 * called: it ends in logs. `isDeviceError` recognises it by its code.
 */
export class FaceError extends Error {
  override readonly name = 'FaceError';
  readonly code: FaceProblem;
  constructor(code: FaceProblem, detail: string, options?: ErrorOptions) {
    super(`${detail} (${code})`, options);
    this.code = code;
  }
}
