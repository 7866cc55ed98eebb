import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { JpegSplitter } from './splitter.ts';

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const join = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));
const toHex = (all: Uint8Array[]) => all.map((one) => Buffer.from(one).toString('hex'));

/** The smallest thing that is built like a picture: a segment, a scan with a stuffed FF and a restart, an end. */
const small = hex('ffd8 ffe0 0004 4a46 ffda 0003 01 1122 ff00 33 ffd3 44 ffd9');
/** With a thumbnail, a whole picture, inside its second segment. */
const withThumbnail = join(hex('ffd8 ffe1 0019'), small, hex('ffda 0003 01 5566 ffd9'));

describe('a stream is cut into pictures', () => {
  test('one after the other', () => {
    expect(toHex(new JpegSplitter().push(join(small, small)))).toEqual(toHex([small, small]));
  });

  test('and a thumbnail inside a picture is not a picture', () => {
    expect(toHex(new JpegSplitter().push(join(withThumbnail, small)))).toEqual(toHex([withThumbnail, small]));
  });

  test('with multipart headers between them', () => {
    const header = new TextEncoder().encode('\r\n--frame\r\nContent-Type: image/jpeg\r\nContent-Length: 26\r\n\r\n');
    expect(toHex(new JpegSplitter().push(join(header, small, header, small)))).toEqual(toHex([small, small]));
  });

  test('and one that breaks off is dropped, not joined to the next', () => {
    const broken = small.subarray(0, 17); // in the middle of its scan
    expect(toHex(new JpegSplitter().push(join(broken, small)))).toEqual(toHex([small]));
  });

  test('and one that breaks off inside a segment costs itself only', () => {
    const broken = hex('ffd8 ffe0 0040'); // promises 62 bytes that never come
    expect(toHex(new JpegSplitter().push(join(broken, small, small, small)))).toEqual(toHex([small, small, small]));
  });

  test('as a camera library makes them, progressive too', async () => {
    const plain = { create: { width: 64, height: 48, channels: 3 as const, background: '#406080' } };
    const baseline = new Uint8Array(await sharp(plain).jpeg().toBuffer());
    const progressive = new Uint8Array(await sharp(plain).jpeg({ progressive: true }).toBuffer());
    expect(toHex(new JpegSplitter().push(join(baseline, progressive)))).toEqual(toHex([baseline, progressive]));
  });
});

test('the pictures are the same wherever the pipe cuts them', () => {
  const noise = fc.uint8Array({ maxLength: 9 }).map((bytes) => bytes.map((byte) => byte & 0x7f));
  const parts = fc.array(fc.oneof(fc.constant(small), fc.constant(withThumbnail), noise), { maxLength: 8 });
  fc.assert(
    fc.property(parts, fc.array(fc.nat(300)), (pieces, cuts) => {
      const stream = join(...pieces);
      const at = [0, ...cuts.map((cut) => Math.min(cut, stream.length)).sort((a, b) => a - b), stream.length];
      const splitter = new JpegSplitter();
      const found = at.slice(1).flatMap((end, index) => splitter.push(stream.subarray(at[index], end)));
      expect(toHex(found)).toEqual(toHex(pieces.filter((piece) => piece === small || piece === withThumbnail)));
    }),
  );
});

test('no bytes at all make it fail, and after them it still finds a picture', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 60 })), (chunks) => {
      const splitter = new JpegSplitter();
      for (const chunk of chunks) splitter.push(chunk);
      const later = Array.from({ length: 70_000 / small.length }, () => small); // longer than any segment can reach
      expect(toHex(splitter.push(join(...later)).slice(-1))).toEqual(toHex([small]));
    }),
    { numRuns: 60 },
  );
});

test('a picture that never ends does not fill the memory', () => {
  const splitter = new JpegSplitter(1_000);
  const endless = join(hex('ffd8 ffda 0003 01'), new Uint8Array(500));
  splitter.push(endless);
  for (let more = 0; more < 10; more += 1) expect(splitter.push(new Uint8Array(500))).toEqual([]);
  expect(toHex(splitter.push(small))).toEqual(toHex([small]));
});
