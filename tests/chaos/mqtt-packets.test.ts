import fc from 'fast-check';
import { expect, test } from 'vitest';
import { copyOf, openScanner, publicationOf, types } from '#tools/chaos/mqtt-packets.ts';

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');

/** CONNACK, then PUBLISH at quality 1 with identifier 7 to `a/b` saying `hi` (retained), then PUBACK. */
const connack = hex('20 02 00 00');
const publish = hex('33 09 00 03 61 2f 62 00 07 68 69');
const puback = hex('40 02 00 07');

test('however the bytes arrive, whole packets come out, and nothing is lost or made up', () => {
  const long = Buffer.concat([hex('30 ad 02 00 03 61 2f 62'), Buffer.alloc(296, 'x')]); // 301 bytes: a length of two bytes
  const packets = [connack, publish, puback, long];
  const stream = Buffer.concat(packets);
  fc.assert(
    fc.property(fc.array(fc.nat({ max: stream.length }), { maxLength: 8 }), (at) => {
      const edges = [...at].sort((a, b) => a - b);
      const pieces = [...edges, stream.length].map((end, index) => stream.subarray(edges[index - 1] ?? 0, end));
      const scan = openScanner();
      expect(pieces.flatMap((piece) => scan(piece).map(({ bytes }) => bytes.toString('hex')))).toEqual(
        packets.map((bytes) => bytes.toString('hex')),
      );
    }),
  );
});

test('a message says its topic and what it carries, with an identifier before that or without', () => {
  const [first] = openScanner()(publish);
  if (!first) throw new Error('no packet');
  expect(first.type).toBe(types.publish);
  expect(publicationOf(first)).toEqual({ topic: 'a/b', payload: Buffer.from('hi') });
  const copy = copyOf(first);
  expect(copy.bytes, 'quality 0, no identifier, still retained').toEqual(hex('31 07 00 03 61 2f 62 68 69'));
  expect(publicationOf(copy)).toEqual(publicationOf(first));
});

test('a length that never ends is no MQTT', () => {
  expect(() => openScanner()(hex('30 ff ff ff ff 01'))).toThrow(/no MQTT/);
});
