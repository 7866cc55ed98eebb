import type { ProblemCode } from '#contract/problems/codes.ts';
import type { CardFields } from '#contract/uplink/record.ts';

/** Where a record stands in the registry (reference sheet "domain", section 3.3). */
export const recordStatuses = [
  'UNREGISTERED',
  'BIO_CAPTURED',
  'PROCESSING',
  'SENT_FOR_ENROLLMENT',
  'RECEIVED_AT_CENTRAL',
  'ENROLL_FAILURE_AT_CENTRAL',
  'ENROLL_FAILURE_AT_REGIONAL',
  'SEARCH_FAILURE_AT_CENTRAL',
  'DUPLICATE_RECORD',
  'PRINT_READY_RECORD',
  'SENT_FOR_CARD_PRINTING',
  'CARD_PRINTED',
  'CARD_SHIPPED',
  'CARD_ISSUED',
] as const;
/** The names of the human reviews are not confirmed by any source, so they are taken by their prefix. */
export type RecordStatus = (typeof recordStatuses)[number] | `ADJUDICATE_${string}`;

export function isRecordStatus(text: string): text is RecordStatus {
  return (recordStatuses as readonly string[]).includes(text) || /^ADJUDICATE_[A-Z_]{1,32}$/.test(text);
}

/** Why a card is issued: the six classes of Perpres 96/2018, with lost and damaged told apart. */
export const issuanceClasses = [
  'FIRST',
  'MOVED_IN',
  'DATA_CHANGE',
  'FOREIGNER_RENEWAL',
  'LOST',
  'DAMAGED',
  'OUTSIDE_DOMICILE',
] as const;
export type IssuanceClass = (typeof issuanceClasses)[number];

export function isIssuanceClass(text: string): text is IssuanceClass {
  return (issuanceClasses as readonly string[]).includes(text);
}

/** Why nobody may print for this record any more. For staff: the citizen is never told the word. */
export const closedReasons = ['died', 'moved', 'cancelled'] as const;
export type ClosedReason = (typeof closedReasons)[number];

/** One person's record as the registry delivers it. Dates are `YYYY-MM-DD`, except on the card. */
export interface DeliveredRecord {
  nik: string;
  /** `portrait` is empty for somebody who was never recorded (UNREGISTERED). */
  card: CardFields;
  status: RecordStatus;
  statusSince: string;
  class: IssuanceClass;
  /** The first day on which a card may be printed: the 17th birthday, or the wedding day before it. */
  printableFrom: string;
  closedReason: ClosedReason | null;
  /** Where a finished card waits, for CARD_PRINTED and CARD_SHIPPED. */
  collectPlace: string | null;
  collectBox: string | null;
  issuedOn: string | null;
  issuedWhere: string | null;
  /** Number of the temporary certificate that is taken back at hand-over. */
  suket: string | null;
  /** `16.71.02` and `16.71`: of the address, never read out of the NIK. */
  kecamatanCode: string;
  cityCode: string;
  /** How many fingers are enrolled; 0 sends the person to an officer at once. */
  fingers: number;
  /** What a finger is compared with: records by ISO/IEC 19794-2 or ANSI 378. None where the registry delivers none. */
  fingerRecords: readonly Uint8Array[];
  /** SHA-256 over all of the above, so that a second delivery of the same row changes nothing. */
  rowHash: string;
}

/** A pick-up number and PIN, as the recording desk handed them out. */
export interface DeliveredPickup {
  row: number;
  nik: string;
  pickupCode: string;
  pin: string;
  /** The last day on which the number works. */
  expiresOn: string;
}

export interface Dataset {
  name: string;
  version: string;
  /** The day the registry's figures stand for. */
  cutOff: string;
}

/** What is wrong with one row. Holds no name, no whole NIK: it may be shown and logged. */
export interface RowIssue {
  file: string;
  /** Line of the file, the header being 1; 0 = the file or the drop as a whole. */
  row: number;
  /** The last four characters of what stood in the NIK column; `?` for what is no digit. */
  nikTail: string;
  code: ProblemCode;
  detail: string;
}

export interface Delivery {
  /** null where not even this could be read: then there is nothing to land. */
  dataset: Dataset | null;
  /** Rows of records that were delivered, good and bad. */
  rows: number;
  records: DeliveredRecord[];
  pickups: DeliveredPickup[];
  refused: RowIssue[];
  warnings: RowIssue[];
}

export interface PrintedCard {
  nik: string;
  /** `YYYY-MM-DD`, and the kiosk's site. */
  printedOn: string;
  printedWhere: string;
  /** Short hash of the journal entry, as on the receipt. */
  receipt: string;
}

/** The office's side of the civil registry (SIAK). Adapters differ in how they reach it, never in what they say. */
export interface SiakGateway {
  /** All that the registry hands out now. Never throws for bad input: what is wrong is in `refused`. */
  readRecords(): Promise<Delivery>;
  /** What the registry says at this moment, or null where it does not know the NIK. */
  statusOf(nik: string): Promise<RecordStatus | null>;
  /** Tells the registry that a card is out. Telling it again changes nothing. */
  reportPrinted(card: PrintedCard): Promise<void>;
}
