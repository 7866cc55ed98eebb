import { createHash } from 'node:crypto';
import { addDays, addYears } from '#kit/civil-date.ts';
import { type Citizen, makeNik, nothingSpecial, pickupNumber, placeCells } from './citizen.ts';
import { demoPeople } from './demo-people.ts';
import type { DemoPerson } from './demo-person.ts';
import { keptFingers } from './fingers.ts';
import { placeOf } from './regions.ts';
import type { DemoResult } from './result.ts';
import { signatureCount } from './signature-shape.ts';

/** Who can be tried, with what they carry, and how each visit must end at a kiosk in Palembang. */
export interface DemoCitizen {
  code: string;
  nik: string;
  pickupCode: string;
  pin: string;
  name: string;
  expect: DemoResult;
  about: string;
  /** What this person answers when asked whether name and data are right. */
  says: 'yes' | 'data-wrong';
}

const HOME = '16.71.02'; // Seberang Ulu I, where the first kiosk stands

/** The fixed cast: numbers and PINs never change, so they may be printed in a manual. */
export const demoCitizens: readonly DemoCitizen[] = demoPeople.map((person) => ({
  code: person.code,
  nik: nikOf(person),
  pickupCode: pickupCodeOf(person),
  pin: digitsOf(`${person.code}|pin`, 5),
  name: person.name,
  expect: person.expect,
  about: person.about,
  says: person.says ?? 'yes',
}));

/** The demo citizens as the registry would deliver them on this day: whoever waits 40 days waits 40 days today too. */
export function demoRecords(today: string): Citizen[] {
  return demoPeople.map((person) => ({
    row: rowOf(person, today),
    pickupCode: pickupCodeOf(person),
    pin: digitsOf(`${person.code}|pin`, 5),
    expiresOn: addDays(today, person.expiresInDays ?? 365),
    face: person.face,
    signature: person.signature === undefined ? Number(digitsOf(person.code, 6)) % signatureCount : person.signature,
    fingers: keptFingers(person.code),
    tornPhoto: person.tornPhoto ?? false,
  }));
}

function rowOf(person: DemoPerson, today: string): Citizen['row'] {
  const { city, kecamatan } = placeOf(person.lives ?? HOME);
  const kelurahan = kecamatan.kelurahan[Number(digitsOf(person.name, 3)) % kecamatan.kelurahan.length] ?? '';
  const number = 1 + (Number(digitsOf(`${person.code}|house`, 4)) % 180);
  const ready = addDays(today, -6);
  const row = {
    nik: nikOf(person),
    name: person.name,
    birth_place: city.issuePlace,
    birth_date: person.born,
    sex: person.sex,
    blood_group: ['O', 'A', 'B', 'AB', '-'][number % 5] ?? '-',
    address: `JL. KH. WAHID HASYIM LRG. SETIA NO. ${number}`,
    rt_rw: `${String(1 + (number % 30)).padStart(3, '0')}/${String(1 + (number % 9)).padStart(3, '0')}`,
    ...placeCells(city, kecamatan, kelurahan),
    religion: 'ISLAM',
    marital_status: 'BELUM KAWIN',
    occupation: person.born < '2004' ? 'WIRASWASTA' : 'PELAJAR/MAHASISWA',
    nationality: 'WNI',
    valid_until: 'SEUMUR HIDUP',
    class: 'FIRST',
    status: 'PRINT_READY_RECORD',
    status_since: ready,
    issue_date: ready,
    printable_from: addYears(person.born, 17),
    fingers: '10',
    ...nothingSpecial,
  };
  return { ...row, ...person.row?.(today) };
}

function nikOf({ registered, born, sex }: DemoPerson): string {
  return makeNik(registered ?? HOME, born, sex);
}

/** Digits that belong to a word and never change with the order of the list. */
function digitsOf(word: string, count: number): string {
  const number = createHash('sha256').update(word).digest().readUIntBE(0, 6);
  return String(number).padStart(15, '0').slice(-count);
}

function pickupCodeOf({ code }: DemoPerson): string {
  return pickupNumber(`1${digitsOf(`${code}|pick-up`, 8)}`);
}
