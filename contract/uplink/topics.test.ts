import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isKioskId, may, maySubscribe, mosquittoAcl, type Speaker } from './acl.ts';
import { filtersOf, parseTopic, requestKinds, type TopicName, topicOf, topics } from './topics.ts';

const id = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9-]{0,31}$/);
const names = Object.keys(topics) as TopicName[];
const central: Speaker = { side: 'central' };
const kiosk: Speaker = { side: 'kiosk', kiosk: 'KIOSK-1' };

describe('topics', () => {
  test('there are seven, and each can be read back', () => {
    expect(names).toHaveLength(7);
    const one = fc.tuple(fc.constantFrom(...names), id, id, fc.constantFrom(...requestKinds));
    fc.assert(
      fc.property(one, ([name, shard, device, kind]) => {
        fc.pre(device !== 'center');
        const hasKind = name === 'req' || name === 'rep';
        const read = parseTopic(topicOf(name, { shard, kiosk: device }, hasKind ? kind : undefined));
        expect(read?.name).toBe(name);
        expect(read?.place.shard).toBe(shard);
        if (name !== 'center') expect(read?.place.kiosk).toBe(device);
        expect(read?.kind).toBe(hasKind ? kind : undefined);
      }),
    );
  });

  test('nothing else is read as one of them', () => {
    for (const topic of [
      '',
      'k',
      'k/1',
      'k/1/',
      'k/1//K/evt',
      'k/1/s/K/evt/',
      'k/1/s/K/req',
      'k/1/s/K/req/',
      'k/1/s/+/evt',
      'k/1/#',
    ])
      expect(parseTopic(topic), topic).toBeNull();
    fc.assert(fc.property(fc.string(), (topic) => parseTopic(topic) === null));
  });

  test('a kiosk cannot be called what would open another’s topics', () => {
    for (const name of ['', '+', '#', 'a/b', '$SYS', 'central', 'center', '-K', 'K 1', 'x'.repeat(33)])
      expect(isKioskId(name), name).toBe(false);
    expect(isKioskId('SU1-KIOSK-1')).toBe(true);
  });
});

describe('who may', () => {
  test('nobody may both write and read one topic', () => {
    for (const name of names) {
      const topic = topicOf(
        name,
        { shard: 'plg', kiosk: 'KIOSK-1' },
        name === 'req' || name === 'rep' ? 'lease' : undefined,
      );
      for (const speaker of [central, kiosk])
        expect(may(speaker, 'publish', topic) && may(speaker, 'read', topic)).toBe(false);
    }
  });

  test('a kiosk never reaches another kiosk’s topics, whatever the two are called', () => {
    fc.assert(
      fc.property(
        id,
        id,
        id,
        fc.constantFrom('evt', 'ack', 'state', 'cmd', 'req/lease', 'rep/lease'),
        (shard, own, other, tail) => {
          fc.pre(own !== other && other !== 'center');
          for (const action of ['publish', 'read'] as const)
            expect(may({ side: 'kiosk', kiosk: own }, action, `k/1/${shard}/${other}/${tail}`)).toBe(false);
        },
      ),
    );
  });

  test('each side may subscribe to its own filters, and a kiosk to nothing that covers another’s', () => {
    for (const filter of filtersOf('central')) expect(maySubscribe(central, filter)).toBe(true);
    for (const shard of ['plg', '+'])
      for (const filter of filtersOf('kiosk', { shard, kiosk: 'KIOSK-1' }))
        expect(maySubscribe(kiosk, filter)).toBe(true);
    const level = fc.constantFrom('k', '1', '+', '#', 'plg', 'KIOSK-1', 'KIOSK-2', 'center', ...names, 'lease', '');
    fc.assert(
      fc.property(fc.array(level, { maxLength: 7 }), (levels) => {
        const filter = levels.join('/');
        if (maySubscribe(kiosk, filter)) expect(filter).toMatch(/^k\/1\/[^/]*\/(center$|KIOSK-1\/(ack|rep|cmd)(\/|$))/);
      }),
    );
  });

  test('Mosquitto is told one line per topic and request kind for each side', () => {
    const lines = mosquittoAcl().split('\n');
    const perSide = names.length - 2 + 2 * requestKinds.length;
    expect(lines.filter((line) => line.startsWith('topic '))).toHaveLength(perSide);
    expect(lines.filter((line) => line.startsWith('pattern '))).toHaveLength(perSide);
    expect(lines).toContain('pattern write k/1/+/%u/evt');
    expect(lines).toContain('topic read k/1/+/+/req/lease');
  });
});
