import { expect, test } from 'vitest';
import { memoryLinkPair } from '#drivers/kit/memory-link.ts';
import { manualClock } from '#kit/manual-clock.ts';
import { seededRandom } from '#kit/random.ts';
import { type HandHost, openBench } from './bench.ts';
import { LINES } from './bitmap.ts';
import { realisticPacing } from './pacing.ts';
import { decodePanels } from './picture.ts';

const bench = (options: Partial<Parameters<typeof openBench>[0]> = {}) =>
  openBench({ clock: manualClock(), random: seededRandom('faults'), ...options });
const solid = new Uint8Array(LINES).fill(0xff);
/** A job in two panels of resin and varnish, ready for Se; the replies to both. */
async function twoPanels(host: HandHost, ...settings: string[]): Promise<(string | null)[]> {
  await host.askAll('Pem;2', 'Pneab;E', ...settings, 'Ss');
  return [await host.download('Dbc;k;2;1016', solid), await host.download('Dbc;o;2;1016', solid)];
}
const inkedColumns = (ink: Parameters<typeof decodePanels>[0]) =>
  [...decodePanels(ink).k.subarray(0, LINES)].filter((dot) => dot === 1).length;

test('a jam at a panel leaves half of it on the card, and nothing turns until it is cleared', async () => {
  const { path, printer, plugIn } = bench();
  const host = plugIn();
  printer.misbehave({ fault: 'jam', atPanel: 1 });
  expect(await twoPanels(host)).toEqual(['OK', 'ERR CARD JAM']);
  expect(inkedColumns(path.cards[0]?.ink ?? [])).toBe(508);
  expect(printer.portStatus()).toBe(0x10); // not-error is down
  expect(await host.askAll('Ser', 'Ss', 'Se')).toEqual(['ERR CARD JAM', 'ERR CARD JAM', 'ERR CARD JAM']);
  expect(await host.askAll('Scs', 'Ser')).toEqual(['OK', 'OK']);
  expect(path.box).toEqual(['card-1']);
  expect(printer.portStatus()).toBe(0x18);
});

test('a card that only a person can free stays until the cover was open', async () => {
  const { path, printer, plugIn } = bench();
  const host = plugIn();
  printer.misbehave({ fault: 'jam', atPanel: 1, freedBy: 'person' });
  await twoPanels(host);
  printer.pathChanged(); // somebody filled the feeder: the cover stayed closed
  expect(await host.askAll('Srs', 'Ser')).toEqual(['OK', 'ERR CARD JAM']);
  path.coverClosed = false;
  printer.pathChanged();
  path.coverClosed = true;
  printer.pathChanged();
  expect(await host.askAll('Scs', 'Ser')).toEqual(['OK', 'OK']);
});

test('a ribbon that ends inside a card refuses further jobs until a fuller one is fitted and the error cleared', async () => {
  const { path, printer, plugIn } = bench();
  const host = plugIn();
  printer.misbehave({ fault: 'ribbon-ends', atPanel: 1, afterLines: 100 });
  expect(await twoPanels(host)).toEqual(['OK', 'ERROR RIBBON']);
  expect(inkedColumns(path.cards[0]?.ink ?? [])).toBe(100);
  expect(printer.portStatus()).toBe(0x38);
  expect(await host.askAll('Rcr', 'Ser', 'Ss')).toEqual(['ERROR RIBBON', 'OK', 'ERROR RIBBON']);
  expect(await host.ask('Scs')).toBe('OK');
  expect(await twoPanels(host)).toEqual(['OK', 'ERROR RIBBON']); // the same ribbon
  path.ribbon = { prints: 200, capacity: 200, zone: 'F616', broken: false };
  expect(await host.askAll('Scs', 'Ser')).toEqual(['OK', 'OK']);
  expect(await twoPanels(host)).toEqual(['OK', 'OK']);
});

test('the world may end the ribbon inside a card: the next panel meets it', async () => {
  const { path, plugIn } = bench();
  const host = plugIn();
  await twoPanels(host);
  if (path.ribbon) path.ribbon.prints = 0;
  expect(await host.ask('Se')).toBe('ERROR RIBBON');
  expect(path.cards[0]?.ink.map(({ panel }) => panel)).toEqual(['k']);
});

test('no ribbon, a broken one, one of another region, and an empty one refuse the first panel', async () => {
  const ribbon = { prints: 200, capacity: 200, zone: 'F616', broken: false };
  for (const bad of [null, { ...ribbon, broken: true }, { ...ribbon, zone: 'F61A' }, { ...ribbon, prints: 0 }]) {
    const { path, plugIn } = bench();
    path.ribbon = bad;
    expect(await twoPanels(plugIn())).toEqual(['OK', 'ERROR RIBBON']);
    expect(path.cards[0]?.ink).toEqual([]);
  }
});

test('the last set of a ribbon prints its whole card', async () => {
  const { path, plugIn } = bench();
  if (path.ribbon) path.ribbon.prints = 1;
  const host = plugIn();
  expect(await twoPanels(host)).toEqual(['OK', 'OK']);
  expect(await host.ask('Se')).toBe('OK');
});

test('a cover opened before a job refuses it; opened while a panel passes, it spoils the card', async () => {
  const clock = manualClock();
  const { path, printer, plugIn } = bench({ clock, pacing: { ...realisticPacing, msPerMegabyte: 0 } });
  const host = plugIn();
  path.coverClosed = false;
  const refused = host.ask('Ss');
  await clock.advance(100);
  expect(await refused).toBe('ERR COVER OPEN');
  expect(printer.portStatus() & 0x08).toBe(0);
  path.coverClosed = true;

  const job = twoPanels(host);
  await clock.advance(4000);
  path.coverClosed = false;
  await clock.advance(4000);
  expect(await job).toEqual(['OK', 'ERR COVER OPEN']);
  expect(inkedColumns(path.cards[0]?.ink ?? [])).toBe(508);
});

test('a scripted cover edge inside a card does the same', async () => {
  const { printer, plugIn } = bench();
  printer.misbehave({ fault: 'cover-opens', atPanel: 2 });
  const host = plugIn();
  expect(await twoPanels(host)).toEqual(['OK', 'OK']);
  expect(await host.ask('Se')).toBe('ERR COVER OPEN');
});

test('an empty feeder refuses before anything moved', async () => {
  const { path, printer, plugIn } = bench();
  path.feeder.cards = 0;
  const host = plugIn();
  expect(await host.askAll('Psmgr;2', 'Si', 'Ss')).toEqual(['OK', 'ERR FEEDER EMPTY', 'ERR FEEDER EMPTY']);
  expect(printer.portStatus() & 0x20).toBe(0x20);
  path.feeder.cards = 1;
  expect(await host.askAll('Si', 'Rlr;p')).toEqual(['OK', 'CARD']);
});

test('the roller slips, or brings two cards of which nobody sees the second', async () => {
  const { path, printer, plugIn } = bench();
  printer.misbehave({ fault: 'misfeed' }, { fault: 'double-feed' });
  const host = plugIn();
  expect(await host.ask('Si')).toBe('ERROR TIME OUT');
  expect(path.feeder.cards).toBe(20);
  expect(await host.askAll('Si', 'Rlr;p', 'Rco;c')).toEqual(['OK', 'CARD', '1']);
  expect(path.feeder.cards).toBe(18);
  await host.ask('Ser');
  expect(path.box).toEqual(['card-1', 'card-2']);
});

test('a full box, a closed shutter and a card already in the bezel keep the card inside', async () => {
  const { path, plugIn } = bench();
  const host = plugIn();
  path.rejectBox.cards = 30;
  expect(await host.askAll('Si', 'Ser', 'Rlr;p')).toEqual(['OK', 'ERR HOPPER FULL', 'CARD']);
  path.shutterOpen = false;
  expect(await host.askAll('Se', 'Rlr;p', 'Scs')).toEqual(['ERR CARD JAM', 'CARD', 'OK']);
  path.shutterOpen = true;
  expect(await host.askAll('Se', 'Si', 'Se', 'Rlr;p')).toEqual(['OK', 'OK', 'ERR CARD JAM', 'CARD']);
});

test('a card that was taken cannot be retracted', async () => {
  const { path, printer, plugIn } = bench();
  const host = plugIn();
  await host.askAll('Psmgr;2', 'Si', 'Se');
  await printer.settled();
  path.take();
  expect(await host.ask('Sib')).toBe('OK'); // accepted, no more
  await printer.settled();
  expect(await host.askAll('Rlr;p', 'Rlr')).toEqual(['OK', 'ERROR TIME OUT']);
});

test('a move that never arrives holds up every other move, until Srs', async () => {
  const { path, printer, plugIn } = bench();
  const host = plugIn();
  printer.misbehave({ fault: 'move-hangs', on: 'Sis' });
  expect(await host.askAll('Psmgr;2', 'Si', 'Sis', 'Rlr;p')).toEqual(['OK', 'OK', 'OK', 'CARD']);
  expect(printer.portStatus()).toBe(0x08);
  await host.say('Ser'); // waits for the rollers
  expect(await host.ask('Srs')).toBe('OK');
  expect(await host.askAll('Rok', 'Rlr;p', 'Ser')).toEqual(['OK', 'CARD', 'OK']);
  expect(path.box).toEqual(['card-1']);
});

test('a jam in a move stops that card', async () => {
  const { printer, plugIn } = bench();
  printer.misbehave({ fault: 'jam', on: 'Ser' });
  expect(await plugIn().askAll('Si', 'Ser', 'Ser', 'Scs', 'Ser')).toEqual([
    'OK',
    'ERR CARD JAM',
    'ERR CARD JAM',
    'OK',
    'OK',
  ]);
});

test('replies get lost, come together, are preceded by a stale OK, replaced, or turn to garbage', async () => {
  const { printer, plugIn } = bench();
  const host = plugIn();
  printer.misbehave({ fault: 'reply', on: 'Rsn', does: { trick: 'lost' } });
  await host.say('Rsn');
  expect(await host.ask('Rzp')).toBe('F616');

  printer.misbehave({ fault: 'reply', on: 'Rsn', does: { trick: 'held-back' } });
  await host.say('Rsn');
  expect([await host.ask('Rzp'), await host.hear()]).toEqual(['10000012345', 'F616']);

  printer.misbehave({ fault: 'reply', on: 'Rrt', times: 2, does: { trick: 'preceded', by: 'OK' } });
  expect([await host.ask('Rrt;count'), await host.ask('Rrt;count'), await host.hear(), await host.hear()]).toEqual([
    'OK',
    '200',
    'OK',
    '200',
  ]);

  printer.misbehave({ fault: 'reply', on: 'Rrt', does: { trick: 'replaced', by: 'OK' } });
  expect(await host.askAll('Rrt;count', 'Rrt;count')).toEqual(['OK', '200']);

  printer.misbehave({ fault: 'reply', does: { trick: 'garbage', bytes: 12 } });
  expect(await host.ask('Rok')).toHaveLength(12);
  expect(host.unheard).toBe(0);
});

test('a reply comes late: what it answers was done long before', async () => {
  const clock = manualClock();
  const { path, printer, plugIn } = bench({ clock });
  const host = plugIn();
  printer.misbehave({ fault: 'reply', on: 'Se', does: { trick: 'late', ms: 20_000 } });
  const replies = host.askAll('Si', 'Se');
  await clock.advance(10);
  expect(path.atExit).toBe('card-1');
  expect(host.unheard).toBe(0);
  await clock.advance(20_000);
  expect(await replies).toEqual(['OK', 'OK']);
});

test('a silent printer neither hears nor answers until its power is cycled', async () => {
  const { path, printer, plugIn } = bench();
  printer.misbehave({ fault: 'silence' });
  await plugIn().say('Si');
  await printer.settled();
  expect(path.inside).toBeNull();
  printer.powerOff();
  printer.powerOn();
  expect(await plugIn().ask('Rok')).toBe('OK');
});

test('a sensor freezes, and the hardware reports a number', async () => {
  const { path, printer, plugIn } = bench();
  const host = plugIn();
  printer.misbehave({ fault: 'sensor-stuck', sensor: 'b', reads: '0,21 Volts' }, { fault: 'hardware', code: 17 });
  await host.askAll('Si', 'Se');
  expect(path.atExit).toBe('card-1');
  expect(await host.askAll('Rse;b', 'Rem;1')).toEqual(['0,21 Volts', '17']);
  printer.behave();
  expect(await host.ask('Rse;b')).toMatch(/^4,9|^5,0/);
});

test('the cable is pulled at any byte of a panel: the link ends there and the printer remembers its settings', async () => {
  for (const afterBytes of [1, 7, 15, 500, 1030]) {
    const { path, printer, plugIn } = bench();
    const host = plugIn();
    await host.askAll('Pem;2', 'Ss');
    printer.misbehave({ fault: 'unplugged', afterBytes });
    expect(await host.download('Dbc;k;2;1016', solid)).toBeNull();
    expect((await host.link.closed).reason).toBe('closed-there');
    expect(await plugIn().askAll('Rem', 'Rlr;p')).toEqual(['2;0', 'CARD']);
    expect(path.cards[0]?.ink).toEqual([]);
  }
});

test('the cable is pulled while a panel passes the head: the panel is finished', async () => {
  const { path, printer, plugIn } = bench();
  const host = plugIn();
  printer.misbehave({ fault: 'unplugged', atPanel: 1 });
  expect(await twoPanels(host)).toEqual(['OK', null]);
  await printer.settled();
  expect(path.cards[0]?.ink.map(({ panel }) => panel)).toEqual(['k']);
});

test('the cable is pulled before, during and after a command', async () => {
  for (const moment of ['heard', 'done', 'answered'] as const) {
    const { path, printer, plugIn } = bench();
    const host = plugIn();
    printer.misbehave({ fault: 'unplugged', on: 'Si', moment });
    expect(await host.ask('Si')).toBe(moment === 'answered' ? 'OK' : null);
    await printer.settled();
    expect(path.inside).not.toBeNull(); // pulling a cable stops no rollers
    expect(await plugIn().ask('Rok')).toBe('OK');
  }
});

test('with the printer minding its own faults, BUSY stays up until somebody clears it', async () => {
  const { path, printer, plugIn } = bench();
  path.feeder.cards = 0;
  const host = plugIn();
  await host.askAll('Pem;0', 'Si');
  expect(printer.portStatus()).toBe(0x28);
  await host.ask('Scs');
  expect(printer.portStatus()).toBe(0x18);
});

test('a card left in the bezel is pulled in again or put in the box, as Pbc says', async () => {
  for (const [action, inside, boxed] of [
    ['D', false, 0],
    ['N', true, 0],
    ['R', false, 1],
  ] as const) {
    const clock = manualClock();
    const { path, plugIn } = bench({ clock });
    const host = plugIn();
    await host.askAll(`Pbc;A;${action}`, 'Pbc;D;20', 'Si', 'Se');
    await clock.advance(19_000);
    expect(path.atExit).toBe('card-1');
    await clock.advance(2000);
    expect([path.inside !== null, path.box.length]).toEqual([inside, boxed]);
  }
});

test('the next card in the bezel has its own time', async () => {
  const clock = manualClock();
  const { path, plugIn } = bench({ clock });
  const host = plugIn();
  await host.askAll('Pbc;A;N', 'Pbc;D;20', 'Si', 'Se');
  await clock.advance(15_000);
  path.take();
  await host.askAll('Si', 'Se');
  await clock.advance(15_000);
  expect(path.atExit).toBe('card-2');
  await clock.advance(6000);
  expect(path.atExit).toBeNull();
});

test('a card taken in time is not looked for', async () => {
  const clock = manualClock();
  const { path, plugIn } = bench({ clock });
  await plugIn().askAll('Pbc;A;N', 'Si', 'Se');
  path.take();
  await clock.advance(60_000);
  expect(path.inside).toBeNull();
});

test('a fault of the world ends the serving loudly, not in silence', async () => {
  const { path, printer } = bench();
  const { near, far } = memoryLinkPair();
  path.feed = () => {
    throw new Error('the world is broken');
  };
  const served = printer.serve(far);
  await near.write(new Uint8Array(Buffer.from('\x1bSi\r')));
  await expect(served).rejects.toThrow('the world is broken');
});
