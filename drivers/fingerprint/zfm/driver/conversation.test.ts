import { expect, test } from 'vitest';
import { memoryLinkPair } from '#drivers/kit/memory-link.ts';
import { silentLog } from '#kit/log.ts';
import { manualClock } from '#kit/manual-clock.ts';
import { ANY_ADDRESS, buildFrame, type Packet } from '../protocol/frame.ts';
import { instructions } from '../protocol/instructions.ts';
import { inTime } from '../test-place.ts';
import { Conversation } from './conversation.ts';
import { greet, persist } from './greeting.ts';

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const frame = (packet: Packet, content: string, address = ANY_ADDRESS) =>
  buildFrame({ address, packet, content: hex(content) });
const reply = (content: string, address?: number) => frame('reply', content, address);
const done = reply('00');
const noFinger = reply('02');
const inStep = reply('00 0000');

/** A far end that gives the next of these pieces for each command it hears, whatever that is. */
function scripted(...script: (readonly Uint8Array[])[]) {
  const clock = manualClock();
  const { near, far } = memoryLinkPair();
  const heard: string[] = [];
  const serve = async () => {
    for await (const chunk of far.incoming) {
      heard.push(Buffer.from(chunk.subarray(9, -2)).toString('hex'));
      for (const piece of script.shift() ?? []) await far.write(piece);
    }
  };
  void serve();
  const talk = new Conversation({ link: near, baudRate: 57_600, address: ANY_ADDRESS, clock, log: silentLog });
  return { talk, far, heard, clock, soon: <T>(work: Promise<T>) => inTime(clock, work) };
}

const silent = { code: 'fingerprint-scanner/no-answer' };

test('an answer that comes byte by byte, after a byte of noise, is an answer', async () => {
  const { talk, soon } = scripted([hex('55'), ...[...noFinger].map((byte) => Uint8Array.of(byte))]);
  expect(await soon(talk.ask(instructions.capture))).toMatchObject({ confirmation: 'noFinger' });
});

test('what another module says is not heard', async () => {
  const { talk, soon } = scripted([reply('00', 0x12345678), noFinger]);
  expect(await soon(talk.ask(instructions.capture))).toMatchObject({ confirmation: 'noFinger' });
});

test('an answer that cannot be one to this question is dropped', async () => {
  const { talk, soon } = scripted([noFinger, done]);
  expect(await soon(talk.ask(instructions.sendImage))).toMatchObject({ confirmation: 'done' });
});

test('an answer that lay there before the question was asked is dropped', async () => {
  const { talk, far, clock, soon } = scripted([noFinger]);
  await far.write(done);
  await clock.advance(1);
  expect(await soon(talk.ask(instructions.capture))).toMatchObject({ confirmation: 'noFinger' });
});

test('silence ends at the deadline of its question', async () => {
  const { talk, clock, soon } = scripted([]);
  await expect(soon(talk.ask(instructions.capture))).rejects.toMatchObject(silent);
  expect(clock.monotonicMs()).toBeGreaterThanOrEqual(2_000);
  expect(clock.monotonicMs()).toBeLessThan(2_200);
});

test('an answer that stops half way is given up after 200 ms', async () => {
  const { talk, clock, soon } = scripted([noFinger.subarray(0, 9)]);
  await expect(soon(talk.ask(instructions.capture))).rejects.toThrow('cut off');
  expect(clock.monotonicMs()).toBeLessThan(500);
});

test('an answer with a wrong checksum is none, and nothing more is waited for', async () => {
  const { talk, clock, soon } = scripted([hex('EF01 FFFFFFFF 07 0003 00 000C')]);
  await expect(soon(talk.ask(instructions.capture))).rejects.toMatchObject(silent);
  expect(clock.monotonicMs()).toBeLessThan(200);
});

test('a module that talks without end, in frames of another, is silent all the same', async () => {
  const { talk, far, clock, soon } = scripted([]);
  const asked = soon(talk.ask(instructions.capture));
  const chatter = async () => {
    for (let n = 0; n < 100; n += 1) {
      await far.write(reply('00', 7));
      await clock.sleep(100);
    }
  };
  void chatter();
  await expect(asked).rejects.toThrow('no answer within 2000 ms');
});

test('a line that ends is unreachable, also for the question after it', async () => {
  const { talk, far, soon } = scripted([]);
  const asked = soon(talk.ask(instructions.capture));
  await far[Symbol.asyncDispose]();
  await expect(asked).rejects.toMatchObject({ code: 'fingerprint-scanner/unreachable' });
  await expect(soon(talk.ask(instructions.capture))).rejects.toMatchObject({
    code: 'fingerprint-scanner/unreachable',
  });
});

test('is in step where the next question gets its own answer first', async () => {
  const { talk, soon } = scripted([inStep], [done, inStep], [reply('02'), inStep], [reply('01 0000')]);
  expect(await soon(talk.inStep())).toBe(true);
  expect(await soon(talk.inStep())).toBe(false);
  expect(await soon(talk.inStep())).toBe(false);
  expect(await soon(talk.inStep())).toBe(false);
});

test('an answer that lay unread is one too many', async () => {
  const { talk, far, clock, soon } = scripted([inStep]);
  await far.write(done);
  await clock.advance(1);
  expect(await soon(talk.inStep())).toBe(false);
});

test('an answer that had only begun when the next question was asked is one too many', async () => {
  const { talk, far, clock, soon } = scripted([noFinger.subarray(5), inStep]);
  await far.write(noFinger.subarray(0, 5));
  await clock.advance(1);
  expect(await soon(talk.inStep())).toBe(false);
});

test('a picture is its packets, of whatever size, and tells how much is there', async () => {
  const pieces = [done, frame('data', '0102'), frame('data', '03'), frame('lastData', '040506')];
  const { talk, soon } = scripted(pieces);
  const parts: number[] = [];
  await soon(talk.ask(instructions.sendImage));
  expect(await soon(talk.receive(6, 1_000, (part) => parts.push(part)))).toEqual(hex('010203040506'));
  expect(parts).toEqual([2 / 6, 3 / 6, 1]);
});

test.each([
  ['too short', [frame('data', '0102'), frame('lastData', '03')]],
  ['too long', [frame('data', '0102'), frame('lastData', '03040506')]],
  ['damaged', [frame('data', '0102'), hex('EF01 FFFFFFFF 08 0004 03 04 0000')]],
  ['without an end', [frame('data', '0102')]],
  ['cut off in a packet', [frame('data', '0102'), frame('lastData', '0304').subarray(0, 8)]],
  ['interrupted by an answer', [frame('data', '0102'), done, frame('lastData', '0304')]],
  ['never sent', []],
])('a picture that is %s is none', async (_, pieces) => {
  const { talk, soon } = scripted([done, ...pieces]);
  await soon(talk.ask(instructions.sendImage));
  await expect(soon(talk.receive(4, 3_000, () => undefined))).rejects.toMatchObject(silent);
});

test('a picture that dribbles is given up at its deadline, however alive it is', async () => {
  const { talk, far, clock, soon } = scripted([done]);
  await soon(talk.ask(instructions.sendImage));
  const begunMs = clock.monotonicMs();
  const receiving = soon(talk.receive(100, 1_000, () => undefined));
  const dribble = async () => {
    for (let n = 0; n < 100; n += 1) {
      await far.write(frame('data', '00'));
      await clock.sleep(150);
    }
  };
  void dribble();
  await expect(receiving).rejects.toMatchObject(silent);
  expect(clock.monotonicMs() - begunMs).toBeLessThanOrEqual(1_050);
});

test('an exchange that broke is tried once more, after a greeting', async () => {
  const { talk, heard, soon } = scripted([], [done], [inStep], [noFinger]);
  const work = () => talk.ask(instructions.capture);
  expect(await soon(persist(talk, 0, work))).toMatchObject({ confirmation: 'noFinger' });
  expect(heard).toEqual(['01', '1300000000', '1d', '01']);
});

test('the late answer to the question that broke is not the answer to the next one', async () => {
  const { talk, soon } = scripted([], [done, done], [inStep], [done], [inStep], [noFinger]);
  const work = () => talk.ask(instructions.capture);
  expect(await soon(persist(talk, 0, work))).toMatchObject({ confirmation: 'noFinger' });
});

test('a module that greets no more is given up: the link is closed', async () => {
  const { talk, soon } = scripted();
  await expect(soon(persist(talk, 0, () => talk.ask(instructions.capture)))).rejects.toMatchObject(silent);
  expect(await talk.line.link.closed).toEqual({ reason: 'closed-here' });
});

test('a greeting says the password, and a wrong one is told', async () => {
  const right = scripted([done], [inStep]);
  await right.soon(greet(right.talk, 0xcafe0001));
  expect(right.heard[0]).toBe('13cafe0001');
  const wrong = scripted([reply('13')], [reply('21 0000')]);
  await expect(wrong.soon(greet(wrong.talk, 0))).rejects.toMatchObject({ code: 'fingerprint-scanner/locked' });
});

test('a greeting is said again where the module heard only its end', async () => {
  const { talk, soon } = scripted([reply('01')], [inStep], [done], [inStep]);
  await soon(greet(talk, 0));
});
