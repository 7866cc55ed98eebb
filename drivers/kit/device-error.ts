import type { ProblemCode } from '#contract/problems/codes.ts';

/** What went wrong at a device. The detail is for the technician; the remedy is the problem table's. */
export class DeviceError extends Error {
  override readonly name = 'DeviceError';
  readonly code: ProblemCode;
  constructor(code: ProblemCode, detail: string, options?: ErrorOptions) {
    super(`${detail} (${code})`, options);
    this.code = code;
  }
}
