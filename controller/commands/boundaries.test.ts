import { describe, expect, test } from 'vitest';
import { openCommands } from './book.ts';
import { type Life, leaseOf, openTown, rani, type Town, withLease } from './test-kiosk.ts';

/** What is ordered, done or said; it need not come to its end, for the kiosk may die at any write of it. */
type Story = (town: Town, leaseId: string) => void;

const stories: Record<string, { ahead: boolean; story: Story; leased: string[] }> = {
  'a lease is taken': {
    ahead: false,
    story: ({ central }) => void central.orders('take-lease', { rightId: rani.rightId }),
    leased: [rani.rightId],
  },
  'it is given back': {
    ahead: true,
    story: ({ central }, leaseId) => void central.orders('surrender-lease', { leaseId }),
    leased: [],
  },
  'it is renewed': {
    ahead: true,
    story: ({ central }, leaseId) => void central.orders('renew-lease', { leaseId }),
    leased: [rani.rightId],
  },
  'it is revoked': {
    ahead: true,
    story: ({ central }, leaseId) => void central.orders('revoke-lease', { leaseId }),
    leased: [],
  },
  'the door is opened and nobody answers for it': {
    ahead: true,
    story: ({ panel }) => panel.set({ ...panel.value, doorClosed: false }),
    leased: [],
  },
  'its epoch is closed': {
    ahead: true,
    story: ({ central }) => void central.orders('epoch-closed', { epoch: '1' }),
    leased: [],
  },
};

/** Everything is said, and nothing waits for anything. */
const isQuiet = ({ central }: Town, { journal, store, authority }: Life) =>
  central.texts.length === journal.head().seq &&
  store.read(openCommands).length === 0 &&
  authority.leases().every(({ state }) => state === 'kept');

async function begun(ahead: boolean): Promise<{ town: Town; life: Life; leaseId: string }> {
  const town = await openTown();
  const life = await town.life();
  const leaseId = ahead ? await withLease(town, life) : '';
  await town.until(() => isQuiet(town, life));
  return { town, life, leaseId };
}

describe.each(Object.entries(stories))('killed at any write: %s', (_, { ahead, story, leased }) => {
  test('no lease is lost and none is doubled', async () => {
    const plain = await begun(ahead);
    const first = plain.town.disk.writes.length + 1;
    await happens(plain.town, plain.life, () => story(plain.town, plain.leaseId));
    const writes = [...plain.town.disk.writes];
    plain.life.dies();
    agree(plain.town, plain.life, leased);
    expect(writes.length).toBeGreaterThanOrEqual(first);
    for (let at = first; at <= writes.length; at += 1) {
      const { town, life, leaseId } = await begun(ahead);
      town.disk.diesAfter = at;
      await happens(town, life, () => story(town, leaseId));
      expect(life.isDead, `killed after write ${at}: ${writes[at - 1]}`).toBe(true);
      const next = await town.life(false);
      await town.until(() => isQuiet(town, next), `never quiet after ${writes[at - 1]}`);
      agree(town, next, leased, writes[at - 1]);
      next.dies();
    }
  });
});

/** Until it is over, or the kiosk is. */
async function happens(town: Town, life: Life, story: () => void): Promise<void> {
  const before = town.disk.writes.length;
  story();
  await town.until(() => life.isDead || (town.disk.writes.length > before && isQuiet(town, life)));
}

function agree({ central }: Town, { authority, journal, store }: Life, leased: string[], at = 'nothing'): void {
  const kept = authority.leases().map(({ right }) => right);
  expect(kept, `kept here, after ${at}`).toEqual(leased);
  expect(central.leased(), `leased at central, after ${at}`).toEqual(leased);
  const texts = store.read((db) => db.prepare('SELECT text FROM journal ORDER BY seq').all()) as { text: string }[];
  expect(central.texts).toEqual(texts.map(({ text }) => text));
  expect(texts).toHaveLength(journal.head().seq);
  const received = central.of('lease.received').map(({ data }) => data.leaseId);
  expect(new Set(received).size, 'each lease is received once').toBe(received.length);
  const voids = central.of('lease.voided').map(({ data }) => data.reqId);
  expect(new Set(voids).size, 'each question is voided once').toBe(voids.length);
  for (const { data } of central.of('command.received')) {
    const ends = [...central.of('command.done'), ...central.of('command.failed')];
    expect(
      ends.filter((end) => end.data.cmdId === data.cmdId),
      `one end of ${data.kind}, after ${at}`,
    ).toHaveLength(1);
  }
}

test('killed while the answer was lost on the way: asked again under the same id, it is the same lease', async () => {
  const { town, life } = await begun(false);
  town.central.losesAnswers = true;
  town.central.orders('take-lease', { rightId: rani.rightId });
  await town.until(() => town.central.grants.size === 1);
  life.dies();
  town.central.losesAnswers = false;
  const next = await town.life(false);
  await town.until(() => isQuiet(town, next));
  agree(town, next, [rani.rightId]);
  expect(town.central.grants.size).toBe(1);
  expect(town.central.of('lease.received')[0]?.data.leaseId).toBe(leaseOf(next));
  next.dies();
});
