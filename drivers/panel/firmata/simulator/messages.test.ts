import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changedPorts, freshChip, type Levels, obey } from './board.ts';
import { type HostMessage, takeByte, type Unfinished } from './messages.ts';

const levels: Levels = { cardAtExit: true, shutterClosed: true, doorClosed: true, mainsPresent: true };
const map = {
  lamps: { slot: 4, call: 5, ready: 6, trouble: 7 },
  beeper: 8,
  shutterMotor: 9,
  sensors: { cardAtExit: 10, shutterClosed: 11, doorClosed: 12, mainsPresent: 13 },
};
const read = (...bytes: number[]) => {
  const unfinished: Unfinished = [];
  return bytes.flatMap((byte): HostMessage[] => [takeByte(unfinished, byte) ?? []].flat());
};

test('messages of the host, byte for byte', () => {
  expect(read(0xf4, 13, 0x0b)).toEqual([{ is: 'pin-mode', pin: 13, mode: 11 }]);
  expect(read(0x91, 0x7f, 0x01)).toEqual([{ is: 'port-value', port: 1, bits: 0xff }]);
  expect(read(0xd1, 1)).toEqual([{ is: 'report-port', port: 1, on: true }]);
  expect(read(0xe3, 0x7f, 0x01)).toEqual([{ is: 'analog-value', pin: 3, value: 255 }]);
  expect(read(0xf0, 0x6f, 17, 1, 1, 0xf7)).toEqual([{ is: 'analog-value', pin: 17, value: 129 }]);
  expect(read(0xf0, 0x7a, 100, 1, 0xf7)).toEqual([{ is: 'sampling', everyMs: 228 }]);
});

test('a new command ends one that was half said, and what is not known is passed over', () => {
  expect(read(0x91, 0x01, 0xf9)).toEqual([{ is: 'version?' }]);
  expect(read(1, 2, 3, 0xf9)).toEqual([{ is: 'version?' }]);
  expect(read(0xf0, 0x71, 1, 2, 3, 0xf7, 0xf9)).toEqual([{ is: 'unknown' }, { is: 'version?' }]);
  expect(read(0xf0, 0x79, ...Array(200).fill(1), 0xf7, 0xff)).toEqual([{ is: 'unknown' }, { is: 'reset' }]);
});

test('no bytes make the board throw, invent pins or remember more than it may', () => {
  const byte = fc.oneof(
    fc.integer({ min: 0, max: 255 }),
    fc.constantFrom(0xf0, 0xf7, 0xf4, 0x90, 0x91, 0xd0, 0xe5, 0xf5, 0xff),
  );
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 300 }), (bytes) => {
      const chip = freshChip();
      const unfinished: Unfinished = [];
      for (const each of bytes) {
        const message = takeByte(unfinished, each);
        expect(unfinished.length).toBeLessThanOrEqual(66);
        const replies = message ? [...obey(chip, message, levels, map), ...changedPorts(chip, levels, map)] : [];
        for (const reply of replies) for (const data of reply.slice(1, -1)) expect(data).toBeLessThan(0x80);
        expect([chip.pins.length, chip.reportedPorts.length, chip.reportedChannels.length]).toEqual([20, 3, 20]);
      }
    }),
    { numRuns: 500 },
  );
});
