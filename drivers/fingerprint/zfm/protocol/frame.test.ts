import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ANY_ADDRESS, buildFrame, type Frame, scanFrame } from './frame.ts';

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const data = Uint8Array.from({ length: 128 }, (_, n) => n);
const reply = hex('EF01 FFFFFFFF 07 0003 00 000A');

/** Everything that is found in bytes that come in these pieces. */
function found(...pieces: Uint8Array[]): string[] {
  const all: string[] = [];
  let unread: Uint8Array = new Uint8Array();
  for (const piece of pieces) {
    unread = Buffer.concat([unread, piece]);
    for (let scan = scanFrame(unread); scan.found !== 'nothing-yet'; scan = scanFrame(unread)) {
      unread = scan.rest;
      all.push(scan.found === 'frame' ? scan.frame.packet : scan.found);
    }
  }
  return all;
}

test('a packet of 128 bytes, as the sheet gives it', () => {
  const frame = buildFrame({ address: ANY_ADDRESS, packet: 'data', content: data });
  expect(frame).toEqual(hex(`EF01 FFFFFFFF 02 0082 ${Buffer.from(data).toString('hex')} 2044`));
  expect(scanFrame(frame)).toMatchObject({ found: 'frame', frame: { packet: 'data', content: data } });
});

test.each([
  ['done', 'EF01 FFFFFFFF 07 0003 00 000A', '00'],
  ['no finger', 'EF01 FFFFFFFF 07 0003 02 000C', '02'],
  ['a score of 123', 'EF01 FFFFFFFF 07 0005 00 007B 0087', '00 007B'],
  ['an echo', 'EF01 FFFFFFFF 07 0003 55 005F', '55'],
])('a reply: %s', (_, bytes, content) => {
  const expected = { address: ANY_ADDRESS, packet: 'reply', content: hex(content) };
  expect(scanFrame(hex(bytes))).toEqual({ found: 'frame', frame: expected, rest: hex('') });
});

describe('bytes that are no frame', () => {
  test('before one are noise: the 0x55 of a module that has started, or half a frame', () => {
    expect(scanFrame(hex('55 EF01'))).toEqual({ found: 'noise', skipped: hex('55'), rest: hex('EF01') });
    expect(found(hex('55'), reply)).toEqual(['noise', 'reply']);
    expect(found(hex('FF 07 00 03 00 00 0A'), reply)).toEqual(['noise', 'reply']);
    expect(found(hex('EF EF EF'), reply)).toEqual(['noise', 'noise', 'reply']);
  });

  test('that begin like one, but are of no kind or no length, are noise', () => {
    expect(found(hex('EF01 FFFFFFFF 03 0003 00'), reply)).toEqual(['noise', 'noise', 'reply']);
    expect(found(hex('EF01 FFFFFFFF 07 0002'), reply)).toEqual(['noise', 'noise', 'reply']);
    expect(found(hex('EF01 FFFFFFFF 07 0103'), reply)).toEqual(['noise', 'noise', 'reply']);
  });

  test('a wrong checksum is damage, and the frame after it is found', () => {
    expect(found(hex('EF01 FFFFFFFF 07 0003 00 000B'), reply)).toEqual(['damaged', 'noise', 'reply']);
  });

  test('a frame that lost a byte does not take the next one with it', () => {
    expect(found(hex('EF01 FFFFFFFF 07 0003 00 0A'), reply)).toEqual(['damaged', 'noise', 'reply']);
  });
});

const anyFrame: fc.Arbitrary<Frame> = fc.record({
  address: fc.nat({ max: ANY_ADDRESS }),
  packet: fc.constantFrom('command', 'data', 'reply', 'lastData'),
  content: fc.uint8Array({ minLength: 1, maxLength: 256 }),
});

test('frames cut anywhere are the same frames', () => {
  fc.assert(
    fc.property(fc.array(anyFrame, { maxLength: 4 }), fc.array(fc.nat(1_200), { maxLength: 6 }), (frames, places) => {
      const wire = Buffer.concat(frames.map(buildFrame));
      const cuts = [...places.sort((a, b) => a - b), wire.length];
      const pieces = cuts.map((to, n) => wire.subarray(cuts[n - 1] ?? 0, to));
      expect(found(...pieces)).toEqual(frames.map(({ packet }) => packet));
    }),
  );
});

test('one flipped bit of kind, length, content or checksum is never the same frame', () => {
  fc.assert(
    fc.property(anyFrame, fc.nat(), fc.nat(7), (frame, place, bit) => {
      const bytes = buildFrame(frame);
      const at = 6 + (place % (bytes.length - 6));
      bytes[at] = (bytes[at] as number) ^ (1 << bit);
      expect(scanFrame(bytes).found).not.toBe('frame');
    }),
  );
});
