import fc from 'fast-check';
import { expect, test } from 'vitest';
import { manualClock } from '#kit/manual-clock.ts';
import { seededRandom } from '#kit/random.ts';
import { command, downloadBytes, openBench } from './bench.ts';
import { LINES } from './bitmap.ts';
import { type PrinterBranches, usualBranches } from './branches.ts';
import type { Misbehaviour } from './misbehaviour.ts';
import type { PlainPath } from './plain-path.ts';

const panel = downloadBytes('Dbc;k;2;1016', new Uint8Array(LINES).fill(0xff));
const moves = ['Si', 'Sis', 'Sic', 'Sib', 'Sie', 'Ss', 'Se', 'Ser', 'Sc', 'Scs', 'Scp', 'Srs', 'Seb'];
const settings = [
  'Pem;0',
  'Pem;2',
  'Psmgr;2',
  'Psmgr;1',
  'Pneab;E',
  'Pneab;A;0',
  'Pneab;A;1',
  'Pcem;k',
  'Pcim;I',
  'Wcb;o;255',
  'Pbc;A;R',
];
const sent = fc.oneof(
  fc.constantFrom(...[...moves, ...settings, 'Rlr;p', 'Rse;b', 'Rok', 'Rrt;all'].map(command)),
  fc.constantFrom(panel, panel.subarray(0, 300), new Uint8Array(64)),
  fc.uint8Array({ maxLength: 30 }),
);
const faults = fc.constantFrom<Misbehaviour>(
  { fault: 'jam', atPanel: 1, freedBy: 'person' },
  { fault: 'ribbon-ends', atPanel: 1 },
  { fault: 'unplugged', afterBytes: 40 },
  { fault: 'power-fails', atPanel: 1 },
  { fault: 'misfeed' },
  { fault: 'double-feed' },
  { fault: 'move-hangs', on: 'S' },
  { fault: 'reply', does: { trick: 'held-back' } },
  { fault: 'silence' },
);
const hands = fc.constantFrom('take', 'open', 'close', 'empty', 'fill', 'shutter', 'off', 'on', 'replug');
const branches: fc.Arbitrary<Partial<PrinterBranches>> = fc.record({
  cardAtPowerUp: fc.constantFrom('hold', 'eject', 'reject'),
  cardAtReset: fc.constantFrom('hold', 'eject', 'reject'),
  job: fc.constantFrom('dropped', 'finished'),
  bitmaps: fc.constantFrom('cleared', 'kept'),
  halfDownload: fc.constantFrom('dropped', 'kept'),
  unreadReplies: fc.constantFrom('lost', 'kept'),
  sequenceWithCard: fc.constantFrom('keeps-the-card', 'feeds-a-second'),
  holdsCard: fc.constantFrom('E', 'A0', 'either', 'both'),
  lastPanel: fc.constantFrom('before-reply', 'after-reply'),
  emptyFeed: fc.constantFrom('answers', 'accepts', 'blocks'),
  ownRecovery: fc.constantFrom('waits', 'finishes'),
});
const step = fc.oneof(
  { weight: 6, arbitrary: sent },
  { weight: 1, arbitrary: faults },
  { weight: 2, arbitrary: hands },
);

/** Slow enough for things to happen in the middle of a move. */
const quick = { feedMs: 30, panelMs: 40, moveMs: 10, ejectMs: 20, resetMs: 50, answerMs: 0, msPerMegabyte: 0 };

/** Where every card is: none may vanish or appear, whatever is said to the printer. */
function cardsInSight(path: PlainPath, taken: readonly string[]): string[] {
  const cling = (id: string) => path.cards.find((card) => card.id === id)?.clings ?? [];
  const whole = [path.inside?.card ?? [], path.atExit ?? [], ...taken].flat();
  return [...whole, ...whole.flatMap(cling), ...path.box].sort();
}

test('whatever is said and done to it, no card vanishes, it never throws, and a power cycle brings it back', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 60 }),
      branches,
      fc.constantFrom(5, 30, 200),
      async (steps, differ, pauseMs) => {
        const clock = manualClock();
        const { path, printer, plugIn } = openBench({
          clock,
          random: seededRandom(1),
          pacing: quick,
          branches: { ...usualBranches, ...differ },
        });
        const taken: string[] = [];
        let host = plugIn();
        const by: Record<string, () => void> = {
          take: () => taken.push(...[path.take()?.id ?? []].flat()),
          open: () => Object.assign(path, { coverClosed: false }),
          close: () => Object.assign(path, { coverClosed: true }),
          empty: () => Object.assign(path.feeder, { cards: 0 }),
          fill: () => Object.assign(path.feeder, { cards: 5 }),
          shutter: () => Object.assign(path, { shutterOpen: !path.shutterOpen }),
          off: () => printer.powerOff(),
          on: () => printer.powerOn(),
          replug: () => {
            host = plugIn();
          },
        };
        for (const one of steps) {
          if (one instanceof Uint8Array)
            await host.send(one).catch(() => undefined); // without power the cable is dead
          else if (typeof one === 'string') by[one]?.();
          else printer.misbehave(one);
          printer.pathChanged();
          await clock.advance(pauseMs);
          expect(() => JSON.stringify(printer.snapshot())).not.toThrow();
        }
        expect(cardsInSight(path, taken)).toEqual(path.cards.map(({ id }) => id).sort());
        printer.behave();
        printer.powerOff();
        printer.powerOn();
        path.feeder.cards = 5;
        path.coverClosed = true;
        printer.pathChanged();
        void host.unplug();
        const alive = plugIn().ask('Rok');
        await clock.advance(1000);
        expect(await alive).toBe('OK');
      },
    ),
    { numRuns: 150 },
  );
});
