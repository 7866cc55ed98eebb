import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { askJobDone, isJobDone, jobIdOf } from './commands.ts';
import { type Reply, scanReply } from './scan-reply.ts';
import { automaticFlags, realTimeFlags } from './status-bits.ts';

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));

/** Every reply in the bytes, however they are cut. */
function repliesIn(...chunks: Uint8Array[]): Reply[] {
  const replies: Reply[] = [];
  let unread: Uint8Array = new Uint8Array();
  for (const chunk of chunks) {
    unread = Buffer.concat([unread, chunk]);
    for (let scan = scanReply(unread); scan.found !== 'nothing-yet'; scan = scanReply(unread)) {
      unread = scan.rest;
      if (scan.found === 'reply') replies.push(scan.reply);
    }
  }
  return replies;
}
const kindsIn = (...chunks: Uint8Array[]) => repliesIn(...chunks).map(({ kind }) => kind);

describe('replies are told apart by their kind of byte alone', () => {
  test('a status, automatic status, a mark in the data, a job that is done', () => {
    const bytes = hex('12  10 00 00 00  00  37 22 30 30 30 31 00  11');
    expect(kindsIn(bytes)).toEqual(['real-time', 'automatic', 'in-order', 'block', 'flow']);
  });

  test('automatic status that breaks off does not swallow the status after it', () => {
    expect(kindsIn(hex('10 00'), hex('12'), hex('0c'))).toEqual(['real-time', 'in-order']);
    expect(kindsIn(hex('10 00 12'))).toEqual(['real-time']);
  });

  test('a block that never ends is noise', () => {
    expect(kindsIn(new Uint8Array(500).fill(0x5f), hex('12'))).toEqual(['real-time']);
    expect(kindsIn(hex('5f 45 50'), hex('12'))).toEqual(['real-time']);
  });

  test('every byte is one kind of reply, the beginning of one, or noise', () => {
    const kinds = Array.from({ length: 256 }, (_, byte) => {
      const scan = scanReply(Uint8Array.of(byte));
      return scan.found === 'reply' ? scan.reply.kind : scan.found;
    });
    const count = (kind: string) => kinds.filter((one) => one === kind).length;
    expect({ realTime: count('real-time'), inOrder: count('in-order'), flow: count('flow') }).toEqual({
      realTime: 16,
      inOrder: 64,
      flow: 2,
    });
    expect({ begun: count('nothing-yet'), noise: count('noise') }).toEqual({ begun: 21, noise: 153 });
  });

  test('they are the same wherever the wire cuts them', () => {
    const status = fc.constantFrom(0x12, 0x16, 0x1a, 0x32, 0x72, 0x7e).map((byte) => hex(byte.toString(16)));
    const automatic = fc
      .tuple(fc.constantFrom(0x10, 0x18, 0x30, 0x38), fc.constantFrom(0, 0x08, 0x20))
      .map(([a, b]) => Uint8Array.of(a, b, 0, 0));
    const done = fc.nat(9_999).map((no) => Uint8Array.of(0x37, 0x22, ...new TextEncoder().encode(jobIdOf(no)), 0));
    const mark = fc.constantFrom(0, 3, 12, 15).map((byte) => Uint8Array.of(byte));
    fc.assert(
      fc.property(fc.array(fc.oneof(status, automatic, done, mark)), fc.array(fc.nat(60)), (replies, cuts) => {
        const stream = new Uint8Array(Buffer.concat(replies));
        const at = [0, ...cuts.map((cut) => Math.min(cut, stream.length)).sort((a, b) => a - b), stream.length];
        const chunks = at.slice(1).map((end, index) => stream.subarray(at[index], end));
        expect(repliesIn(...chunks)).toEqual(replies.map((reply) => repliesIn(reply)[0]));
      }),
    );
  });
});

describe('what the bits say', () => {
  test.each([
    [1, '12', []],
    [1, '16', ['drawer-high']],
    [1, '1a', ['offline']],
    [2, '16', ['cover-open']],
    [2, '32', ['stopped-for-paper']],
    [3, '1a', ['cutter-error']],
    [3, '32', ['unrecoverable']],
    [3, '52', ['passing-error']],
    [4, '1e', ['paper-near-end']],
    [4, '7e', ['paper-near-end', 'paper-end']],
    [4, '52', []], // a ticket in the presenter of some models, not the end of the roll
  ] as const)('DLE EOT %i answered by %s', (question, byte, flags) => {
    expect(realTimeFlags(question, hex(byte)[0]!)).toEqual(flags);
  });

  test.each([
    ['10 00 00 00', []],
    ['38 00 00 00', ['offline', 'cover-open']],
    ['18 08 00 00', ['offline', 'cutter-error']],
    ['18 00 0f 00', ['offline', 'paper-near-end', 'paper-end']],
    ['10 40 03 00', ['passing-error', 'paper-near-end']],
  ] as const)('automatic status %s', (bytes, flags) => {
    expect(automaticFlags(hex(bytes))).toEqual(flags);
  });

  test('the number of a job comes back as it was sent', () => {
    expect(askJobDone('00a7')).toEqual(hex('1d 28 48 06 00 30 30 30 30 61 37'));
    expect(isJobDone({ header: 0x37, body: hex('22 30 30 61 37') }, '00a7')).toBe(true);
    expect(isJobDone({ header: 0x37, body: hex('22 30 30 61 38') }, '00a7')).toBe(false);
  });
});
