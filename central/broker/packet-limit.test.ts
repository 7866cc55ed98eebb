import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packetLimit } from './packet-limit.ts';

/** One packet: a type, its length in seven bits a byte, its body. */
function packet(bodyBytes: number): Uint8Array {
  const header = [0x30];
  let left = bodyBytes;
  do {
    const low = left % 128;
    left = Math.floor(left / 128);
    header.push(left > 0 ? low | 0x80 : low);
  } while (left > 0);
  return Uint8Array.from([...header, ...new Uint8Array(bodyBytes).fill(0xff)]);
}

test('however the bytes arrive, a stream is stopped at the first packet that is too long, and at no other', () => {
  const cuts = fc.array(fc.nat({ max: 400 }), { maxLength: 6 });
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 300 }), { minLength: 1, maxLength: 8 }), cuts, (lengths, at) => {
      const stream = Uint8Array.from(lengths.flatMap((length) => [...packet(length)]));
      const sees = packetLimit(200);
      const edges = [...at.filter((edge) => edge < stream.length).sort((a, b) => a - b), stream.length];
      let from = 0;
      let fits = true;
      for (const edge of edges) {
        fits = sees(stream.subarray(from, edge));
        from = edge;
      }
      expect(fits).toBe(lengths.every((length) => length <= 200));
    }),
  );
});

test('a length that never ends is too long', () => {
  expect(packetLimit(1_000)(Uint8Array.of(0x30, 0x80, 0x80, 0x80, 0x80))).toBe(false);
});
