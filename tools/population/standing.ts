import { type IssuanceClass, issuanceClasses, type RecordStatus, recordStatuses } from '#central/gateway/gateway.ts';
import { addDays } from '#kit/civil-date.ts';
import { fraction, pick, type Random, whole } from '#kit/random.ts';
import { nothingSpecial } from './citizen.ts';

/** Where records stand in a city in an ordinary month. ADJUDICATE_RECORD stands for all reviews: their names are not public. */
const statusWeights: Readonly<Partial<Record<RecordStatus, number>>> = {
  PRINT_READY_RECORD: 560,
  CARD_ISSUED: 120,
  SENT_FOR_ENROLLMENT: 70,
  UNREGISTERED: 50,
  PROCESSING: 40,
  RECEIVED_AT_CENTRAL: 40,
  BIO_CAPTURED: 30,
  CARD_PRINTED: 30,
  DUPLICATE_RECORD: 15,
  ENROLL_FAILURE_AT_CENTRAL: 10,
  SENT_FOR_CARD_PRINTING: 10,
  CARD_SHIPPED: 10,
  ADJUDICATE_RECORD: 5,
  ENROLL_FAILURE_AT_REGIONAL: 5,
  SEARCH_FAILURE_AT_CENTRAL: 5,
};
const everyStatus: readonly RecordStatus[] = [...recordStatuses, 'ADJUDICATE_RECORD'];

const classWeights: Readonly<Record<IssuanceClass, number>> = {
  FIRST: 640,
  LOST: 140,
  DATA_CHANGE: 90,
  DAMAGED: 60,
  MOVED_IN: 40,
  OUTSIDE_DOMICILE: 20,
  FOREIGNER_RENEWAL: 10,
};

/** The first people take every status in turn, then every class, so that even a small population has them all. */
export function statusFor(index: number, random: Random): RecordStatus {
  return everyStatus[index] ?? byWeight(statusWeights, random);
}

export function classFor(index: number, random: Random): IssuanceClass {
  return issuanceClasses[index - everyStatus.length] ?? byWeight(classWeights, random);
}

function byWeight<Word extends string>(weights: Readonly<Partial<Record<Word, number>>>, random: Random): Word {
  const table = Object.entries(weights) as [Word, number][];
  let left = fraction(random) * table.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [word, weight] of table) {
    left -= weight;
    if (left < 0) return word;
  }
  throw new RangeError('an empty table');
}

/** The cells that follow from a status. Ages in a status are heavy-tailed: most days, some half a year. */
export function standingCells(random: Random, status: RecordStatus, today: string, kecamatan: string) {
  const daysAgo = fraction(random) < 0.8 ? 1 + whole(random, 20) : 20 + whole(random, 160);
  const since = addDays(today, -daysAgo);
  const waits = status === 'CARD_PRINTED' || status === 'CARD_SHIPPED';
  const issued = status === 'CARD_ISSUED';
  const ready = status === 'PRINT_READY_RECORD';
  return {
    ...nothingSpecial,
    status,
    status_since: since,
    issue_date: since,
    closed_reason: ready && fraction(random) < 0.02 ? pick(random, ['died', 'moved', 'cancelled']) : '',
    collect_place: waits ? `LOKET ${1 + whole(random, 3)} KANTOR KECAMATAN ${kecamatan}` : '',
    collect_box: waits ? String(1 + whole(random, 40)) : '',
    issued_on: issued ? since : '',
    issued_where: issued ? `KECAMATAN ${kecamatan}` : '',
    suket: ready && fraction(random) < 0.06 ? `471/${1000 + whole(random, 9000)}/SUKET/${since.slice(0, 4)}` : '',
  };
}
