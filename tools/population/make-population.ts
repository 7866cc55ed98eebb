import type { IssuanceClass } from '#central/gateway/gateway.ts';
import { addDays, addYears } from '#kit/civil-date.ts';
import { fraction, pick, type Random, seededRandom, whole } from '#kit/random.ts';
import { type Citizen, makeNik, pickupNumber, placeCells } from './citizen.ts';
import {
  makeAddress,
  makeBirthPlace,
  makeBloodGroup,
  makeMaritalStatus,
  makeOccupation,
  makeReligion,
  makeRtRw,
} from './life.ts';
import { makeName, type Sex } from './names.ts';
import { bandOfAge, lookNumber, looksPerSex, wearsScarf } from './portrait/look.ts';
import { type City, type CityName, cities } from './regions.ts';
import { signatureCount } from './signature-shape.ts';
import { classFor, standingCells, statusFor } from './standing.ts';

export interface PopulationOptions {
  count: number;
  seed: string | number;
  city: CityName | 'both';
  /** `YYYY-MM-DD`: ages and dates are counted back from here. */
  today: string;
  /** NIKs and pick-up numbers that are somebody's already. */
  taken?: Iterable<string>;
}

/** The same people for the same options, everywhere. */
export function makePopulation({ count, seed, city, today, taken = [] }: PopulationOptions): Citizen[] {
  const random = seededRandom(`population|${seed}`);
  const inUse = new Set(taken);
  const places = (city === 'both' ? Object.values(cities) : [cities[city]]).flatMap((one) =>
    one.kecamatan.map((kecamatan) => ({ city: one, kecamatan })),
  );
  return Array.from({ length: count }, (_, index) => {
    const place = places[index % places.length];
    if (!place) throw new RangeError('a city without kecamatan');
    for (;;) {
      const citizen = makeCitizen(random, index, place, today);
      if (inUse.has(citizen.row.nik) || inUse.has(citizen.pickupCode)) continue;
      inUse.add(citizen.row.nik).add(citizen.pickupCode);
      return citizen;
    }
  });
}

type Place = { city: City; kecamatan: City['kecamatan'][number] };

function makeCitizen(random: Random, index: number, here: Place, today: string): Citizen {
  const issuance = classFor(index, random);
  const status = statusFor(index, random);
  const home = issuance === 'OUTSIDE_DOMICILE' ? elsewhere(random, here.city) : here;
  const sex: Sex = fraction(random) < 0.5 ? 'PEREMPUAN' : 'LAKI-LAKI';
  const age = ageFor(random, issuance);
  const born = addDays(addYears(today, -age), -whole(random, 365));
  const married = makeMaritalStatus(random, age);
  const registered = issuance === 'MOVED_IN' || fraction(random) < 0.08 ? elsewhere(random, here.city) : home;
  const recorded = status !== 'UNREGISTERED';
  const religion = makeReligion(random);
  const foreign = issuance === 'FOREIGNER_RENEWAL' ? pick(random, foreigners) : null;
  return {
    row: {
      nik: makeNik(registered.kecamatan.code, born, sex),
      name: foreign?.name ?? makeName(random, sex),
      birth_place: foreign?.birthPlace ?? makeBirthPlace(random, home.city.issuePlace),
      birth_date: born,
      sex,
      blood_group: makeBloodGroup(random),
      address: makeAddress(random),
      rt_rw: makeRtRw(random),
      ...placeCells(home.city, home.kecamatan, pick(random, home.kecamatan.kelurahan)),
      religion,
      marital_status: married,
      occupation: makeOccupation(random, age, sex),
      nationality: foreign ? 'WNA' : 'WNI',
      valid_until: foreign
        ? addDays(today, 200 + whole(random, 1500))
            .split('-')
            .reverse()
            .join('-')
        : 'SEUMUR HIDUP',
      class: issuance,
      ...standingCells(random, status, today, here.kecamatan.name),
      printable_from: addYears(born, 17),
      fingers: recorded ? String(fraction(random) < 0.97 ? 10 : whole(random, 10)) : '0',
    },
    pickupCode: pickupNumber(`${1 + whole(random, 7)}${String(whole(random, 100_000_000)).padStart(8, '0')}`),
    pin: String(whole(random, 100_000)).padStart(5, '0'),
    expiresOn: addDays(today, fraction(random) < 0.03 ? -10 : 365),
    face: recorded ? faceFor(random, sex, age, religion === 'ISLAM') : null,
    signature: recorded && fraction(random) > 0.015 ? whole(random, signatureCount) : null,
    fingers: [],
    tornPhoto: false,
  };
}

/** First cards go to the young, and to some who never had one; the rest is spread over a life. */
function ageFor(random: Random, issuance: IssuanceClass): number {
  return issuance === 'FIRST' && fraction(random) < 0.7 ? 16 + whole(random, 5) : 18 + whole(random, 65);
}

function elsewhere(random: Random, from: City): Place {
  const city = pick(
    random,
    Object.values(cities).filter(({ code }) => code !== from.code),
  );
  return { city, kecamatan: pick(random, city.kecamatan) };
}

/** A face of the right age; a scarf for most Muslim women and for nobody else. */
function faceFor(random: Random, sex: Sex, age: number, muslim: boolean): number {
  const scarf = muslim && fraction(random) < 0.75;
  const numbers = Array.from({ length: looksPerSex }, (_, number) => number);
  const fits = (number: number) =>
    lookNumber(sex, number).band === bandOfAge(age) && (sex === 'LAKI-LAKI' || wearsScarf(number) === scarf);
  return pick(random, numbers.filter(fits));
}

const foreigners = [
  { name: 'TAKESHI MORIMOTO', birthPlace: 'OSAKA' },
  { name: 'MARGARET ANNE HOLLOWAY', birthPlace: 'PERTH' },
  { name: 'LUCA BERTOLINI', birthPlace: 'TORINO' },
  { name: 'NGUYEN THI HONG', birthPlace: 'DA NANG' },
  { name: 'RAJESH KUMAR IYER', birthPlace: 'CHENNAI' },
  { name: 'HANS-PETER VAN DER MEER', birthPlace: 'UTRECHT' },
] as const;
