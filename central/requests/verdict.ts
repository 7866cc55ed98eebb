import type { DeliveredRecord } from '#central/gateway/gateway.ts';
import { decide } from '#central/policy/decide.ts';
import type { PolicyRow } from '#central/policy/policy-rows.ts';
import type { ProblemCode } from '#contract/problems/codes.ts';
import type { Params } from '#contract/screen/screen-state.ts';
import type { SiteInfo } from '#contract/uplink/enrolment.ts';
import { daysBetween } from '#kit/civil-date.ts';

export type Verdict = { print: true; row: PolicyRow } | { print: false; code: ProblemCode; params: Params };

const no = (code: ProblemCode, params: Params = {}): Verdict => ({ print: false, code, params });

/** How a record's status is answered; `since` is told with it, a date is never promised. */
const statusAnswers: Record<string, ProblemCode> = {
  UNREGISTERED: 'record/unregistered',
  BIO_CAPTURED: 'record/in-local-server',
  PROCESSING: 'record/in-local-server',
  SENT_FOR_ENROLLMENT: 'record/at-centre',
  RECEIVED_AT_CENTRAL: 'record/at-centre',
  ENROLL_FAILURE_AT_CENTRAL: 'record/record-again',
  ENROLL_FAILURE_AT_REGIONAL: 'record/record-again',
  SEARCH_FAILURE_AT_CENTRAL: 'record/record-again',
  DUPLICATE_RECORD: 'record/duplicate',
  SENT_FOR_CARD_PRINTING: 'record/being-printed',
  CARD_PRINTED: 'record/at-counter',
  CARD_SHIPPED: 'record/at-counter',
  CARD_ISSUED: 'right/already-issued',
};

/** What is asked of a record here: all but the person. */
export type Standing = Pick<
  DeliveredRecord,
  | 'status'
  | 'statusSince'
  | 'class'
  | 'printableFrom'
  | 'closedReason'
  | 'collectPlace'
  | 'collectBox'
  | 'issuedOn'
  | 'cityCode'
>;

/** Whether this person's card may be printed at this site today, and by which rule. `today` is `YYYY-MM-DD` in WIB. */
export function verdictOn(record: Standing, site: SiteInfo, today: string): Verdict {
  if (record.closedReason) return no('record/closed');
  if (record.status.startsWith('ADJUDICATE_')) return no('record/adjudicated', { since: record.statusSince });
  if (record.status !== 'PRINT_READY_RECORD') return statusVerdict(record, today);
  if (record.cityCode !== site.cityCode && record.class !== 'OUTSIDE_DOMICILE')
    return no('class/other-city', { place: record.cityCode });
  return decide(record, site.kind, today);
}

function statusVerdict(record: Standing, today: string): Verdict {
  const code = statusAnswers[record.status];
  if (!code) return no('record/changed');
  const params: Params = { since: record.issuedOn ?? record.statusSince, days: daysBetween(record.statusSince, today) };
  if (record.collectPlace) params.place = record.collectPlace;
  if (record.collectBox) params.box = record.collectBox;
  return no(code, params);
}
