// Made from messages.schema.ts by `npm run generate`. Do not edit.
import { isInteger, isList, isNumber, isObject, isOneOf, isRecord, isText } from '#contract/plain-checks.ts';
import type {
  Ack,
  Center,
  Cmd,
  Evt,
  Head,
  LeaseClaims,
  Lookup,
  PublicJwk,
  Question,
  Rep,
  Req,
  State,
} from './messages.schema.ts';

export const isAck = (value: unknown): value is Ack =>
  isObject(value) &&
  value.v === 1 &&
  isInteger(value.term, 1) &&
  isInteger(value.epoch, 1) &&
  isInteger(value.seq, 0) &&
  isText(value.hash, 43, 43) &&
  typeof value.gap === 'boolean' &&
  (value.fork === undefined || isHead(value.fork));

export const isCenter = (value: unknown): value is Center =>
  isObject(value) &&
  value.v === 1 &&
  typeof value.online === 'boolean' &&
  isInteger(value.term, 1) &&
  isInteger(value.at, 0);

export const isCmd = (value: unknown): value is Cmd =>
  isObject(value) &&
  value.v === 1 &&
  isText(value.cmdId, 1, 64) &&
  isText(value.kind, 0, 64) &&
  isInteger(value.exp, 0) &&
  (value.args === undefined || isRecord(value.args, /^.*$/u, (item) => isText(item, 0, 200)));

export const isEvt = (value: unknown): value is Evt =>
  isObject(value) &&
  value.v === 1 &&
  isText(value.dev, 1, 64) &&
  isInteger(value.epoch, 1) &&
  isInteger(value.first, 1) &&
  isText(value.prev, 43, 43) &&
  isList(value.evs, (item) => isText(item, 2, 16384), 1, 50);

export const isHead = (value: unknown): value is Head =>
  isObject(value) && isInteger(value.seq, 0) && isText(value.hash, 43, 43);

export const isLeaseClaims = (value: unknown): value is LeaseClaims =>
  isObject(value) &&
  value.v === 1 &&
  isText(value.rightId, 1, 64) &&
  isText(value.leaseId, 1, 64) &&
  isText(value.kiosk, 1, 64) &&
  isInteger(value.epoch, 1) &&
  isText(value.reqId, 1, 64) &&
  isText(value.class, 0, 64) &&
  isText(value.policy, 0, 32) &&
  isText(value.rule, 0, 64) &&
  isOneOf(value.mode, ['online', 'offline']) &&
  isInteger(value.grantedMs, 0) &&
  isInteger(value.expiresMs, 0) &&
  isText(value.nonce, 1, 64) &&
  isText(value.sealedSha256, 43, 43);

export const isLookup = (value: unknown): value is Lookup =>
  isObject(value) && isOneOf(value.kind, ['code', 'nik']) && isText(value.value, 1, 32);

export const isPublicJwk = (value: unknown): value is PublicJwk =>
  isObject(value) && value.kty === 'OKP' && isText(value.crv, 0, 16) && isText(value.x, 0, 64);

export const isQuestion = (value: unknown): value is Question =>
  isObject(value) && isLookup(value.lookup) && (value.pin === undefined || isText(value.pin, 0, 16));

export const isRep = (value: unknown): value is Rep =>
  isObject(value) &&
  value.v === 1 &&
  isText(value.reqId, 1, 64) &&
  typeof value.ok === 'boolean' &&
  (value.code === undefined || isText(value.code, 0, 64)) &&
  (value.params === undefined || isRecord(value.params, /^.*$/u, (item) => isText(item, 0, 200) || isNumber(item))) &&
  (value.sealed === undefined || isText(value.sealed, 1, 131072)) &&
  (value.lease === undefined || isText(value.lease, 0, 8192));

export const isReq = (value: unknown): value is Req =>
  isObject(value) &&
  value.v === 1 &&
  isText(value.reqId, 1, 64) &&
  isInteger(value.epoch, 1) &&
  isInteger(value.exp, 0) &&
  (value.replyKey === undefined || isPublicJwk(value.replyKey)) &&
  (value.sealed === undefined || isText(value.sealed, 1, 131072)) &&
  (value.lease === undefined ||
    (isObject(value.lease) &&
      isText(value.lease.rightId, 1, 64) &&
      isText(value.lease.identifyReqId, 1, 64) &&
      isText(value.lease.sealedSha256, 43, 43))) &&
  (value.offline === undefined || (isObject(value.offline) && isText(value.offline.rightId, 1, 64)));

export const isState = (value: unknown): value is State =>
  isObject(value) &&
  value.v === 1 &&
  isText(value.dev, 1, 64) &&
  isInteger(value.epoch, 1) &&
  typeof value.online === 'boolean' &&
  isText(value.session, 1, 64) &&
  isInteger(value.at, 0) &&
  (value.head === undefined || isHead(value.head)) &&
  (value.acked === undefined || isHead(value.acked)) &&
  (value.older === undefined ||
    isList(
      value.older,
      (item) => isObject(item) && isInteger(item.epoch, 1) && isInteger(item.seq, 0) && isText(item.hash, 43, 43),
      0,
      32,
    )) &&
  (value.software === undefined || isText(value.software, 0, 32)) &&
  (value.service === undefined ||
    (isObject(value.service) &&
      isOneOf(value.service.mode, ['full', 'status-only', 'closed']) &&
      (isText(value.service.reason, 0, 64) || value.service.reason === null))) &&
  (value.blanko === undefined || isRecord(value.blanko, /^.*$/u, (item) => isInteger(item))) &&
  (value.devices === undefined ||
    isRecord(
      value.devices,
      /^.*$/u,
      (item) =>
        isObject(item) &&
        isOneOf(item.state, ['ready', 'trouble', 'away', 'opening']) &&
        (isText(item.code, 0, 64) || item.code === null),
    )) &&
  (value.officerCalled === undefined || typeof value.officerCalled === 'boolean') &&
  (value.visitNo === undefined || isText(value.visitNo, 0, 24) || value.visitNo === null) &&
  (value.ribbonPrintsLeft === undefined || isInteger(value.ribbonPrintsLeft, 0) || value.ribbonPrintsLeft === null) &&
  (value.term === undefined || isInteger(value.term, 1)) &&
  (value.disk === undefined ||
    (isObject(value.disk) &&
      isInteger(value.disk.usedBytes, 0) &&
      isInteger(value.disk.budgetBytes, 0) &&
      isInteger(value.disk.freeBytes, 0)));

export const messageChecks = {
  evt: isEvt,
  ack: isAck,
  state: isState,
  req: isReq,
  rep: isRep,
  cmd: isCmd,
  center: isCenter,
};
