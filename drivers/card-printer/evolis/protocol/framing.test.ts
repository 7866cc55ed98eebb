import fc from 'fast-check';
import { expect, test } from 'vitest';
import { frameCommand, frameDownload, MAX_REPLY_BYTES, scanReplies } from './framing.ts';

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));

test('a command is ESC, its text and CR', () => {
  expect(frameCommand('Pem;2')).toEqual(hex('1b 50 65 6d 3b 32 0d'));
  expect(frameCommand('Rsn')).toEqual(hex('1b 52 73 6e 0d'));
});

test('a download is filled up with NULs to a multiple of 64 bytes', () => {
  const { frame, data } = frameDownload('Dbc;k;2;2;', 2);
  data.set([0x01, 0x80]);
  expect(frame).toHaveLength(64);
  expect(frame.subarray(0, 14)).toEqual(hex('1b 44 62 63 3b 6b 3b 32 3b 32 3b 01 80 0d'));
  expect(frame.subarray(14).every((byte) => byte === 0)).toBe(true);
});

test.each([
  [83_312, 83_328],
  [42_832, 42_880],
  [83_223, 83_264],
])('a panel of %i bytes takes %i on the wire, as the captures of the vendor driver do', (dataBytes, frameBytes) => {
  expect(frameDownload(`Dbc;k;2;${dataBytes};`, dataBytes).frame).toHaveLength(frameBytes);
});

test('replies end with NUL, and their padding is none', () => {
  expect(scanReplies(new Uint8Array(), hex('4f 4b 00 00 00 43 41 52 44 00 35 2c'))).toEqual({
    replies: ['OK', 'CARD'],
    rest: hex('35 2c'),
    noiseBytes: 0,
  });
});

test('replies cut anywhere are the same replies', () => {
  const wire = Buffer.from('OK\x00SMART CARD\x004,98 Volts\x00ERROR CDE\x00', 'latin1');
  const cuts = fc.array(fc.integer({ min: 0, max: wire.length }), { maxLength: 12 });
  fc.assert(
    fc.property(cuts, (places) => {
      const replies: string[] = [];
      let rest = new Uint8Array();
      let from = 0;
      for (const to of [...places.sort((a, b) => a - b), wire.length]) {
        const scan = scanReplies(rest, wire.subarray(from, to));
        replies.push(...scan.replies);
        rest = Uint8Array.from(scan.rest);
        from = to;
      }
      expect(replies).toEqual(['OK', 'SMART CARD', '4,98 Volts', 'ERROR CDE']);
    }),
  );
});

test('noise without an end is given up, and the next reply is read', () => {
  const noise = scanReplies(new Uint8Array(), new Uint8Array(MAX_REPLY_BYTES + 1).fill(0x55));
  expect(noise).toEqual({ replies: [], rest: new Uint8Array(), noiseBytes: MAX_REPLY_BYTES + 1 });
  expect(scanReplies(noise.rest, hex('4f 4b 00')).replies).toEqual(['OK']);
});
