import type { IssuanceClass } from '#central/gateway/gateway.ts';
import type { ProblemCode } from '#contract/problems/codes.ts';
import type { Params } from '#contract/screen/screen-state.ts';
import { type PolicyRow, policyRows, type SiteKind } from './policy-rows.ts';

export type Decision = { print: true; row: PolicyRow } | { print: false; code: ProblemCode; params: Params };

/** The row in force on `today` for a class at a kind of site; null where there is none, and then nothing is printed. */
export function rowInForce(cls: IssuanceClass, site: SiteKind, today: string, rows = policyRows): PolicyRow | null {
  const valid = rows.filter(
    (row) => row.class === cls && row.site === site && row.from <= today && (row.to === null || today <= row.to),
  );
  return valid.sort((a, b) => a.from.localeCompare(b.from)).at(-1) ?? null;
}

/** `printableFrom` is the 17th birthday or the wedding day before it; days are `YYYY-MM-DD` in WIB. */
export function decide(
  person: { class: IssuanceClass; printableFrom: string },
  site: SiteKind,
  today: string,
  rows = policyRows,
): Decision {
  const row = rowInForce(person.class, site, today, rows);
  if (!row) return { print: false, code: 'class/no-policy', params: {} };
  if (!row.verdict.print) {
    const { referral, code } = row.verdict;
    const { office, address, hours, documents } = referral;
    return { print: false, code, params: { office, address, hours, documents: documents.join('; ') } };
  }
  if (person.printableFrom > today)
    return { print: false, code: 'record/too-young', params: { from: person.printableFrom } };
  return { print: true, row };
}
