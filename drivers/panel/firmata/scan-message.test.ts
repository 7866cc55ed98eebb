import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scanMessage } from './scan-message.ts';

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));

/** Every message in the bytes, however they are cut, and what is left over. */
function messagesIn(chunks: readonly Uint8Array[]): string[] {
  const found: string[] = [];
  let unread: Uint8Array = new Uint8Array();
  for (const chunk of chunks) {
    unread = Buffer.concat([unread, chunk]);
    for (let scan = scanMessage(unread); scan.found !== 'nothing-yet'; scan = scanMessage(unread)) {
      unread = scan.rest;
      if (scan.found === 'message') found.push(Buffer.from(scan.message).toString('hex'));
    }
  }
  return found;
}

test('a version, a firmware name and a port are three messages', () => {
  expect(messagesIn([hex('f9 02 08 f0 79 02 08 50 00 f7 91 06 00')])).toEqual([
    'f90208',
    'f079020850 00f7'.replace(' ', ''),
    '910600',
  ]);
});

test('noise with a top bit in the data of a message is no message', () => {
  expect(messagesIn([hex('91 ff 7f 91 06 00')])).toEqual(['910600']);
  expect(messagesIn([hex('f0 79 91 06 00')])).toEqual(['910600']);
});

test('a board that never ends its sysex does not fill the memory', () => {
  const endless = Uint8Array.from({ length: 4_096 }, (_, at) => (at === 0 ? 0xf0 : 1));
  expect(messagesIn([endless, hex('91 06 00')])).toEqual(['910600']);
});

test('messages are the same wherever the wire cuts them', () => {
  const message = fc.oneof(
    fc.tuple(
      fc.constantFrom(0x90, 0x91, 0xe3, 0xf9),
      fc.integer({ max: 127, min: 0 }),
      fc.integer({ max: 127, min: 0 }),
    ),
    fc.array(fc.integer({ min: 0, max: 127 }), { maxLength: 20 }).map((data) => [0xf0, ...data, 0xf7]),
  );
  fc.assert(
    fc.property(fc.array(message), fc.array(fc.nat(200)), (messages, cuts) => {
      const bytes = Uint8Array.from(messages.flat());
      const at = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
      const chunks = at.slice(1).map((end, index) => bytes.subarray(at[index], end));
      expect(messagesIn(chunks)).toEqual(messages.map((one) => Buffer.from(one).toString('hex')));
    }),
  );
});

test('no bytes at all make it fail or stop', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void messagesIn([bytes])));
});
