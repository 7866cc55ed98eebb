import { createHash } from 'node:crypto';
import Type from 'typebox';
import { Compile } from 'typebox/compile';

import { readNik } from '#contract/uplink/codes.ts';
import { CardFields } from '#contract/uplink/record.schema.ts';
import { addYears, isDay, onCard } from '#kit/civil-date.ts';
import {
  type ClosedReason,
  closedReasons,
  type DeliveredRecord,
  isIssuanceClass,
  isRecordStatus,
  issuanceClasses,
} from '../gateway.ts';
import { type Cells, mayBeEmpty, type RecordColumn, recordColumns } from './columns.ts';
import type { Finding } from './finding.ts';

type Row = Cells<RecordColumn>;
/** The files of a person; null where there is none. */
export interface Files {
  photo: Uint8Array | null;
  signature: Uint8Array | null;
  fingers: readonly Uint8Array[];
  /** Why records of fingers that are there are not taken. */
  fingersRefused: string | null;
}

const DATES = ['birth_date', 'issue_date', 'status_since', 'printable_from', 'issued_on'] as const;
const ADULT_YEARS = 17;
/** All that stands on a card, except what comes as files. */
const printedText = Compile(Type.Omit(CardFields, ['portrait', 'signature']));

/** The first thing that forbids to use a row, in the order in which a person would look; null if there is none. */
export function findFault(row: Row): Finding | null {
  return faultyNik(row) ?? faultyWord(row) ?? faultyDate(row) ?? faultyPlace(row) ?? faultyCard(row);
}

function faultyNik({ nik }: Row): Finding | null {
  const reading = readNik(nik);
  return reading.ok ? null : { code: 'import/bad-nik', detail: `nik: ${reading.why}` };
}

function faultyWord(row: Row): Finding | null {
  if (!isRecordStatus(row.status)) return { code: 'import/unknown-status', detail: `status: ${wrongStatus(row)}` };
  if (!isIssuanceClass(row.class)) return { code: 'import/unknown-class', detail: `class: ${wrongClass(row)}` };
  const known = row.closed_reason === '' || (closedReasons as readonly string[]).includes(row.closed_reason);
  if (!known) return badField(`closed_reason: must be empty or one of ${closedReasons.join(', ')}`);
  const empty = recordColumns.find((column) => row[column] === '' && !mayBeEmpty.has(column));
  return empty ? badField(`${empty}: empty`) : null;
}

function faultyDate(row: Row): Finding | null {
  const wrong = DATES.find((column) => row[column] !== '' && !isDay(row[column]));
  return wrong ? { code: 'import/bad-date', detail: `${wrong}: must be a day written YYYY-MM-DD` } : null;
}

function faultyPlace(row: Row): Finding | null {
  if (!/^\d\d\.\d\d$/.test(row.city_code)) return badField('city_code: must look like 16.71');
  const inCity = /^\d\d\.\d\d\.\d\d$/.test(row.kecamatan_code) && row.kecamatan_code.startsWith(`${row.city_code}.`);
  if (!inCity) return badField('kecamatan_code: must be one of the city, like 16.71.02');
  return /^(10|[0-9])$/.test(row.fingers) ? null : badField('fingers: must be 0 to 10');
}

function faultyCard(row: Row): Finding | null {
  const text = cardText(row);
  if (printedText.Check(text)) return null;
  const [first] = printedText.Errors(text);
  return badField(`${first?.instancePath.slice(1) || 'card'}: ${first?.message ?? 'not as on a card'}`);
}

/** What a person should look at, though the row is used. The NIK is never changed when a birth date or sex is corrected. */
export function findOddities(row: Row, { signature, fingersRefused }: Files): Finding[] {
  const day = Number(row.nik.slice(6, 8));
  const born = `${row.birth_date.slice(2, 4)}${row.birth_date.slice(5, 7)}${row.birth_date.slice(8)}`;
  const nikBorn = `${row.nik.slice(10, 12)}${row.nik.slice(8, 10)}${String(day % 40).padStart(2, '0')}`;
  const differs = [
    ...(born === nikBorn ? [] : ['birth date']),
    ...(day > 40 === (row.sex === 'PEREMPUAN') ? [] : ['sex']),
  ];
  const recorded = row.status !== 'UNREGISTERED';
  return [
    ...(differs.length > 0 ? [nikDiffers(`${differs.join(' and ')} of the record and of the NIK differ`)] : []),
    ...(recorded && !signature ? [noSignature] : []),
    ...(fingersRefused ? [{ code: 'import/bad-fingers', detail: `fingers: ${fingersRefused}` } as const] : []),
  ];
}

/** The record that a row and its files make. Only for rows without a fault. */
export function recordOf(row: Row, { photo, signature, fingers }: Files): DeliveredRecord {
  const hash = createHash('sha256').update(JSON.stringify(recordColumns.map((column) => row[column])));
  for (const file of [photo, signature, ...fingers]) hash.update(`|${file?.length ?? -1}|`).update(file ?? '');
  if (!isRecordStatus(row.status) || !isIssuanceClass(row.class))
    throw new TypeError('a row with a fault is no record');
  return {
    nik: row.nik,
    card: { ...cardText(row), portrait: base64(photo) ?? '', signature: base64(signature) },
    status: row.status,
    statusSince: row.status_since,
    class: row.class,
    printableFrom: row.printable_from || addYears(row.birth_date, ADULT_YEARS),
    closedReason: (row.closed_reason || null) as ClosedReason | null,
    collectPlace: row.collect_place || null,
    collectBox: row.collect_box || null,
    issuedOn: row.issued_on || null,
    issuedWhere: row.issued_where || null,
    suket: row.suket || null,
    kecamatanCode: row.kecamatan_code,
    cityCode: row.city_code,
    fingers: Number(row.fingers),
    fingerRecords: fingers,
    rowHash: hash.digest('base64url'),
  };
}

function cardText(row: Row): Omit<CardFields, 'portrait' | 'signature'> {
  return {
    province: row.province,
    city: row.city,
    nik: row.nik,
    name: row.name,
    birthPlace: row.birth_place,
    birthDate: onCard(row.birth_date),
    sex: row.sex as CardFields['sex'],
    bloodGroup: row.blood_group,
    address: row.address,
    rtRw: row.rt_rw,
    kelurahan: row.kelurahan,
    kecamatan: row.kecamatan,
    religion: row.religion,
    maritalStatus: row.marital_status,
    occupation: row.occupation,
    nationality: row.nationality as CardFields['nationality'],
    validUntil: row.valid_until,
    issuePlace: row.issue_place,
    issueDate: onCard(row.issue_date),
  };
}

const base64 = (bytes: Uint8Array | null) => bytes && Buffer.from(bytes).toString('base64');
const nikDiffers = (detail: string): Finding => ({ code: 'import/nik-differs', detail });
const badField = (detail: string): Finding => ({ code: 'import/bad-field', detail });
const noSignature: Finding = { code: 'import/no-signature', detail: 'signature: none, the card will have none' };

// What stood there is not told: where the columns are shifted it is a name or a NIK. The row and the column lead to it.
const wrongStatus = ({ status }: Row) =>
  status === '' ? 'empty' : 'not one of the registry’s, like PRINT_READY_RECORD';
const wrongClass = (row: Row) => (row.class === '' ? 'empty' : `must be one of ${issuanceClasses.join(', ')}`);
