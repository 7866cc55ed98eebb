// Made from enrolment.schema.ts by `npm run generate`. Do not edit.
import { isInteger, isList, isObject, isOneOf, isText, isTuple } from '#contract/plain-checks.ts';
import type { Enrolment, EnrolmentRequest, SiteInfo } from './enrolment.schema.ts';

export const isEnrolment = (value: unknown): value is Enrolment =>
  isObject(value) &&
  value.v === 1 &&
  isText(value.kiosk, 1, 32) &&
  isText(value.shard, 1, 32) &&
  isInteger(value.epoch, 1) &&
  isSiteInfo(value.site) &&
  isObject(value.centralSealingKey) &&
  value.centralSealingKey.kty === 'OKP' &&
  isText(value.centralSealingKey.crv, 1, 16) &&
  isText(value.centralSealingKey.x, 1, 64) &&
  isObject(value.centralSigningKey) &&
  value.centralSigningKey.kty === 'OKP' &&
  isText(value.centralSigningKey.crv, 1, 16) &&
  isText(value.centralSigningKey.x, 1, 64) &&
  isText(value.brokerUrl, 1, 200) &&
  isText(value.sealedPassword, 1, 2048);

export const isEnrolmentRequest = (value: unknown): value is EnrolmentRequest =>
  isObject(value) &&
  value.v === 1 &&
  isText(value.kiosk) &&
  /^[A-Za-z0-9][A-Za-z0-9-]{0,31}$/u.test(value.kiosk) &&
  isObject(value.sealingKey) &&
  value.sealingKey.kty === 'OKP' &&
  isText(value.sealingKey.crv, 1, 16) &&
  isText(value.sealingKey.x, 1, 64);

export const isSiteInfo = (value: unknown): value is SiteInfo =>
  isObject(value) &&
  isText(value.code) &&
  /^[A-Z0-9]{2,6}$/u.test(value.code) &&
  isText(value.name, 1, 60) &&
  isOneOf(value.kind, ['HUB', 'KECAMATAN', 'MOBILE']) &&
  isText(value.kecamatanCode, 1, 13) &&
  isText(value.cityCode, 1, 8) &&
  isText(value.city, 1, 60) &&
  isText(value.province, 1, 60) &&
  (value.hours === undefined ||
    isList(
      value.hours,
      (item) =>
        isList(item, (item) =>
          isTuple(item, [
            (item) => isText(item) && /^[0-2][0-9]:[0-5][0-9]$/u.test(item),
            (item) => isText(item) && /^[0-2][0-9]:[0-5][0-9]$/u.test(item),
          ]),
        ),
      7,
      7,
    ));
