import fc from 'fast-check';
import { expect, test } from 'vitest';
import { takeByte } from './commands.ts';
import { freshPress, type Press } from './press.ts';
import { watchByte } from './realtime.ts';

/** Bytes that are mostly the beginnings of commands, so that the deep ends of the tables are reached. */
const letters = [...'@!-23EGMaRtdDJp*$\\{iL(BkvVhwHIrfW8P'].map((letter) => letter.charCodeAt(0));
const nastyByte = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 255 }) },
  { weight: 2, arbitrary: fc.constantFrom(0x1b, 0x1d, 0x1c, 0x10) },
  { weight: 3, arbitrary: fc.constantFrom(...letters) },
  { weight: 2, arbitrary: fc.constantFrom(0, 1, 4, 48, 49, 0x0a, 255) },
);
const nasty = fc.array(nastyByte, { maxLength: 400 });

function feed(printer: Press, bytes: Iterable<number>): string[] {
  const paper: string[] = [];
  for (const byte of bytes) {
    takeByte(printer, byte);
    for (const action of printer.actions.splice(0)) {
      paper.push(
        action.do === 'print' ? `${action.text}|${Buffer.from(action.band.dots).toString('base64')}` : action.do,
      );
    }
  }
  return paper;
}

test('no bytes make the printer throw, print off the paper or remember more than it may', () => {
  fc.assert(
    fc.property(nasty, (bytes) => {
      const printer = freshPress(384);
      for (const byte of bytes) {
        takeByte(printer, byte);
        for (const action of printer.actions.splice(0)) {
          if (action.do !== 'print') continue;
          expect(action.band.widthDots).toBe(384);
          expect(action.band.dots).toHaveLength(48 * action.band.rows);
          expect(action.band.rows).toBeLessThanOrEqual(255 * 255);
        }
      }
      expect(printer.pending.length).toBeLessThanOrEqual(256 * 1024);
      expect(printer.line.length).toBeLessThanOrEqual(384);
      expect(printer.unknown.length).toBeLessThanOrEqual(32);
    }),
    { numRuns: 500 },
  );
});

test('whatever came before, enough NULs and ESC @ bring back a printer that prints', () => {
  fc.assert(
    fc.property(fc.array(nastyByte, { maxLength: 60 }), (bytes) => {
      const printer = freshPress(576);
      feed(printer, [...bytes, ...new Uint8Array(16)]); // a command that has begun says by now how long it is
      const waitsFor = printer.skip + (printer.raster ? printer.raster.rowBytes * printer.raster.rowsLeft : 0);
      fc.pre(waitsFor < 1_000_000); // a picture that claims more would take the real one minutes as well
      feed(printer, new Uint8Array(waitsFor + 300_000));
      const paper = feed(printer, [0x1b, 0x40, 0x4f, 0x4b, 0x0a]);
      expect(paper.at(-1)?.startsWith('OK|')).toBe(true);
    }),
    { numRuns: 60, examples: [[[0x1d, 0x38, 0x1b, 0x40, 0x00, 0x0a]]] },
  );
});

test('a printer that was saved and read back in the middle of anything goes on the same', () => {
  fc.assert(
    fc.property(nasty, fc.nat(400), (bytes, at) => {
      const whole = feed(freshPress(384), bytes);
      const printer = freshPress(384);
      const first = feed(printer, bytes.slice(0, at));
      const again = JSON.parse(JSON.stringify(printer)) as Press;
      expect([...first, ...feed(again, bytes.slice(at))]).toEqual(whole);
    }),
    { numRuns: 200 },
  );
});

test('real-time requests are found wherever they stand, and little is remembered while looking', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0x20, max: 255 })), fc.integer({ min: 1, max: 4 }), (noise, n) => {
      const seen: number[] = [];
      const found = [...noise, 0x10, 0x04, n, ...noise].flatMap((byte) => watchByte(seen, byte) ?? []);
      expect(found).toEqual([{ is: 'status?', n }]);
    }),
  );
  fc.assert(
    fc.property(nasty, (bytes) => {
      const seen: number[] = [];
      for (const byte of bytes) {
        watchByte(seen, byte);
        expect(seen.length).toBeLessThanOrEqual(10);
      }
    }),
  );
});
