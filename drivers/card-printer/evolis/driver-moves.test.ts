import { expect, test } from 'vitest';
import { manualClock } from '#kit/manual-clock.ts';
import { seededRandom } from '#kit/random.ts';
import type { PrinterBranches } from './simulator/branches.ts';
import type { Misbehaviour } from './simulator/misbehaviour.ts';
import { type Pacing, realisticPacing, zeroPacing } from './simulator/pacing.ts';
import { plainPath } from './simulator/plain-path.ts';
import { simulateEvolis } from './simulator/simulator.ts';
import { cabinetOf, codeFrom, placeOf } from './test-place.ts';

const patient = { signal: new AbortController().signal };

interface Given {
  branches?: Partial<PrinterBranches>;
  pacing?: Pacing;
  usb?: boolean;
}

/** A printed card, held inside. */
async function withPrintedCard({ branches = {}, pacing = zeroPacing, usb = false }: Given = {}) {
  const [clock, path] = [manualClock(), plainPath()];
  const simulator = simulateEvolis({ path, clock, random: seededRandom(2), pacing, branches });
  const cabinet = cabinetOf(simulator, clock, usb);
  const place = await placeOf(cabinet);
  await place.feed();
  await place.print();
  const misbehave = (...faults: Misbehaviour[]) => simulator.misbehave(...faults);
  return { ...cabinet, ...place, clock, path, simulator, misbehave };
}

test('a presented card is held at the exit for as long as nobody takes it', async () => {
  const { printer, path, clock, soon } = await withPrintedCard({ pacing: realisticPacing });
  await soon(printer.present(patient));
  await clock.advance(120_000);
  expect(path.atExit).toBe('card-1');
  expect(await soon(printer.locate(patient))).toBe('at-exit');
});

test('a card not taken comes back inside and is offered once more', async () => {
  const { printer, path, soon } = await withPrintedCard({ pacing: realisticPacing });
  await soon(printer.present(patient));
  await soon(printer.retract(patient));
  expect(await soon(printer.locate(patient))).toBe('inside');
  await soon(printer.present(patient));
  expect(path.take()?.id).toBe('card-1');
});

test('a card not taken twice ends in the box', async () => {
  const { printer, path, soon } = await withPrintedCard({ pacing: realisticPacing, usb: true });
  await soon(printer.present(patient));
  await soon(printer.retract(patient));
  await soon(printer.reject(patient));
  expect(path.box).toEqual(['card-1']);
  expect(await soon(printer.locate(patient))).toBe('none');
});

test('allowing one card to leave allows no other: the next is held inside', async () => {
  const { printer, path, feed, print, soon } = await withPrintedCard({ branches: { holdsCard: 'A0' } });
  await soon(printer.present(patient));
  path.take();
  await feed();
  await print();
  expect([path.inside?.card, path.atExit]).toEqual(['card-2', null]);
});

test('a card that was taken cannot be pulled back, and no blank is fed in its place', async () => {
  const { printer, path, soon, code } = await withPrintedCard();
  await soon(printer.present(patient));
  path.take();
  expect(await code(printer.retract(patient))).toBe('card-printer/move-failed');
  expect(path.cardsFed).toBe(1);
});

test('a card grabbed while it is pulled back has gone, nobody knows where', async () => {
  const { printer, path, clock, soon } = await withPrintedCard({ pacing: realisticPacing });
  await soon(printer.present(patient));
  const retracting = codeFrom(printer.retract(patient));
  await clock.advance(300);
  path.take();
  expect(['card-printer/move-failed', 'card-printer/outcome-unknown']).toContain(await soon(retracting));
  expect([path.cardsFed, path.inside]).toEqual([1, null]);
});

test('a card snatched before the sensor was read has an unknown outcome, soon and not after a minute', async () => {
  const { printer, path, clock, code } = await withPrintedCard();
  const present = path.present;
  path.present = () => present() && path.take() !== null;
  const startMs = clock.monotonicMs();
  expect(await code(printer.present(patient))).toBe('card-printer/outcome-unknown');
  expect(clock.monotonicMs() - startMs).toBeLessThan(10_000);
});

test('a closed shutter keeps the card inside, and presenting says so', async () => {
  const { printer, path, code, soon } = await withPrintedCard();
  path.shutterOpen = false;
  expect(await code(printer.present(patient))).toBe('card-printer/jam');
  expect(await soon(printer.locate(patient))).toBe('inside');
  await soon(printer.reject(patient));
  expect(path.box).toEqual(['card-1']);
});

test('a full reject box refuses before anything moves', async () => {
  const { printer, path, code } = await withPrintedCard();
  path.rejectBox.cards = path.rejectBox.capacity;
  expect(await code(printer.reject(patient))).toBe('card-printer/reject-box-full');
  expect(path.inside).toMatchObject({ card: 'card-1' });
});

test('a card goes to the box also where forbidding to eject forbids that too', async () => {
  const { printer, path, soon } = await withPrintedCard({ branches: { forbidCoversReject: true } });
  await soon(printer.reject(patient));
  expect([path.box, path.atExit]).toEqual([['card-1'], null]);
});

test('a card that is stuck until somebody frees it is not rejected', async () => {
  const { printer, path, misbehave, code } = await withPrintedCard();
  misbehave({ fault: 'jam', on: 'Ser', freedBy: 'person' });
  expect(await code(printer.reject(patient))).toBe('card-printer/jam');
  expect(path.inside).toMatchObject({ card: 'card-1' });
});

test('a rejection that nobody confirmed is not one, although the transport is empty', async () => {
  const { printer, path, misbehave, code, soon } = await withPrintedCard();
  misbehave({ fault: 'reply', on: 'Ser', does: { trick: 'lost' } });
  expect(await code(printer.reject(patient))).toBe('card-printer/outcome-unknown');
  expect(path.inside).toBe(null);
  expect(await soon(printer.locate(patient))).toBe('none');
});

test('an eject that was not answered is proved by the sensor', async () => {
  const { printer, path, misbehave, soon } = await withPrintedCard();
  misbehave({ fault: 'reply', on: 'Se', does: { trick: 'lost' } });
  await soon(printer.present(patient));
  expect(path.atExit).toBe('card-1');
});

test.each(['Se', 'Ser'])('rollers that turn for nothing (%s) are a failed move', async (on) => {
  const { printer, path, misbehave, code } = await withPrintedCard();
  misbehave({ fault: 'move-hangs', on }, { fault: 'move-hangs', on });
  const step = on === 'Se' ? printer.present(patient) : printer.reject(patient);
  expect(await code(step)).not.toBe('fine');
  expect(path.inside).toMatchObject({ card: 'card-1' });
});

test.each(['present', 'reject'] as const)('%s on an empty transport moves nothing and says so', async (step) => {
  const { printer, path, soon, code } = await withPrintedCard();
  await soon(printer.reject(patient));
  expect(await code(printer[step](patient))).toBe('card-printer/move-failed');
  expect(path.cardsFed).toBe(1);
});

test('unplugged while it presents: where the card is, nobody knows', async () => {
  const { printer, misbehave, code } = await withPrintedCard();
  misbehave({ fault: 'unplugged', on: 'Se', moment: 'done' });
  expect(await code(printer.present(patient))).toBe('card-printer/outcome-unknown');
});

test('aborting while it presents: where the card is, nobody knows', async () => {
  const { printer, clock, soon } = await withPrintedCard({ pacing: realisticPacing });
  const abort = new AbortController();
  const presenting = codeFrom(printer.present({ signal: abort.signal }));
  await clock.advance(800);
  abort.abort();
  expect(await soon(presenting)).toBe('card-printer/outcome-unknown');
});
