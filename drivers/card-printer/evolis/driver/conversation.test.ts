import { expect, test } from 'vitest';
import { memoryLinkPair } from '#drivers/kit/memory-link.ts';
import { silentLog } from '#kit/log.ts';
import { manualClock } from '#kit/manual-clock.ts';
import { commands } from '../protocol/commands.ts';
import { parseCount } from '../protocol/replies.ts';
import { inTime } from '../test-place.ts';
import { Conversation } from './conversation.ts';
import { realTiming } from './timing.ts';

const never = new AbortController().signal;

/** A far end that answers each command, as text, with what the test says, byte for byte. */
async function met(answers: (command: string) => string) {
  const clock = manualClock();
  const { near, far } = memoryLinkPair();
  const usual: Record<string, string> = { Rsn: 'SN1\0', Rfv: '1806\0' };
  const serve = async () => {
    for await (const chunk of far.incoming) {
      const command = Buffer.from(chunk).toString('latin1').slice(1, -1);
      await far.write(Buffer.from(usual[command] ?? answers(command), 'latin1'));
    }
  };
  void serve();
  const talk = new Conversation(near, { clock, timing: realTiming, log: silentLog });
  await inTime(clock, talk.meet(never));
  return { talk, soon: <T>(work: Promise<T>) => inTime(clock, work) };
}

test('a serial number that comes late is not the answer to a move', async () => {
  const { talk, soon } = await met(() => 'SN1\0OK\0');
  const before = talk.strayReplies;
  await soon(talk.order(commands.reject, never));
  expect(talk.strayReplies - before).toBe(1);
});

test('a move is sent once, whatever is answered', async () => {
  const sent: string[] = [];
  const { talk, soon } = await met((command) => {
    sent.push(command);
    return '5,00 Volts\0';
  });
  await expect(soon(talk.order(commands.feed, never))).rejects.toMatchObject({ code: 'device/protocol' });
  expect(sent).toEqual(['Si']);
});

test('a parameter is sent again until it is accepted, three times at most', async () => {
  const replies = ['CARD\0', '', 'OK\0'];
  const { talk, soon } = await met(() => replies.shift() ?? '');
  await soon(talk.order(commands.hostManagesErrors, never));
  expect(replies).toEqual([]);
});

test('a read that is refused is not asked again', async () => {
  let asked = 0;
  const { talk, soon } = await met(() => {
    asked += 1;
    return 'ERR RIB DETECTION\0';
  });
  const reading = soon(talk.read(commands.ribbonPrintsLeft, parseCount, never));
  await expect(reading).rejects.toMatchObject({ code: 'card-printer/ribbon-missing' });
  expect(asked).toBe(1);
});
