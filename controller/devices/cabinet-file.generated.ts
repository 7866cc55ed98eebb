// Made from cabinet-file.schema.ts by `npm run generate`. Do not edit.
import { isInteger, isList, isObject, isOneOf, isRecord, isText } from '#contract/plain-checks.ts';
import type { CabinetFile, FingerprintScanner, Link, Pins } from './cabinet-file.schema.ts';

export const isCabinetFile = (value: unknown): value is CabinetFile =>
  isObject(value) &&
  value.v === 1 &&
  isObject(value.cardPrinter) &&
  value.cardPrinter.driver === 'evolis' &&
  isLink(value.cardPrinter.link) &&
  isInteger(value.cardPrinter.secondsPerCard, 1, 1800) &&
  (value.cardPrinter.timing === undefined ||
    isRecord(value.cardPrinter.timing, /^.*$/u, (item) => isInteger(item, 0))) &&
  isObject(value.receiptPrinter) &&
  value.receiptPrinter.driver === 'escpos' &&
  isLink(value.receiptPrinter.link) &&
  isOneOf(value.receiptPrinter.columns, [32, 42, 44, 48]) &&
  isObject(value.panel) &&
  value.panel.driver === 'firmata' &&
  isLink(value.panel.link) &&
  isPins(value.panel.pins) &&
  ((isObject(value.camera) &&
    value.camera.driver === 'mjpeg' &&
    isList(value.camera.command, (item) => isText(item, 1, 400), 1)) ||
    value.camera === null) &&
  (value.fingerprintScanner === undefined ||
    isFingerprintScanner(value.fingerprintScanner) ||
    value.fingerprintScanner === null);

export const isFingerprintScanner = (value: unknown): value is FingerprintScanner =>
  (isObject(value) &&
    value.driver === 'zfm' &&
    isLink(value.link) &&
    (value.model === undefined ||
      isOneOf(value.model, ['zfm20', 'r301t', 'r303', 'r304a', 'r305', 'r307', 'r308', 'r503'])) &&
    (value.dpi === undefined || isInteger(value.dpi, 100, 1200))) ||
  (isObject(value) && value.driver === 'uru4000' && (value.dpi === undefined || isInteger(value.dpi, 100, 1200)));

export const isLink = (value: unknown): value is Link =>
  (isObject(value) && value.kind === 'tcp' && isText(value.host, 1, 400) && isInteger(value.port, 1, 65535)) ||
  (isObject(value) && value.kind === 'unix' && isText(value.path, 1, 400)) ||
  (isObject(value) && value.kind === 'serial' && isText(value.path, 1, 400) && isInteger(value.baudRate, 1200));

export const isPins = (value: unknown): value is Pins =>
  isObject(value) &&
  isObject(value.lamps) &&
  isInteger(value.lamps.slot, 0, 127) &&
  isInteger(value.lamps.call, 0, 127) &&
  isInteger(value.lamps.ready, 0, 127) &&
  isInteger(value.lamps.trouble, 0, 127) &&
  isInteger(value.beeper, 0, 127) &&
  isInteger(value.shutterMotor, 0, 127) &&
  isObject(value.sensors) &&
  isInteger(value.sensors.cardAtExit, 0, 127) &&
  isInteger(value.sensors.shutterClosed, 0, 127) &&
  isInteger(value.sensors.doorClosed, 0, 127) &&
  isInteger(value.sensors.mainsPresent, 0, 127);
