import { expect, test } from 'vitest';
import { parseInterrupt } from './interrupts.ts';
import { isAsleep, isRunning, needsReboot, registerRequest, versionsOf } from './registers.ts';

const hex = (text: string) => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'));

test('a register is a vendor request to the device', () => {
  expect(registerRequest('mode')).toEqual({ type: 'vendor', to: 'device', request: 4, value: 0x4e, index: 0 });
});

test('the versions of the recorded reader', () => {
  expect(versionsOf(hex('1a0a1a0a 0115 00000002 0010 8b211130'))).toBe('0115 0010');
});

test.each([
  [0x01, { asleep: false, running: true, reboot: false }],
  [0x81, { asleep: true, running: true, reboot: false }],
  [0x84, { asleep: true, running: false, reboot: true }],
  [0x04, { asleep: false, running: false, reboot: false }],
])('hardware status %i', (status, is) => {
  expect({ asleep: isAsleep(status), running: isRunning(status), reboot: needsReboot(status) }).toEqual(is);
});

test.each([
  ['56aa 0391 0efe 0c54', 'powered-up'],
  ['0101 0200 0800 1000 2000 8000 56aa', 'touched'],
  ['0200 0800 1000 2000 8000 56aa', 'lifted'],
  ['0800', 'picture-lost'],
  ['1234', null],
  ['56', null],
  ['', null],
])('an interrupt packet, as in the recorded session: %s', (packet, word) => {
  expect(parseInterrupt(hex(packet))).toBe(word);
});
