import { expect, test } from 'vitest';
import type { ByteLink } from '#drivers/kit/byte-link.ts';
import { memoryLinkPair } from '#drivers/kit/memory-link.ts';
import { manualClock } from '#kit/manual-clock.ts';
import { seededRandom } from '#kit/random.ts';
import { openEvolis } from './driver/evolis.ts';
import type { PrinterBranches } from './simulator/branches.ts';
import { type Pacing, realisticPacing, zeroPacing } from './simulator/pacing.ts';
import { plainPath } from './simulator/plain-path.ts';
import { simulateEvolis } from './simulator/simulator.ts';
import { cabinetOf, codeFrom, noisyFace, placeOf, serialServer } from './test-place.ts';

const patient = { signal: new AbortController().signal };

function cabinet(branches: Partial<PrinterBranches> = {}, pacing: Pacing = zeroPacing, usb = false) {
  const [clock, path] = [manualClock(), plainPath()];
  const simulator = simulateEvolis({ path, clock, random: seededRandom(3), pacing, branches });
  return { clock, path, simulator, ...cabinetOf(simulator, clock, usb) };
}

/** A host dies in the middle of the second panel. */
async function hostDiedMidPanel(branches: Partial<PrinterBranches>) {
  const place = cabinet(branches);
  const { printer, feed } = await placeOf(place);
  await feed();
  place.simulator.misbehave({ fault: 'unplugged', afterBytes: 800_000 });
  expect(await place.code(printer.print(noisyFace(), patient))).toBe('card-printer/outcome-unknown');
  const inked = () => place.path.cards[0]?.ink.length ?? 0;
  return { ...place, inked, again: await place.open({ fenceFirst: true }) };
}

/** Notes what goes over a link. */
function listened(link: ByteLink): { link: ByteLink; sent: number[] } {
  const sent: number[] = [];
  const write: ByteLink['write'] = (bytes, options) => {
    sent.push(bytes.length);
    return link.write(bytes, options);
  };
  return { link: { ...link, write }, sent };
}

test('a printer that was fenced holds no bitmap of an earlier card and is ready for a new one', async () => {
  const { again, path, soon } = await hostDiedMidPanel({ halfDownload: 'dropped' });
  await soon(again.fence({ ...patient, flush: false }));
  expect(await soon(again.locate(patient))).toBe('inside');
  await soon(again.reject(patient));
  await soon(again.feed(patient));
  await soon(again.print(noisyFace(), patient));
  expect([path.box, path.cards[1]?.ink.length]).toEqual([['card-1'], 5]);
});

test('a half panel is not completed without leave: one question is sent, and the fence fails', async () => {
  const { cable, clock, soon, inked } = await hostDiedMidPanel({ halfDownload: 'kept' });
  const before = inked();
  const { link, sent } = listened(cable());
  const printer = await soon(openEvolis({ link, clock, options: { fenceFirst: true } }));
  expect(await soon(codeFrom(printer.fence({ ...patient, flush: false })))).toBe('card-printer/unreachable');
  expect(sent).toEqual([5]);
  expect(inked()).toBe(before);
});

test('with leave a half panel is completed, and the printer is reset, set and clear of it', async () => {
  const { again, path, soon } = await hostDiedMidPanel({ halfDownload: 'kept' });
  await soon(again.fence({ ...patient, flush: true }));
  await soon(again.reject(patient));
  await soon(again.feed(patient));
  await soon(again.print(noisyFace(), patient));
  expect([path.box, path.cards[1]?.ink.length]).toEqual([['card-1'], 5]);
});

test('a half panel that the printer gives up by itself needs no flush', async () => {
  const { again, clock, inked, soon } = await hostDiedMidPanel({ halfDownload: { timesOutAfterMs: 10_000 } });
  await clock.advance(15_000);
  const before = inked();
  await soon(again.fence({ ...patient, flush: false }));
  expect(inked()).toBe(before);
});

test('replies of an earlier life that come first are not taken for answers', async () => {
  const place = cabinet({ unreadReplies: 'kept' });
  const { printer, feed } = await placeOf(place);
  await feed();
  place.simulator.misbehave({ fault: 'unplugged', on: 'Rlr;p', moment: 'done' });
  await place.code(printer.locate(patient));
  const again = await place.open();
  expect(await place.soon(again.locate(patient))).toBe('inside');
});

test('until it is fenced a printer does nothing else, and sends nothing', async () => {
  const place = cabinet();
  const { link, sent } = listened(place.cable());
  const printer = await place.soon(openEvolis({ link, clock: place.clock, options: { fenceFirst: true } }));
  expect(printer.status).toEqual({ state: 'busy', doing: 'recover' });
  expect(await place.code(printer.feed(patient))).toBe('card-printer/outcome-unknown');
  expect(sent).toEqual([]);
  await place.soon(printer.fence({ ...patient, flush: false }));
  expect(printer.status).toEqual({ state: 'ready', ribbonPrintsLeft: 200 });
});

test('a printer in the middle of a panel is waited for before it is reset', async () => {
  const place = cabinet({}, realisticPacing, true);
  const { printer, feed } = await placeOf(place);
  await feed();
  const abort = new AbortController();
  const printing = codeFrom(printer.print(noisyFace(), { signal: abort.signal }));
  await place.clock.advance(5_000);
  abort.abort();
  await place.soon(printing);
  await place.soon(printer.fence({ ...patient, flush: false }));
  const inked = place.path.cards[0]?.ink.map(({ bitmap }) => bitmap.subarray(-567).some((byte) => byte !== 0));
  expect(inked?.every(Boolean)).toBe(true); // no panel stopped half-way
  expect(await place.soon(printer.locate(patient))).toBe('inside');
});

test('a silent printer is unreachable, and its link is closed', async () => {
  const place = cabinet();
  place.simulator.misbehave({ fault: 'silence' });
  const link = place.cable();
  expect(await place.code(openEvolis({ link, clock: place.clock }))).toBe('card-printer/unreachable');
  expect(await link.closed).toEqual({ reason: 'closed-here' });
});

test('a printer that does not take the kiosk settings is the wrong model', async () => {
  const place = cabinet();
  const refused = { fault: 'reply', on: 'Pcem', does: { trick: 'replaced', by: 'OPT NOT AVAILABLE' } } as const;
  place.simulator.misbehave(refused);
  expect(await place.code(openEvolis({ link: place.cable(), clock: place.clock }))).toBe('device/wrong-model');
});

/** A printer whose link outlives its power. */
async function behindSerialServer() {
  const place = cabinet();
  const { near, far } = memoryLinkPair();
  const server = serialServer(far);
  server.plugIn(place.cable());
  const printer = await place.soon(openEvolis({ link: near, clock: place.clock }));
  const cyclePower = () => {
    place.simulator.powerOff();
    place.simulator.powerOn();
    server.plugIn(place.cable());
  };
  return { ...place, printer, cyclePower };
}

test('a power cycle that the link survived is seen before anything moves, and ends the session', async () => {
  const { printer, cyclePower, ...place } = await behindSerialServer();
  cyclePower();
  expect(await place.code(printer.feed(patient))).toBe('link/lost');
  expect(place.path.cardsFed).toBe(0);
  expect(printer.status).toMatchObject({ state: 'away' });
});

test('a power cycle in the middle of a job is seen before the command that could eject the card', async () => {
  const { printer, cyclePower, ...place } = await behindSerialServer();
  await place.soon(printer.feed(patient));
  const onProgress = (fraction: number) => {
    if (fraction > 0.8) cyclePower();
  };
  expect(await place.code(printer.print(noisyFace(), { ...patient, onProgress }))).toBe('card-printer/outcome-unknown');
  expect([place.path.inside?.card, place.path.atExit]).toEqual(['card-1', null]);
});

test('disposing closes the link, and the printer is away', async () => {
  const place = cabinet();
  const printer = await place.open();
  await printer[Symbol.asyncDispose]();
  expect(printer.status).toEqual({ state: 'away', sinceMs: place.clock.wallMs() });
  expect(await place.code(printer.check(patient))).toBe('link/lost');
});
