import type { Clock } from '#kit/clock.ts';
import type { Db, Store } from '#kit/store.ts';
import { keepFingers } from './fingers.ts';
import type { Dataset, DeliveredPickup, DeliveredRecord, Delivery, RowIssue } from './gateway.ts';
import { codeHashOf, offlineVerifiersOf, personOf, pinVerifierOf } from './records.ts';

export interface LandingPorts {
  store: Store;
  clock: Pick<Clock, 'wallMs'>;
  /** Central's key for keyed hashes of NIK, pick-up number and PIN. */
  lookupKey: Uint8Array;
}

/** `rows` = landed + unchanged + updated + the refused rows of records. `landed` counts people who were not known before. */
export interface ImportReport {
  dataset: Dataset | null;
  rows: number;
  landed: number;
  unchanged: number;
  updated: number;
  /** Pick-up numbers that are new or changed. */
  codes: number;
  /** People of this delivery who can be known by a finger. */
  withFingers: number;
  refused: RowIssue[];
  warnings: RowIssue[];
}

/**
 * Brings a delivery in as one transaction, `gateway.import`: all of its good rows are there afterwards, or none.
 * The same delivery again changes nothing but the time of import.
 */
export function land(delivery: Delivery, ports: LandingPorts): ImportReport {
  const { dataset, rows, refused, warnings } = delivery;
  const report: ImportReport = {
    dataset,
    rows,
    landed: 0,
    unchanged: 0,
    updated: 0,
    codes: 0,
    withFingers: 0,
    refused: [...refused],
    warnings,
  };
  const nothingToLand = !dataset || refused.some(({ file, row }) => file === 'records.csv' && row <= 1);
  return nothingToLand
    ? report
    : ports.store.write('gateway.import', (db) => landIn(db, delivery, dataset, report, ports));
}

function landIn(db: Db, delivery: Delivery, dataset: Dataset, report: ImportReport, ports: LandingPorts): ImportReport {
  const newer = newerCutOff(db, dataset);
  if (newer) {
    const detail = `its cut-off is ${dataset.cutOff}, and ${dataset.name} of ${newer} is here already`;
    report.refused.push({ file: 'dataset.json', row: 0, nikTail: '', code: 'import/file', detail });
    return report;
  }
  noteDataset(db, dataset, delivery.rows, ports.clock.wallMs());
  for (const record of delivery.records) {
    report[landRecord(db, record, dataset, ports.lookupKey)] += 1;
    if (record.fingerRecords.length > 0) report.withFingers += 1;
  }
  for (const pickup of delivery.pickups) {
    const result = landPickup(db, pickup, ports.lookupKey);
    if (result === 'landed') report.codes += 1;
    else if (result !== 'unchanged') report.refused.push(result);
  }
  return report;
}

/** An old delivery that turns up late would turn statuses back: a card printed since would look printable again. */
function newerCutOff(db: Db, { name, cutOff }: Dataset): string | null {
  const newest = db.prepare('SELECT max(cut_off) AS newest FROM dataset WHERE name = ?').get(name) as {
    newest: string | null;
  };
  return newest.newest !== null && newest.newest > cutOff ? newest.newest : null;
}

function noteDataset(db: Db, { name, version, cutOff }: Dataset, rows: number, importedMs: number): void {
  db.prepare(
    `INSERT INTO dataset (name, version, cut_off, imported_ms, rows) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (name, version) DO UPDATE SET cut_off = excluded.cut_off, imported_ms = excluded.imported_ms, rows = excluded.rows`,
  ).run(name, version, cutOff, importedMs, rows);
}

function landRecord(
  db: Db,
  record: DeliveredRecord,
  dataset: Dataset,
  key: Uint8Array,
): 'landed' | 'unchanged' | 'updated' {
  const person = personOf(key, record.nik);
  const known = db.prepare('SELECT row_hash FROM record WHERE person = ?').get(person) as
    | { row_hash: string }
    | undefined;
  if (known?.row_hash === record.rowHash) return 'unchanged';
  db.prepare(
    `INSERT OR REPLACE INTO record (person, nik, card_json, status, status_since, class, printable_from, closed_reason,
       collect_place, collect_box, issued_on, issued_where, suket, kecamatan_code, city_code, fingers, dataset, row_hash)
     VALUES (@person, @nik, @cardJson, @status, @statusSince, @class, @printableFrom, @closedReason,
       @collectPlace, @collectBox, @issuedOn, @issuedWhere, @suket, @kecamatanCode, @cityCode, @fingers, @dataset, @rowHash)`,
  ).run({
    ...record,
    card: null,
    fingerRecords: null,
    person,
    cardJson: JSON.stringify(record.card),
    dataset: `${dataset.name} ${dataset.version}`,
  });
  keepFingers(db, key, person, record.fingerRecords);
  if (known) reopenDisputed(db, person);
  return known ? 'updated' : 'landed';
}

/** A person has one number at a time: a new one replaces the old. */
function landPickup(db: Db, pickup: DeliveredPickup, key: Uint8Array): 'landed' | 'unchanged' | RowIssue {
  const person = personOf(key, pickup.nik);
  const codeHash = codeHashOf(key, pickup.pickupCode);
  const pinVerifier = pinVerifierOf(key, codeHash, pickup.pin);
  const offline = offlineVerifiersOf(key, person, pickup.pickupCode, pickup.pin);
  const known = db
    .prepare('SELECT person, pin_verifier, expires_on, offline_pin FROM pickup WHERE code_hash = ?')
    .get(codeHash) as
    | { person: string; pin_verifier: string; expires_on: string; offline_pin: string | null }
    | undefined;
  if (!db.prepare('SELECT 1 FROM record WHERE person = ?').get(person))
    return refusedPickup(pickup, 'no record of this person');
  if (known && known.person !== person) return refusedPickup(pickup, 'this pick-up number is somebody else’s');
  const isSame = known?.pin_verifier === pinVerifier && known.offline_pin === offline.pin;
  if (isSame && known.expires_on === pickup.expiresOn) return 'unchanged';
  db.prepare('DELETE FROM pickup WHERE person = ? AND code_hash <> ?').run(person, codeHash);
  db.prepare(
    `INSERT INTO pickup (code_hash, person, pin_verifier, expires_on, offline_code, offline_pin) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (code_hash) DO UPDATE SET pin_verifier = excluded.pin_verifier, expires_on = excluded.expires_on,
       offline_code = excluded.offline_code, offline_pin = excluded.offline_pin`,
  ).run(codeHash, person, pinVerifier, pickup.expiresOn, offline.code, offline.pin);
  return 'landed';
}

function refusedPickup({ row, nik }: DeliveredPickup, detail: string): RowIssue {
  return { file: 'codes.csv', row, nikTail: nik.slice(-4), code: 'import/bad-field', detail };
}

/** "Data wrong" paused this right; the registry has now delivered another record of that person. */
function reopenDisputed(db: Db, person: string): void {
  db.prepare("UPDATE print_right SET state = 'usable' WHERE person = ? AND state = 'paused'").run(person);
}
