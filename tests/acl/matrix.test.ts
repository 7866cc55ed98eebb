import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filtersOf } from '#contract/uplink/topics.ts';
import { mosquittoPath, openAedes, openMosquitto, type RunningBroker } from './brokers.ts';
import { cells, greedyFilters, nobodysTopics, type Person, people } from './cells.ts';
import { type Visitor, visit } from './visitor.ts';

const hasMosquitto = existsSync(mosquittoPath);
if (!hasMosquitto)
  process.stderr.write(`skipped: no ${mosquittoPath}, so its half of the access matrix is not tried\n`);

const brokers = [
  { name: 'our embedded broker', open: openAedes, here: true, refusesFilters: true },
  { name: 'Mosquitto with the generated acl_file', open: openMosquitto, here: hasMosquitto, refusesFilters: false },
];
const kiosks = people.filter((person) => person !== 'central');
const ownFilters = (who: Person) =>
  who === 'central' ? filtersOf('central') : filtersOf('kiosk', { shard: '+', kiosk: who });

for (const { name, open, here, refusesFilters } of brokers) {
  describe.skipIf(!here)(`at ${name}`, () => {
    let broker: RunningBroker;
    beforeAll(async () => {
      broker = await open();
    });
    afterAll(() => broker[Symbol.asyncDispose]());

    /** All three are connected and ask for everything they can think of. */
    async function everybody(): Promise<Record<Person, Visitor> & AsyncDisposable> {
      const [central, first, second] = await Promise.all(people.map((person) => visit(broker.port, person)));
      const all = { central, 'KIOSK-1': first, 'KIOSK-2': second } as Record<Person, Visitor>;
      for (const who of people) await all[who].asksFor([...ownFilters(who), ...greedyFilters]);
      return {
        ...all,
        async [Symbol.asyncDispose]() {
          for (const who of people) await all[who][Symbol.asyncDispose]();
        },
      };
    }

    /** Something rightful to each of them, afterwards: what was said before has arrived by then, or never will. */
    async function allQuiet(present: Record<Person, Visitor>, alive: readonly Person[] = people): Promise<void> {
      await using office = alive.includes('central') ? null : await visit(broker.port, 'central');
      for (const kiosk of kiosks.filter((who) => alive.includes(who))) {
        await (office ?? present.central).says(`k/1/plg/${kiosk}/cmd`, 'quiet');
        await present[kiosk].hears('quiet');
      }
      const speaker = kiosks.find((who) => alive.includes(who)) ?? 'KIOSK-1';
      if (!alive.includes('central')) return;
      await present[speaker].says(`k/1/plg/${speaker}/evt`, 'quiet');
      await present.central.hears('quiet');
    }

    /** Whoever heard it besides the speaker: Mosquitto lets central hear itself, which tells nobody anything. */
    const hearersOf = (present: Record<Person, Visitor>, speaker: Person, payload: string) =>
      people.filter((who) => who !== speaker && present[who].heard.some((heard) => heard.payload === payload));

    describe.each(cells)('$topic', ({ topic, writer, readers }) => {
      test.each(people)(`said by %s: only ${writer} is heard, by ${readers.join(' and ')} alone`, async (speaker) => {
        await using present = await everybody();
        const words = `${speaker} says ${topic}`;
        await present[speaker].says(topic, words);
        const alive = people.filter((who) => present[who].client.connected);
        await allQuiet(present, alive);
        expect(hearersOf(present, speaker, words)).toEqual(speaker === writer ? readers : []);
      });

      test.each(people)(`as the last will of %s: only that of ${writer} is published`, async (dying) => {
        const words = `${dying} leaves at ${topic}`;
        const will = { topic, payload: Buffer.from(words), qos: 1 as const, retain: false };
        const others = people.filter((who) => who !== dying);
        const present = Object.fromEntries(
          await Promise.all(others.map(async (who) => [who, await visit(broker.port, who)])),
        ) as Record<Person, Visitor>;
        for (const who of others) await present[who].asksFor([...ownFilters(who), ...greedyFilters]);
        const last = await visit(broker.port, dying, { will }).catch(() => null); // Mosquitto refuses a forbidden will at once
        if (last) {
          last.client.stream.destroy();
          await last.closed;
        }
        const expected = dying === writer ? readers.filter((who) => who !== dying) : [];
        for (const reader of expected) await present[reader].hears(words);
        await allQuiet(present, others);
        for (const who of others) {
          expect(present[who].heard.some((heard) => heard.payload === words)).toBe(expected.includes(who));
          await present[who][Symbol.asyncDispose]();
        }
      });
    });

    test.each(nobodysTopics)('%s is nobody’s: whoever speaks there is heard by nobody', async (topic) => {
      for (const speaker of people) {
        await using present = await everybody();
        await present[speaker].says(topic, 'to nobody');
        await allQuiet(
          present,
          people.filter((who) => present[who].client.connected),
        );
        expect(hearersOf(present, speaker, 'to nobody')).toEqual([]);
      }
    });

    test.each(greedyFilters)('KIOSK-2 asks for %s and hears nothing that is not its own', async (filter) => {
      const first = await visit(broker.port, 'KIOSK-1');
      const central = await visit(broker.port, 'central');
      await first.says('k/1/plg/KIOSK-1/state', 'kept', true); // a retained snapshot waits for whoever may read it
      const second = await visit(broker.port, 'KIOSK-2');
      const granted = await second.asksFor([filter]);
      if (refusesFilters) expect(granted).toEqual([]);
      expect(second.client.connected).toBe(true);
      await second.asksFor(ownFilters('KIOSK-2'));
      for (const { topic, writer } of cells)
        await { central, 'KIOSK-1': first, 'KIOSK-2': second }[writer].says(topic, 'private');
      await central.says('k/1/plg/KIOSK-2/cmd', 'quiet');
      await second.hears('quiet');
      expect(new Set(second.heard.map(({ topic }) => topic))).toEqual(
        new Set(['k/1/plg/center', 'k/1/plg/KIOSK-2/cmd']),
      );
      await first.says('k/1/plg/KIOSK-1/state', '', true);
      for (const one of [first, second, central]) await one[Symbol.asyncDispose]();
    });

    test('a kiosk asks for its own and is granted it, in any shard', async () => {
      await using kiosk = await visit(broker.port, 'KIOSK-1');
      expect(await kiosk.asksFor(ownFilters('KIOSK-1'))).toEqual(ownFilters('KIOSK-1'));
      await using central = await visit(broker.port, 'central');
      await central.says('k/1/elsewhere/KIOSK-1/cmd', 'still yours');
      await kiosk.hears('still yours');
    });

    test('central asks for all kiosks and hears each', async () => {
      await using central = await visit(broker.port, 'central');
      expect(await central.asksFor(filtersOf('central'))).toEqual(filtersOf('central'));
      for (const who of kiosks) {
        await using kiosk = await visit(broker.port, who);
        await kiosk.says(`k/1/plg/${who}/evt`, `from ${who}`);
        await central.hears(`from ${who}`);
      }
    });
  });
}
