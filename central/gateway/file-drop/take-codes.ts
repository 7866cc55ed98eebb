import { isPickupNumber, readNik } from '#contract/uplink/codes.ts';
import { isDay } from '#kit/civil-date.ts';
import type { Delivery } from '../gateway.ts';
import type { Cells, CodeColumn } from './columns.ts';
import { type Finding, issueAt } from './finding.ts';
import type { CsvRow } from './read-csv.ts';

/** Checks each row of `codes.csv`. Whether a number belongs to a known person is seen when it lands. */
export function takeCodes(rows: readonly CsvRow<CodeColumn>[]): Pick<Delivery, 'pickups' | 'refused'> {
  const taken: Pick<Delivery, 'pickups' | 'refused'> = { pickups: [], refused: [] };
  const seen = new Set<string>();
  for (const row of rows) {
    const nik = 'cells' in row ? row.cells.nik : '';
    const fault = 'fault' in row ? row.fault : (faultyCode(row.cells) ?? repeated(row.cells, seen));
    if (fault) taken.refused.push(issueAt('codes.csv', row.row, nik, fault));
    else if ('cells' in row) {
      const { pickup_code: pickupCode, pin, expires_on: expiresOn } = row.cells;
      taken.pickups.push({ row: row.row, nik, pickupCode, pin, expiresOn });
    }
  }
  return taken;
}

function faultyCode({ nik, pickup_code, pin, expires_on }: Cells<CodeColumn>): Finding | null {
  const reading = readNik(nik);
  if (!reading.ok) return { code: 'import/bad-nik', detail: `nik: ${reading.why}` };
  if (!isPickupNumber(pickup_code)) return badField('pickup_code: not a pick-up number with its check digit');
  if (!/^[0-9]{5}$/.test(pin)) return badField('pin: must be 5 digits');
  return isDay(expires_on) ? null : { code: 'import/bad-date', detail: 'expires_on: must be a day written YYYY-MM-DD' };
}

/** One number opens one record, and one person has one number at a time. */
function repeated({ nik, pickup_code }: Cells<CodeColumn>, seen: Set<string>): Finding | null {
  const again = seen.has(pickup_code) || seen.has(nik);
  seen.add(pickup_code).add(nik);
  return again ? badField('this pick-up number or person stands in an earlier row') : null;
}

const badField = (detail: string): Finding => ({ code: 'import/bad-field', detail });
