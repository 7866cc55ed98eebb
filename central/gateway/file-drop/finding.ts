import type { ProblemCode } from '#contract/problems/codes.ts';
import type { RowIssue } from '../gateway.ts';

/** What is wrong, or odd, with one row. */
export type Finding = { code: ProblemCode; detail: string };

/**
 * Says where it was found. Of the NIK only the end is told, so that the report may be shown and logged; and of that only
 * digits: where the columns are shifted a name stands there.
 */
export function issueAt(file: string, row: number, nik: string, { code, detail }: Finding): RowIssue {
  return { file, row, nikTail: nik.slice(-4).replaceAll(/[^0-9]/g, '?'), code, detail };
}
