// Made from entries.schema.ts by `npm run generate`. Do not edit.
import { isInteger, isList, isNumber, isObject, isOneOf, isRecord, isText } from '#contract/plain-checks.ts';
import type { EntryTime, Envelope, Witness } from './entries.schema.ts';

export const isEntryTime = (value: unknown): value is EntryTime =>
  isObject(value) && isInteger(value.wallMs, 0) && isText(value.boot, 1, 64) && isNumber(value.upMs, 0);

export const isEnvelope = (value: unknown): value is Envelope =>
  isObject(value) &&
  isText(value.type) &&
  (value.subject === undefined || isText(value.subject, 1, 80)) &&
  (value.visitNo === undefined || isText(value.visitNo, 1, 24)) &&
  isEntryTime(value.at) &&
  'data' in value;

export const isWitness = (value: unknown): value is Witness =>
  isObject(value) &&
  (isText(value.serial, 1, 64) || value.serial === null) &&
  (isInteger(value.cardsFed, 0, 1000000) || value.cardsFed === null) &&
  (isInteger(value.ribbonPrintsLeft, 0, 1000000) || value.ribbonPrintsLeft === null);

export const entryDataChecks = {
  'kiosk.started': (value: unknown) =>
    isObject(value) &&
    isText(value.software, 1, 32) &&
    typeof value.cleanStop === 'boolean' &&
    isInteger(value.openAttempts, 0, 1000000),
  'lease.received': (value: unknown) =>
    isObject(value) &&
    isText(value.leaseId, 1, 64) &&
    isText(value.rightId, 1, 64) &&
    isText(value.reqId, 1, 64) &&
    isOneOf(value.mode, ['online', 'offline']) &&
    isText(value.class, 1, 32) &&
    isText(value.policy, 1, 32) &&
    isText(value.rule, 1, 64) &&
    isInteger(value.expiresAtMs, 0) &&
    isText(value.sealedSha256, 1, 64),
  'lease.voided': (value: unknown) =>
    isObject(value) &&
    isText(value.reqId, 1, 64) &&
    (value.leaseId === undefined || isText(value.leaseId, 1, 64)) &&
    isText(value.rightId, 1, 64) &&
    isText(value.reason, 1, 64),
  'print.intended': (value: unknown) =>
    isObject(value) &&
    isText(value.rightId, 1, 64) &&
    isText(value.leaseId, 1, 64) &&
    isInteger(value.attempt, 1, 9) &&
    isWitness(value.witness),
  'print.inking': (value: unknown) => isObject(value) && isText(value.rightId, 1, 64),
  'print.printed': (value: unknown) => isObject(value) && isText(value.rightId, 1, 64),
  'print.checked': (value: unknown) =>
    isObject(value) && isText(value.rightId, 1, 64) && isOneOf(value.verdict, ['pass', 'fail', 'doubtful']),
  'print.presenting': (value: unknown) =>
    isObject(value) && isText(value.rightId, 1, 64) && isInteger(value.offer, 1, 2),
  'print.outcome': (value: unknown) =>
    isObject(value) &&
    isText(value.rightId, 1, 64) &&
    isText(value.leaseId, 1, 64) &&
    isOneOf(value.outcome, ['issued', 'retained', 'spoiled', 'unused', 'in-doubt']) &&
    isText(value.reason, 1, 64) &&
    isOneOf(value.place, ['hand', 'box', 'printer', 'exit', 'unknown', 'hopper-never-left']),
  'blanko.moved': (value: unknown) =>
    isObject(value) &&
    isOneOf(value.from, [
      'national',
      'city-vault',
      'transit',
      'kecamatan-safe',
      'hopper',
      'in-process',
      'issued',
      'retained',
      'spoiled',
      'defective',
      'test',
      'destroyed',
      'loaned',
      'in-doubt',
      'unexplained',
    ]) &&
    isOneOf(value.to, [
      'national',
      'city-vault',
      'transit',
      'kecamatan-safe',
      'hopper',
      'in-process',
      'issued',
      'retained',
      'spoiled',
      'defective',
      'test',
      'destroyed',
      'loaned',
      'in-doubt',
      'unexplained',
    ]) &&
    isInteger(value.count, 1, 10000) &&
    isText(value.evidence, 1, 120) &&
    (value.kind === undefined || isOneOf(value.kind, ['complete', 'partial', 'blank'])) &&
    (value.by === undefined || isList(value.by, (item) => isText(item, 1, 64), 0, 2)),
  'receipt.printed': (value: unknown) =>
    isObject(value) && isOneOf(value.paper, ['receipt', 'slip', 'referral']) && typeof value.reprint === 'boolean',
  'receipt.owed': (value: unknown) =>
    isObject(value) && isOneOf(value.paper, ['receipt', 'slip', 'referral']) && isText(value.code, 1, 64),
  'card.handed-over': (value: unknown) =>
    isObject(value) &&
    isText(value.rightId, 1, 64) &&
    isText(value.leaseId, 1, 64) &&
    isList(value.by, (item) => isText(item, 1, 64), 2, 2),
  'card.destroyed': (value: unknown) =>
    isObject(value) &&
    isText(value.rightId, 1, 64) &&
    isText(value.leaseId, 1, 64) &&
    isList(value.by, (item) => isText(item, 1, 64), 2, 2) &&
    isText(value.document, 1, 120),
  'visit.ended': (value: unknown) =>
    isObject(value) &&
    isOneOf(value.outcome, [
      'issued',
      'not-yet',
      'referred',
      'deferred',
      'collect-elsewhere',
      'data-disputed',
      'abandoned',
      'machine-trouble',
      'network-trouble',
      'retained',
      'in-doubt',
      'with-officer',
    ]) &&
    (isText(value.code, 1, 64) || value.code === null) &&
    isOneOf(value.right, ['kept', 'held', 'used', 'none']) &&
    isOneOf(value.pin, ['kept', 'used']) &&
    isText(value.lastStep, 1, 64) &&
    isRecord(value.stepsMs, /^.*$/u, (item) => isInteger(item, 0)) &&
    isOneOf(value.lang, ['id', 'en']) &&
    isInteger(value.pace, 1, 3) &&
    isList(value.aids, (item) => isText(item, 1, 64), 0, 8) &&
    typeof value.helpCalled === 'boolean' &&
    isList(value.proofs, (item) => isOneOf(item, ['pin', 'finger', 'officer']), 0, 3) &&
    isInteger(value.tries, 0, 1000000) &&
    (value.fingers === undefined ||
      (isObject(value.fingers) &&
        isInteger(value.fingers.comparisons, 0, 1000000) &&
        isInteger(value.fingers.poor, 0, 1000000) &&
        (value.fingers.vouchedBy === undefined || isText(value.fingers.vouchedBy, 1, 64)))) &&
    (value.rightId === undefined || isText(value.rightId, 1, 64)),
  'duty.opened': (value: unknown) =>
    isObject(value) && isText(value.operatorId, 1, 64) && isText(value.certificateId, 1, 64),
  'duty.closed': (value: unknown) =>
    isObject(value) && isText(value.operatorId, 1, 64) && isText(value.certificateId, 1, 64),
  'ribbon.changed': (value: unknown) =>
    isObject(value) &&
    isList(value.by, (item) => isText(item, 1, 64), 1, 2) &&
    isText(value.oldBag, 1, 64) &&
    (isInteger(value.printsLeft, 0, 1000000) || value.printsLeft === null),
  'operator.acted': (value: unknown) =>
    isObject(value) &&
    isText(value.action, 1, 64) &&
    (value.operatorId === undefined || isText(value.operatorId, 1, 64)) &&
    (value.by === undefined || isList(value.by, (item) => isText(item, 1, 64), 0, 2)) &&
    (value.document === undefined || isText(value.document, 1, 120)) &&
    (value.reason === undefined || isText(value.reason, 1, 120)),
  'device.changed': (value: unknown) =>
    isObject(value) &&
    isText(value.device, 1, 64) &&
    isOneOf(value.state, ['ready', 'trouble', 'away']) &&
    (isText(value.code, 1, 64) || value.code === null),
  'command.received': (value: unknown) => isObject(value) && isText(value.cmdId, 1, 64) && isText(value.kind, 1, 64),
  'command.done': (value: unknown) => isObject(value) && isText(value.cmdId, 1, 64) && isText(value.kind, 1, 64),
  'command.failed': (value: unknown) =>
    isObject(value) && isText(value.cmdId, 1, 64) && isText(value.kind, 1, 64) && isText(value.code, 1, 64),
};
