// Made from record.schema.ts by `npm run generate`. Do not edit.
import { isList, isObject, isOneOf, isText } from '#contract/plain-checks.ts';
import type { CardFields, SealedRecord } from './record.schema.ts';

export const isCardFields = (value: unknown): value is CardFields =>
  isObject(value) &&
  isText(value.province, 1, 60) &&
  isText(value.city, 1, 60) &&
  isText(value.nik) &&
  /^[0-9]{16}$/u.test(value.nik) &&
  isText(value.name, 1, 120) &&
  isText(value.birthPlace, 1, 60) &&
  isText(value.birthDate) &&
  /^[0-9]{2}-[0-9]{2}-[0-9]{4}$/u.test(value.birthDate) &&
  isOneOf(value.sex, ['LAKI-LAKI', 'PEREMPUAN']) &&
  isText(value.bloodGroup, 1, 3) &&
  isText(value.address, 1, 160) &&
  isText(value.rtRw) &&
  /^[0-9]{3}\/[0-9]{3}$/u.test(value.rtRw) &&
  isText(value.kelurahan, 1, 60) &&
  isText(value.kecamatan, 1, 60) &&
  isText(value.religion, 1, 40) &&
  isText(value.maritalStatus, 1, 24) &&
  isText(value.occupation, 1, 60) &&
  isOneOf(value.nationality, ['WNI', 'WNA']) &&
  isText(value.validUntil, 1, 24) &&
  isText(value.issuePlace, 1, 60) &&
  isText(value.issueDate) &&
  /^[0-9]{2}-[0-9]{2}-[0-9]{4}$/u.test(value.issueDate) &&
  isText(value.portrait, 1, 131072) &&
  (isText(value.signature, 0, 131072) || value.signature === null);

export const isSealedRecord = (value: unknown): value is SealedRecord =>
  isObject(value) &&
  value.v === 1 &&
  isText(value.rightId, 1, 64) &&
  isText(value.class, 1, 32) &&
  typeof value.firstCard === 'boolean' &&
  isCardFields(value.card) &&
  ((isObject(value.identify) &&
    isText(value.identify.code, 1, 64) &&
    isText(value.identify.nik, 1, 64) &&
    isText(value.identify.pinVerifier, 1, 200)) ||
    value.identify === null) &&
  isList(value.fingers, (item) => isText(item, 0, 4096), 0, 10);
