import { describe, expect, test } from 'vitest';
import { fingerOfPerson, touchOf } from '#cabinet/fingers/touch.ts';
import type { Manner } from '#cabinet/world/plain.ts';
import { openFingerMatching } from '#controller/devices/finger-matching.ts';
import { peopleWithFingers } from '#tools/generate/demo-fingers.ts';
import { demoCitizens, demoRecords } from './demo-citizens.ts';
import { drawFingers, keptFingers } from './fingers.ts';

const people = peopleWithFingers();
const [siti, budi] = people as [(typeof people)[number], (typeof people)[number]];
const texts = (records: readonly { record: Uint8Array }[]) =>
  records.map(({ record }) => Buffer.from(record).toString('base64'));

test('whoever has fingers has two records, right and left index, of their own', () => {
  const all = demoRecords('2026-11-23');
  expect(all.filter(({ fingers }) => fingers.length > 0)).toHaveLength(people.length);
  for (const { row, fingers } of all)
    expect(fingers.map(({ number }) => number)).toEqual(row.fingers === '0' ? [] : [2, 7]);
  const every = all.flatMap(({ fingers }) => texts(fingers));
  expect(new Set(every).size).toBe(every.length);
  expect(people.length).toBeGreaterThan(demoCitizens.length - 5);
});

test('what is kept of a demo citizen is what is drawn now: else run `npm run generate -- --fingers`', async () => {
  const [drawn] = await drawFingers([siti.person]);
  expect(texts(keptFingers(siti.code))).toEqual(texts(drawn ?? []));
});

describe('a demo citizen at the glass', () => {
  const matching = openFingerMatching();
  const opened = matching.openReferences(texts(keptFingers(siti.code)));
  if (!opened.ok) throw new Error(opened.code);
  const { references } = opened;
  const touch = (person: string, finger: 'right-index' | 'left-index', placement: number, manner: Manner = 'well') =>
    touchOf(fingerOfPerson(person, finger), { person, finger, manner, placement });

  test('is known by either finger, by that finger only', () => {
    expect(references.fingers).toEqual(['right-index', 'left-index']);
    for (const finger of references.fingers as ['right-index', 'left-index']) {
      const image = touch(siti.person, finger, 1);
      const other = finger === 'right-index' ? 'left-index' : 'right-index';
      expect(references.compare(image, finger)).toMatchObject({ matched: true });
      expect(references.compare(image, other)).toMatchObject({ matched: false });
    }
  });

  test('nobody else is taken for them', () => {
    expect(references.compare(touch(budi.person, 'right-index', 1), 'right-index')).toMatchObject({ matched: false });
  });
});
