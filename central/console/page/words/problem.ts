import { shown } from '#contract/problems/citizen.fill.ts';
import { citizenWords } from '#contract/problems/citizen.id.ts';
import { isProblemCode } from '#contract/problems/codes.ts';
import { technicianWords } from '#contract/problems/technician.id.ts';
import type { TechnicianWords } from '#contract/problems/technician.words.ts';

/** Cause and remedy of a code; null for what the table does not know. */
export function technicianSays(code: unknown): TechnicianWords | null {
  return isProblemCode(code) ? technicianWords[code] : null;
}

/** What the citizen read for a code, without anything about a person. */
export function citizenRead(code: unknown): string | null {
  return isProblemCode(code) ? shown(citizenWords[code].show, {}, 'id') : null;
}

/** The cause of a code in one line, or the code itself where there are no words for it. */
export function causeOf(code: unknown): string {
  return technicianSays(code)?.cause ?? (typeof code === 'string' ? code : '');
}
