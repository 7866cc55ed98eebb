import { expect, test } from 'vitest';
import {
  parseCount,
  parseErrorMode,
  parsePosition,
  parseRejectBox,
  parseSensor,
  parseSerial,
  parseVolts,
  readAnswer,
} from './replies.ts';

test.each([
  ['OK', 'none'],
  ['NO CARD', 'none'],
  ['ERR CARD', 'none'],
  ['CARD', 'print'],
  ['SMART CARD', 'contact'],
  ['CONTACTLESS CARD AT STATION', 'contactless'],
  ['CARD JAM', undefined],
  ['4,98 Volts', undefined],
])('the position %s is %s', (reply, position) => {
  expect(parsePosition(reply)).toBe(position);
});

test.each([
  ['0,00 Volts', 0, false],
  ['5,00 Volts', 5, true],
  ['0,17 Volts', 0.17, false],
  ['3,92 Volts', 3.92, true],
])('%s is %d V, and a card is there: %s', (reply, volts, on) => {
  expect(parseVolts(reply)).toBe(volts);
  expect(parseSensor(reply)).toBe(on);
});

test('a card under the sensor of the reject box means that it is full', () => {
  expect(parseRejectBox('CARD')).toBe('full');
  expect(parseRejectBox('NO CARD')).toBe('room');
  expect(parseRejectBox('OK')).toBeUndefined();
});

test('counters are decimal, and nothing else is a counter', () => {
  expect(parseCount('187')).toBe(187);
  expect(parseCount('OK')).toBeUndefined();
  expect(parseCount('1,87')).toBeUndefined();
});

test.each([
  ['2', 2],
  ['2;0', 2],
  ['0, 2', 0],
  ['2 2', 2],
  ['OK', undefined],
])('the error mode in %s is %s', (reply, mode) => {
  expect(parseErrorMode(reply)).toBe(mode);
});

test.each(['OK', 'CARD', 'NO CARD', 'ERROR CDE', '0,21 Volts'])('%s is no serial number', (reply) => {
  expect(parseSerial(reply)).toBeUndefined();
});

test('a serial number is any other text', () => {
  expect(parseSerial('10000456789')).toBe('10000456789');
});

test.each([
  ['FEEDER EMPTY', 'card-printer/feeder-empty'],
  ['ERROR FEEDER EMPTY', 'card-printer/feeder-empty'],
  ['ERR RIB DETECTION', 'card-printer/ribbon-missing'],
  ['Error Ribbon', 'card-printer/ribbon-ended'],
  ['CARD JAM', 'card-printer/jam'],
  ['COVER OPEN', 'card-printer/cover-open'],
  ['HOPPER FULL', 'card-printer/reject-box-full'],
  ['ERR NEED CLEANING', 'card-printer/cleaning-due'],
  ['ERROR TIME OUT', 'card-printer/move-failed'],
  ['ERROR CDE', 'device/protocol'],
  ['OPT NOT AVAILABLE', 'device/wrong-model'],
  ['ERROR UNKNOW', 'card-printer/hardware'],
  ['ERR 4711', 'card-printer/hardware'],
])('%s means %s', (reply, code) => {
  expect(readAnswer(reply)).toEqual({ is: 'problem', code });
});

test('OK is accepted, and an answer to another question is neither', () => {
  expect(readAnswer('OK')).toEqual({ is: 'ok' });
  expect(readAnswer('4,98 Volts')).toEqual({ is: 'other' });
});
