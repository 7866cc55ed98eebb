import { expect, test } from 'vitest';
import { type ProblemCode, problemRow } from '#contract/problems/codes.ts';
import { manualClock } from '#kit/manual-clock.ts';
import { seededRandom } from '#kit/random.ts';
import type { CardPrinterStatus } from '../card-printer.ts';
import type { PrinterBranches } from './simulator/branches.ts';
import type { Panel } from './simulator/card-path.ts';
import type { Misbehaviour } from './simulator/misbehaviour.ts';
import { type Pacing, realisticPacing, zeroPacing } from './simulator/pacing.ts';
import { decodePanels } from './simulator/picture.ts';
import { plainPath } from './simulator/plain-path.ts';
import { simulateEvolis } from './simulator/simulator.ts';
import { cabinetOf, codeFrom, dotsOf, noisyFace, placeOf } from './test-place.ts';

const PANELS: readonly Panel[] = ['y', 'm', 'c', 'k', 'o'];
const face = noisyFace();
const never = new AbortController().signal;
const patient = { signal: never };

interface Given {
  cards?: number;
  prints?: number;
  branches?: Partial<PrinterBranches>;
  pacing?: Pacing;
  usb?: boolean;
}

function cabinet(given: Given = {}) {
  const [clock, path] = [manualClock(), plainPath(given)];
  const { branches = {}, pacing = zeroPacing, usb = false } = given;
  const simulator = simulateEvolis({ path, clock, random: seededRandom(1), pacing, branches });
  return { clock, path, simulator, ...cabinetOf(simulator, clock, usb) };
}

async function openPlace(given: Given = {}) {
  const place = cabinet(given);
  const misbehave = (...faults: Misbehaviour[]) => place.simulator.misbehave(...faults);
  return { ...place, ...(await placeOf(place)), misbehave };
}

const makesSuspect = (code: string) => problemRow(code as ProblemCode).card === 'suspect';

test.each<[string, Given]>([
  ['by the sheet', {}],
  ['over USB with status lines', { usb: true }],
  ['at the pace of a real machine', { pacing: realisticPacing }],
  [
    'whose last panel comes after the reply',
    { pacing: realisticPacing, branches: { lastPanel: 'after-reply' }, usb: true },
  ],
  ['that holds a card by E', { branches: { holdsCard: 'E' } }],
  ['that holds a card by A;0', { branches: { holdsCard: 'A0' } }],
  ['that holds a card by both', { branches: { holdsCard: 'both' } }],
])('a printer %s prints a card that equals its face, holds it inside and presents it', async (_, given) => {
  const { printer, path, feed, print, soon } = await openPlace(given);
  await feed();
  await print();
  expect(path.inside).toMatchObject({ card: 'card-1' });
  await soon(printer.present(patient));

  const card = path.take();
  expect(card?.ink.map(({ panel }) => panel)).toEqual(PANELS);
  const [printed, wanted] = [decodePanels(card?.ink ?? []), dotsOf(face)];
  for (const panel of PANELS) expect(Buffer.compare(printed[panel], wanted[panel]), panel).toBe(0);
  expect(printer.status).toEqual({ state: 'ready', ribbonPrintsLeft: 199 });
});

test('whoever watches sees every step, and how far the card is', async () => {
  const { printer, feed, soon } = await openPlace();
  const watching = new AbortController();
  const seen: CardPrinterStatus[] = [];
  const watched = (async () => {
    for await (const status of printer.statuses(watching.signal)) seen.push(status);
  })();
  const fractions: number[] = [];
  await feed();
  await soon(printer.print(face, { signal: never, onProgress: (fraction) => fractions.push(fraction) }));
  watching.abort();
  await watched;

  const doing = seen.map((status) => (status.state === 'busy' ? status.doing : status.state));
  expect(doing).toEqual(['ready', 'feed', 'ready', 'print', 'ready']);
  expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
  expect([fractions.length, fractions.at(-1)]).toEqual([6, 1]);
});

test.each<[ProblemCode, string, (path: ReturnType<typeof plainPath>) => void]>([
  ['card-printer/feeder-empty', 'the feeder is empty', (path) => Object.assign(path.feeder, { cards: 0 })],
  ['card-printer/cover-open', 'the cover is open', (path) => Object.assign(path, { coverClosed: false })],
  ['card-printer/reject-box-full', 'the box is full', (path) => Object.assign(path.rejectBox, { cards: 30 })],
  ['card-printer/ribbon-missing', 'no ribbon is fitted', (path) => Object.assign(path, { ribbon: null })],
  [
    'card-printer/ribbon-missing',
    'the ribbon is for another region',
    (path) => Object.assign(path.ribbon!, { zone: 'F61A' }),
  ],
  ['card-printer/ribbon-ended', 'the ribbon has ended', (path) => Object.assign(path.ribbon!, { prints: 0 })],
  ['card-printer/card-not-expected', 'a card stands inside', (path) => path.feed('print')],
])('%s: where %s no card is moved', async (wanted, _, set) => {
  const { printer, path, code } = await openPlace({ branches: { emptyFeed: 'blocks' } });
  set(path);
  const before = path.feeder.cards;
  expect(await code(printer.feed(patient))).toBe(wanted);
  expect(path.feeder.cards).toBe(before);
  expect(printer.status).toEqual({ state: 'needs-attention', problem: wanted });
});

test('a check tells what is missing, and is content after a refill', async () => {
  const { printer, path, soon } = await openPlace({ cards: 0 });
  expect(await soon(printer.check(patient))).toEqual({
    feederHasCards: false,
    rejectBoxHasRoom: true,
    ribbonPrintsLeft: 200,
    coverClosed: true,
    inside: 'none',
  });
  expect(printer.status).toEqual({ state: 'needs-attention', problem: 'card-printer/feeder-empty' });
  path.feeder.cards = 50;
  await soon(printer.check(patient));
  expect(printer.status).toEqual({ state: 'ready', ribbonPrintsLeft: 200 });
});

test('the printer bears witness to its own use', async () => {
  const { printer, feed, print, soon } = await openPlace();
  await feed();
  await print();
  expect(await soon(printer.witness(patient))).toEqual({ serial: '10000012345', cardsFed: 1, ribbonPrintsLeft: 199 });
});

test.each<[string, (path: ReturnType<typeof plainPath>) => unknown, number | null]>([
  ['is torn', ({ ribbon }) => Object.assign(ribbon ?? {}, { broken: true }), 200],
  ['is of another region', ({ ribbon }) => Object.assign(ribbon ?? {}, { zone: 'F61A' }), 200],
  ['was taken out', (path) => Object.assign(path, { ribbon: null }), null],
])('a ribbon that %s is none that was used up', async (_, happens, prints) => {
  const { printer, path, soon } = await openPlace();
  happens(path);
  expect(await soon(printer.witness(patient))).toMatchObject({ ribbonPrintsLeft: prints });
});

test.each([
  [{ fault: 'misfeed' }, 'card-printer/feed-failed'],
  [{ fault: 'jam', on: 'Si' }, 'card-printer/jam'],
  [{ fault: 'move-hangs', on: 'Si' }, 'card-printer/feed-failed'],
] as const)('a feed that goes wrong (%o) is %s', async (fault, wanted) => {
  const { printer, misbehave, code } = await openPlace();
  misbehave(fault);
  expect(await code(printer.feed(patient))).toBe(wanted);
});

test('a feeder that was emptied after the sensor was read is empty, not broken', async () => {
  const { printer, path, misbehave, code } = await openPlace({ branches: { emptyFeed: 'accepts' }, cards: 0 });
  misbehave({ fault: 'reply', on: 'Rse;f', does: { trick: 'replaced', by: '5,00 Volts' } });
  expect(await code(printer.feed(patient))).toBe('card-printer/feeder-empty');
  expect(path.cardsFed).toBe(0);
});

test('a second card fed by the start of the job stops it before ink', async () => {
  const { printer, path, feed, code } = await openPlace({ branches: { sequenceWithCard: 'feeds-a-second' } });
  await feed();
  expect(await code(printer.print(face, patient))).toBe('card-printer/card-not-expected');
  expect(path.cards.flatMap(({ ink }) => ink)).toEqual([]);
});

test('a face of another size sends nothing', async () => {
  const { printer, path, feed, code } = await openPlace();
  await feed();
  expect(await code(printer.print({ ...face, widthPx: 1000 }, patient))).toContain('RangeError');
  expect(path.cards[0]?.ink).toEqual([]);
});

const atEveryPanel = PANELS.flatMap((_, n) =>
  (['with-err', 'bare'] as const).flatMap((faultTexts) => [
    [{ fault: 'jam', atPanel: n + 1 }, 'card-printer/jam', faultTexts] as const,
    [{ fault: 'ribbon-ends', atPanel: n + 1 }, 'card-printer/ribbon-ended', faultTexts] as const,
    [{ fault: 'cover-opens', atPanel: n + 1 }, 'card-printer/cover-open', faultTexts] as const,
  ]),
);

test.each(atEveryPanel)('%o is %s (%s), and the card goes to the box', async (fault, wanted, faultTexts) => {
  const { printer, path, misbehave, code, feed, soon } = await openPlace({ branches: { faultTexts } });
  await feed();
  misbehave(fault);
  expect(await code(printer.print(face, patient))).toBe(wanted);
  expect(makesSuspect(wanted)).toBe(true);
  path.ribbon = { prints: 200, capacity: 200, zone: 'F616', broken: false };
  await soon(printer.reject(patient));
  expect(path.box).toEqual(['card-1']);
});

test('after a jam is cleared to the box the next card is printed', async () => {
  const { printer, path, misbehave, code, feed, print, soon } = await openPlace({ usb: true });
  await feed();
  misbehave({ fault: 'jam', atPanel: 3 });
  await code(printer.print(face, patient));
  await soon(printer.reject(patient));
  await feed();
  await print();
  expect(path.cards[1]?.ink.map(({ panel }) => panel)).toEqual(PANELS);
});

test('after a person took a jammed card out by hand the next card is printed', async () => {
  const { printer, path, misbehave, code, feed, print } = await openPlace();
  await feed();
  misbehave({ fault: 'jam', atPanel: 3 });
  await code(printer.print(face, patient));
  path.takeInside();
  await feed();
  await print();
  expect(path.cards[1]?.ink).toHaveLength(5);
});

test.each(['before-reply', 'after-reply'] as const)(
  'a fault of the last panel is told where it comes %s',
  async (lastPanel) => {
    const { printer, misbehave, code, feed } = await openPlace({ branches: { lastPanel }, pacing: realisticPacing });
    await feed();
    misbehave({ fault: 'jam', atPanel: 5 });
    expect(await code(printer.print(face, patient))).toBe('card-printer/jam');
  },
);

test.each<[string, Misbehaviour]>([
  ['the cable is pulled at a panel', { fault: 'unplugged', atPanel: 2 }],
  ['the cable is pulled in the first bytes', { fault: 'unplugged', on: 'Db;y', moment: 'heard' }],
  ['the cable is pulled after the end of the job', { fault: 'unplugged', on: 'Se', moment: 'done' }],
  ['the power fails at a panel', { fault: 'power-fails', atPanel: 4 }],
  ['the reply to a panel is lost', { fault: 'reply', on: 'Db;m', does: { trick: 'lost' } }],
  ['the reply to the end of the job is lost', { fault: 'reply', on: 'Se', does: { trick: 'lost' } }],
  ['a reply comes with the next one', { fault: 'reply', on: 'Db;c', does: { trick: 'held-back' } }],
  ['an OK too many comes', { fault: 'reply', on: 'Db;y', does: { trick: 'preceded', by: 'OK' } }],
  ['a reply is garbage', { fault: 'reply', on: 'Dbc;k', does: { trick: 'garbage', bytes: 9 } }],
  [
    'the reply to a panel is for another question',
    { fault: 'reply', on: 'Dbc;o', does: { trick: 'replaced', by: 'CARD' } },
  ],
])('when %s, nobody knows what became of the card', async (_, fault) => {
  const { printer, misbehave, code, feed } = await openPlace();
  await feed();
  misbehave(fault);
  expect(await code(printer.print(face, patient))).toBe('card-printer/outcome-unknown');
});

test('a printer that falls silent in the middle leaves the outcome unknown', async () => {
  const { printer, misbehave, code, feed } = await openPlace();
  await feed();
  const onProgress = (fraction: number) => {
    if (fraction > 0.4) misbehave({ fault: 'silence' });
  };
  expect(await code(printer.print(face, { signal: never, onProgress }))).toBe('card-printer/outcome-unknown');
});

test('unplugged before a card is fed: nothing is suspect, and the printer is away', async () => {
  const { printer, simulator, code, soon } = await openPlace();
  simulator.powerOff();
  expect(await code(printer.feed(patient))).toBe('link/lost');
  expect(makesSuspect('link/lost')).toBe(false);
  await soon(Promise.resolve());
  expect(printer.status).toMatchObject({ state: 'away' });
});

test('unplugged after the card is done: every later step says that the link is lost', async () => {
  const { printer, simulator, path, feed, print, code } = await openPlace();
  await feed();
  await print();
  simulator.powerOff();
  for (const step of [printer.present(patient), printer.locate(patient), printer.reject(patient)]) {
    expect(await code(step)).toBe('link/lost');
  }
  expect(path.inside).toMatchObject({ card: 'card-1' });
});

test('aborting in the middle of a panel stops the wait only: the outcome is unknown', async () => {
  const { printer, clock, path, feed, code, soon } = await openPlace({ pacing: realisticPacing });
  await feed();
  const abort = new AbortController();
  const printing = codeFrom(printer.print(face, { signal: abort.signal }));
  await clock.advance(6_000);
  abort.abort();
  expect(await soon(printing)).toBe('card-printer/outcome-unknown');
  expect(await code(printer.locate(patient))).toBe('fine');
  expect(path.inside).toMatchObject({ card: 'card-1' });
});

test('aborting before ink, or before its turn, is not a fault: nothing was done', async () => {
  const { printer, path, soon } = await openPlace({ pacing: realisticPacing });
  const abort = new AbortController();
  const feeding = printer.feed(patient);
  const waiting = codeFrom(printer.print(face, { signal: abort.signal }));
  abort.abort();
  await soon(feeding);
  expect(await soon(waiting)).toContain('AbortError');
  expect(path.cards[0]?.ink).toEqual([]);
  expect(printer.status).toMatchObject({ state: 'ready' });
});

test('aborting a feed under way is a failed feed: the blank is somewhere', async () => {
  const { printer, clock, soon } = await openPlace({ pacing: realisticPacing });
  const abort = new AbortController();
  const feeding = codeFrom(printer.feed({ signal: abort.signal }));
  await clock.advance(1_500);
  abort.abort();
  expect(await soon(feeding)).toBe('card-printer/feed-failed');
});

test('steps never overlap: a look asked for during a feed sees its end', async () => {
  const { printer, soon } = await openPlace({ pacing: realisticPacing });
  const feeding = printer.feed(patient);
  expect(await soon(printer.locate(patient))).toBe('inside');
  await feeding;
});

test.each<[string, Misbehaviour]>([
  ['a stale OK comes before the position', { fault: 'reply', on: 'Rlr;p', does: { trick: 'preceded', by: 'OK' } }],
  [
    'five stale OK come in a row before it',
    { fault: 'reply', on: 'Rlr;p', times: 5, does: { trick: 'preceded', by: 'OK' } },
  ],
  ['a stale OK comes before the serial number', { fault: 'reply', on: 'Rsn', does: { trick: 'preceded', by: 'OK' } }],
  ['the position comes one reply late', { fault: 'reply', on: 'Rlr;p', does: { trick: 'held-back' } }],
  ['the position is lost', { fault: 'reply', on: 'Rlr;p', does: { trick: 'lost' } }],
  ['the position comes after its deadline', { fault: 'reply', on: 'Rlr;p', does: { trick: 'late', ms: 2_500 } }],
  ['the serial number comes instead', { fault: 'reply', on: 'Rlr;p', does: { trick: 'replaced', by: '10000012345' } }],
])('a card is not overlooked when %s', async (_, fault) => {
  const { printer, misbehave, feed, soon } = await openPlace();
  await feed();
  misbehave(fault);
  expect(await soon(printer.locate(patient))).toBe('inside');
});

test('where the sensors never agree the place is unknown', async () => {
  const { printer, misbehave, soon } = await openPlace();
  misbehave({ fault: 'reply', on: 'Rse;b', times: 9, does: { trick: 'garbage', bytes: 4 } });
  expect(await soon(printer.locate(patient))).toBe('unknown');
});

test('a stale OK in place of the ribbon count is asked again', async () => {
  const { printer, misbehave, soon } = await openPlace();
  misbehave({ fault: 'reply', on: 'Rrt;count', times: 2, does: { trick: 'replaced', by: 'OK' } });
  expect(await soon(printer.check(patient))).toMatchObject({ ribbonPrintsLeft: 200 });
});

test.each(['Pneab;E', 'Pneab;A;0', 'Pr;ymcko', 'Rem', 'Si'])(
  'a lost reply to %s costs nothing but time',
  async (on) => {
    const { printer, path, simulator, misbehave, feed, code } = await openPlace();
    misbehave({ fault: 'reply', on, does: { trick: 'lost' } });
    await feed();
    expect(await code(printer.print(face, patient))).toBe('fine');
    expect(path.cardsFed).toBe(1);
    expect(simulator.snapshot().misbehaviours).toEqual([]); // it was sent for this job, and its reply was lost
  },
);
