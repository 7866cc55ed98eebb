import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { judge } from '#tools/chaos/oracle.ts';

/** What one kiosk, its cabinet and an office left behind after one card: everything is as it should be. */
const asItShouldBe = () => ({
  texts: [
    moved('kecamatan-safe', 'hopper', 2),
    moved('hopper', 'in-process', 1),
    moved('in-process', 'issued', 1),
    { type: 'print.outcome', subject: 'L1/1', visitNo: 'V-1', data: { rightId: 'R1', outcome: 'issued' } },
  ].map((entry) => JSON.stringify(entry)),
  central: null as string[] | null,
  cards: [
    { ...card('blanko-1', 'hand:citizen'), ink: face('siti') },
    card('blanko-2', 'hopper'),
    card('blanko-3', 'safe'),
  ],
  rights: [['R1', 'issued']],
  grants: '"L1"',
  taken: [{ kiosk: 'K1', card: 'blanko-1', who: 'Siti' }],
});
type Left = ReturnType<typeof asItShouldBe>;

function moved(from: string, to: string, count: number) {
  return { type: 'blanko.moved', data: { from, to, count, evidence: 'seen' } };
}
function card(id: string, place: string) {
  return { id, kind: 'blanko', place, ink: [] as { panel: string; bitmap: string }[] };
}
const face = (who: string) => [...'ymcko'].map((panel) => ({ panel, bitmap: `${panel} of ${who}` }));

function verdictOn(left: Left) {
  const folder = mkdtempSync(join(tmpdir(), 'anjungan-remains-'));
  try {
    for (const name of ['kiosk', 'central', 'cabinet']) mkdirSync(join(folder, name));
    writeJournal(join(folder, 'kiosk/journal-1.db'), left.texts);
    writeOffice(join(folder, 'central/central.db'), left);
    const world = { version: 1, turn: 1, world: { cards: left.cards } };
    writeFileSync(join(folder, 'cabinet/world.json'), JSON.stringify(world));
    writeFileSync(join(folder, 'grants.jsonl'), left.grants);
    return judge({
      kiosks: ['K1'],
      central: join(folder, 'central'),
      grants: join(folder, 'grants.jsonl'),
      kiosk: () => join(folder, 'kiosk'),
      cabinet: () => join(folder, 'cabinet'),
      scratch: join(folder, 'oracle'),
      taken: left.taken,
      reported: new Set(['V-1']),
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function chained(texts: readonly string[]) {
  let before = createHash('sha256').update('anjungan/1|K1|1').digest();
  return texts.map((text, index) => {
    before = createHash('sha256').update(before).update(text).digest();
    return { seq: index + 1, text, hash: before };
  });
}

function writeJournal(path: string, texts: readonly string[]): void {
  const db = new DatabaseSync(path);
  db.exec('CREATE TABLE journal (seq INTEGER PRIMARY KEY, text TEXT, hash BLOB)');
  for (const { seq, text, hash } of chained(texts))
    db.prepare('INSERT INTO journal VALUES (?, ?, ?)').run(seq, text, hash);
  db.close();
}

function writeOffice(path: string, { texts, central, rights }: Left): void {
  const db = new DatabaseSync(path);
  db.exec(`CREATE TABLE entry (kiosk TEXT, epoch INTEGER, seq INTEGER, text TEXT, hash BLOB, visit_no TEXT);
    CREATE TABLE print_right (right_id TEXT, state TEXT, kiosk TEXT); CREATE TABLE anomaly (kiosk TEXT, seq INTEGER, what TEXT);
    CREATE TABLE lease (lease_id TEXT, right_id TEXT, state TEXT); CREATE TABLE fork (kiosk TEXT, first INTEGER);
    CREATE TABLE stock (kiosk TEXT, account TEXT, count INTEGER); INSERT INTO lease VALUES ('L1', 'R1', 'ended');
    INSERT INTO stock VALUES ('K1', 'kecamatan-safe', -2), ('K1', 'hopper', 1), ('K1', 'issued', 1)`);
  const insert = db.prepare("INSERT INTO entry VALUES ('K1', 1, ?, ?, ?, ?)");
  for (const { seq, text, hash } of chained(central ?? texts))
    insert.run(seq, text, hash, (JSON.parse(text) as { visitNo?: string }).visitNo ?? null);
  for (const [id, state] of rights)
    db.prepare("INSERT INTO print_right VALUES (?, ?, 'K1')").run(id ?? '', state ?? '');
  db.close();
}

test('remains in which nothing is wrong are found so', () => {
  expect(verdictOn(asItShouldBe())).toEqual({
    ...{ made: 4, issued: 1, lost: 0, doubled: 0, unaccounted: 0, twice: 0 },
    faults: [],
  });
});

test('a card in doubt may lie in any one place, and only there', () => {
  const left = asItShouldBe();
  left.texts[2] = JSON.stringify(moved('in-process', 'in-doubt', 1));
  expect(verdictOn(left).unaccounted).toBe(0);
  left.cards = left.cards.filter(({ id }) => id !== 'blanko-2');
  expect(verdictOn(left).unaccounted).toBeGreaterThan(0);
});

const wrongs: [what: string, how: (left: Left) => void, seen: RegExp][] = [
  [
    'a second card of one person',
    (left) => {
      left.cards.push({ ...card('blanko-4', 'hand:citizen'), ink: face('siti') });
      left.taken.push({ kiosk: 'K1', card: 'blanko-4', who: 'Somebody' });
    },
    /two cards with one face/,
  ],
  [
    'a second card in one hand',
    (left) => {
      left.cards.push({ ...card('blanko-4', 'hand:citizen'), ink: face('budi') });
      left.taken.push({ kiosk: 'K1', card: 'blanko-4', who: 'Siti' });
    },
    /Siti has two cards/,
  ],
  ['half a card in a hand', (left) => left.cards[0]?.ink.pop(), /handed over with ymck on it/],
  ['a blank that nobody booked away', (left) => left.cards.splice(1, 1), /blanks at K1/],
  [
    'an entry that central has not',
    (left) => (left.central = left.texts.slice(0, 3)),
    /1 entries of K1 are not at central/,
  ],
  [
    'another history at central',
    (left) => (left.central = left.texts.map((text) => text.replace('seen', 'heard'))),
    /entries of K1 are not at central, from 1/,
  ],
  [
    'an entry that only central has',
    (left) => (left.central = [...left.texts, '{"type":"kiosk.started","data":{}}']),
    /central has 1 entries of K1/,
  ],
  [
    'a step that is told twice',
    (left) => left.texts.push('{"type":"print.outcome","subject":"L1/1","data":{"outcome":"spoiled"}}'),
    /stand at central more than once/,
  ],
  ['a right that stays under way', (left) => (left.rights = [['R1', 'presenting']]), /a right is lost/],
  ['a grant that is on no second medium', (left) => (left.grants = ''), /not on the second medium/],
  ['a card that nobody took', (left) => (left.taken = []), /nobody took it/],
];

test.each(wrongs)('%s is seen', (_, spoil, seen) => {
  const left = asItShouldBe();
  spoil(left);
  expect(verdictOn(left).faults.join('\n')).toMatch(seen);
});
