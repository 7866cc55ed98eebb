import { createHash, timingSafeEqual } from 'node:crypto';
import type { CardFields } from '#contract/uplink/record.ts';
import { keyedHash } from '#kit/secrets.ts';
import type { Db } from '#kit/store.ts';
import type { ClosedReason, DeliveredRecord, IssuanceClass, RecordStatus } from './gateway.ts';

/** A record as central keeps it. `person` is the keyed hash of the NIK and stands for it everywhere else. */
export interface GatewayRecord extends Omit<DeliveredRecord, 'fingerRecords'> {
  person: string;
  /** Name and version of the dataset that last changed it. */
  dataset: string;
}

export interface Pickup {
  codeHash: string;
  person: string;
  pinVerifier: string;
  /** `YYYY-MM-DD`: the last day on which the number works. */
  expiresOn: string;
  /** By which a kiosk without central recognises the person; null for what was imported before there were any. */
  offline: OfflineVerifiers | null;
}

/** Both hashed under `offlineKeyOf` this person. */
export interface OfflineVerifiers {
  code: string;
  pin: string;
}

export function personOf(lookupKey: Uint8Array, nik: string): string {
  return keyedHash(lookupKey, 'nik', nik);
}

export function codeHashOf(lookupKey: Uint8Array, pickupCode: string): string {
  return keyedHash(lookupKey, 'code', pickupCode);
}

/**
 * A fast keyed hash, not a slow one: there are only 100,000 PINs, so whoever has this key tries them all in minutes
 * however slow the hash, and whoever lacks it can try none. Slowness would buy nothing and cost an import of a city hours.
 */
export function pinVerifierOf(lookupKey: Uint8Array, codeHash: string, pin: string): string {
  return `hmac$${keyedHash(lookupKey, `pin|${codeHash}`, pin)}`;
}

/** A key of one person's own: what a kiosk takes along for one of them helps nobody to guess another. 32 bytes. */
export function offlineKeyOf(lookupKey: Uint8Array, person: string): Uint8Array {
  return new Uint8Array(Buffer.from(keyedHash(lookupKey, 'offline', person), 'base64url'));
}

export function offlineVerifiersOf(lookupKey: Uint8Array, person: string, code: string, pin: string): OfflineVerifiers {
  const key = offlineKeyOf(lookupKey, person);
  return { code: keyedHash(key, 'code', code), pin: keyedHash(key, 'pin', pin) };
}

/** Compares in constant time. The PIN of one number never opens another. */
export function pinMatches(
  lookupKey: Uint8Array,
  pickup: Pick<Pickup, 'codeHash' | 'pinVerifier'>,
  pin: string,
): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(pinVerifierOf(lookupKey, pickup.codeHash, pin)), digest(pickup.pinVerifier));
}

/** The person whom a pick-up number names, even where it has expired or the card is out: that is policy. */
export function findByCode(
  db: Db,
  lookupKey: Uint8Array,
  pickupCode: string,
): { record: GatewayRecord; pickup: Pickup } | undefined {
  const row = db.prepare('SELECT * FROM pickup WHERE code_hash = ?').get(codeHashOf(lookupKey, pickupCode));
  if (!row) return undefined;
  const pickup = pickupFrom(row as PickupRow);
  const record = findByPerson(db, pickup.person);
  return record && { record, pickup };
}

/** The person with this NIK and the number that was handed out last; `pickup` is null where there was none. */
export function findByNik(
  db: Db,
  lookupKey: Uint8Array,
  nik: string,
): { record: GatewayRecord; pickup: Pickup | null } | undefined {
  const record = findByPerson(db, personOf(lookupKey, nik));
  if (!record) return undefined;
  return { record, pickup: pickupOf(db, record.person) };
}

export function pickupOf(db: Db, person: string): Pickup | null {
  const row = db.prepare('SELECT * FROM pickup WHERE person = ?').get(person);
  return row ? pickupFrom(row as PickupRow) : null;
}

export function findByPerson(db: Db, person: string): GatewayRecord | undefined {
  const row = db.prepare('SELECT * FROM record WHERE person = ?').get(person);
  return row ? recordFrom(row as RecordRow) : undefined;
}

type RecordRow = {
  person: string;
  nik: string;
  card_json: string;
  status: RecordStatus;
  status_since: string;
  class: IssuanceClass;
  printable_from: string;
  closed_reason: ClosedReason | null;
  collect_place: string | null;
  collect_box: string | null;
  issued_on: string | null;
  issued_where: string | null;
  suket: string | null;
  kecamatan_code: string;
  city_code: string;
  fingers: number;
  dataset: string;
  row_hash: string;
};

function recordFrom(row: RecordRow): GatewayRecord {
  return {
    person: row.person,
    nik: row.nik,
    card: JSON.parse(row.card_json) as CardFields, // checked against the contract before it was stored
    status: row.status,
    statusSince: row.status_since,
    class: row.class,
    printableFrom: row.printable_from,
    closedReason: row.closed_reason,
    collectPlace: row.collect_place,
    collectBox: row.collect_box,
    issuedOn: row.issued_on,
    issuedWhere: row.issued_where,
    suket: row.suket,
    kecamatanCode: row.kecamatan_code,
    cityCode: row.city_code,
    fingers: row.fingers,
    dataset: row.dataset,
    rowHash: row.row_hash,
  };
}

type PickupRow = {
  code_hash: string;
  person: string;
  pin_verifier: string;
  expires_on: string;
  offline_code: string | null;
  offline_pin: string | null;
};

function pickupFrom(row: PickupRow): Pickup {
  return {
    codeHash: row.code_hash,
    person: row.person,
    pinVerifier: row.pin_verifier,
    expiresOn: row.expires_on,
    offline: row.offline_code && row.offline_pin ? { code: row.offline_code, pin: row.offline_pin } : null,
  };
}
