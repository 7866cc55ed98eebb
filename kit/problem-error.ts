/**
 * An error with a code of the problem table, outside the drivers. The code is a plain string here, since the kit knows
 * no table; `codeOf` of the contract recognises it.
 */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly code: string;
  constructor(code: string, detail: string, options?: ErrorOptions) {
    super(`${detail} (${code})`, options);
    this.code = code;
  }
}
