import { expect, test } from 'vitest';
import { manualClock } from '#kit/manual-clock.ts';
import { seededRandom } from '#kit/random.ts';
import { type HandHost, openBench } from './bench.ts';
import { LINES } from './bitmap.ts';
import type { PrinterBranches } from './branches.ts';
import { realisticPacing } from './pacing.ts';
import { decodePanels } from './picture.ts';

type Options = Partial<Parameters<typeof openBench>[0]>;
const bench = (branches: Partial<PrinterBranches> = {}, options: Options = {}) =>
  openBench({ clock: manualClock(), random: seededRandom('power'), branches, ...options });
const solid = new Uint8Array(LINES).fill(0xff);
const kiosk = ['Pem;2', 'Psmgr;2', 'Pneab;E', 'Pneab;A;0', 'Pbc;A;D'];
const panel = (host: HandHost, which: 'k' | 'o') => host.download(`Dbc;${which};2;1016`, solid);
const inkOf = (path: { cards: readonly { ink: { panel: string }[] }[] }, card = 0) =>
  path.cards[card]?.ink.map((one) => one.panel);

test('the power takes the link, the error mode and the settings; the saved mode and the counters stay', async () => {
  const { printer, plugIn } = bench();
  const host = plugIn();
  await host.askAll('Pem;1;s', ...kiosk, 'Si', 'Ser');
  printer.powerOff();
  expect((await host.link.closed).reason).toBe('closed-there');
  expect(printer.portStatus()).toBe(0);
  printer.powerOn();
  const again = plugIn();
  expect(await again.askAll('Rem', 'Rco;c', 'Rlr')).toEqual(['1;1', '1', 'OK']);
  await again.askAll('Si', 'Se'); // no longer held
  await printer.settled();
  expect(await again.ask('Rlr;p')).toBe('OK');
});

test('without power nobody answers the cable', async () => {
  const { printer, plugIn } = bench();
  printer.powerOff();
  expect(await plugIn().hear()).toBeNull();
  printer.powerOn();
  expect(await plugIn().ask('Rok')).toBe('OK');
});

test('settings may also be kept, but never the error mode', async () => {
  const { path, printer, plugIn } = bench({ settings: 'kept' });
  await plugIn().askAll(...kiosk, 'Si');
  printer.powerOff();
  printer.powerOn();
  expect(await plugIn().askAll('Rem', 'Se', 'Rlr;p')).toEqual(['0;0', 'OK', 'CARD']);
  expect(path.atExit).toBeNull();
});

test('a card inside is held, ejected or rejected when the power returns, and so after Srs', async () => {
  for (const fate of ['hold', 'eject', 'reject'] as const) {
    for (const edge of ['power', 'reset'] as const) {
      const { path, printer, plugIn } = bench(edge === 'power' ? { cardAtPowerUp: fate } : { cardAtReset: fate });
      const host = plugIn();
      await host.askAll(...kiosk, 'Si');
      if (edge === 'power') printer.powerOff();
      if (edge === 'power') printer.powerOn();
      else await host.ask('Srs');
      await printer.settled();
      const places = [path.inside?.card, path.atExit ?? undefined, path.box[0]];
      expect(places).toEqual(['hold', 'eject', 'reject'].map((one) => (one === fate ? 'card-1' : undefined)));
    }
  }
});

test('a job cut by the power is dropped, or finished and ejected by itself', async () => {
  for (const job of ['dropped', 'finished'] as const) {
    const { path, printer, plugIn } = bench({ job });
    const host = plugIn();
    await host.askAll(...kiosk, 'Ss');
    await panel(host, 'k');
    await panel(host, 'o');
    printer.powerOff();
    expect(inkOf(path)).toEqual(['k']);
    printer.powerOn();
    await printer.settled();
    expect([inkOf(path), path.atExit]).toEqual(job === 'dropped' ? [['k'], null] : [['k', 'o'], 'card-1']);
  }
});

test('the stored panels are cleared or kept: kept, Sc prints a face that the host never sent again', async () => {
  for (const [bitmaps, inked] of [
    ['cleared', []],
    ['kept', ['k']],
  ] as const) {
    const { path, printer, plugIn } = bench({ bitmaps });
    const host = plugIn();
    await panel(host, 'k');
    printer.powerOff();
    printer.powerOn();
    expect(await plugIn().askAll('Pem;2', 'Sc')).toEqual(['OK', 'OK']);
    expect(inkOf(path)).toEqual(inked);
  }
});

test('a panel under the head when the power goes stays as far as it got', async () => {
  const clock = manualClock();
  const { path, printer, plugIn } = bench({}, { clock, pacing: { ...realisticPacing, msPerMegabyte: 0, answerMs: 0 } });
  const host = plugIn();
  const first = host.askAll('Pem;2', 'Ss').then(() => panel(host, 'k'));
  await clock.advance(3000);
  await first;
  void panel(host, 'o');
  await clock.advance(900); // a quarter of 3600 ms
  printer.powerOff();
  const { k } = decodePanels(path.cards[0]?.ink ?? []);
  expect(k.subarray(0, LINES).filter((dot) => dot === 1).length).toBe(254);
  printer.powerOn();
  await clock.advance(60_000);
  expect(inkOf(path)).toEqual(['k']);
});

test('scripted, the power fails at a panel, at a byte, and around a command', async () => {
  const { path, printer, plugIn } = bench();
  printer.misbehave({ fault: 'power-fails', atPanel: 1, afterLines: 200 });
  const host = plugIn();
  await host.askAll('Pem;2', 'Ss');
  expect([await panel(host, 'k'), await panel(host, 'o')]).toEqual(['OK', null]);
  expect(printer.powered).toBe(false);
  expect(
    decodePanels(path.cards[0]?.ink ?? [])
      .k.subarray(0, LINES)
      .filter((dot) => dot === 1).length,
  ).toBe(200);

  for (const moment of ['heard', 'done', 'answered'] as const) {
    const other = bench();
    other.printer.misbehave({ fault: 'power-fails', on: 'Ser', moment });
    expect(await other.plugIn().askAll('Si', 'Ser')).toEqual(['OK', moment === 'answered' ? 'OK' : null]);
    expect(other.path.box.length).toBe(moment === 'heard' ? 0 : 1);
  }
  const third = bench();
  third.printer.misbehave({ fault: 'power-fails', afterBytes: 3 });
  expect(await third.plugIn().ask('Si')).toBeNull();
  expect(third.path.inside).toBeNull();
});

test('a panel that a dead host left half sent is dropped: the next command is a command', async () => {
  const { plugIn } = bench();
  const host = plugIn();
  await host.send(new Uint8Array(Buffer.from('\x1bDbc;k;2;1016;half of it')));
  await host.unplug();
  expect(await plugIn().ask('Rsn')).toBe('10000012345');
});

test('or it is kept: commands are swallowed as pixels, and NULs complete the panel, which inks', async () => {
  const { path, printer, plugIn } = bench({ halfDownload: 'kept' });
  const host = plugIn();
  await host.askAll('Pem;2', 'Ss');
  await host.send(new Uint8Array(Buffer.from('\x1bDbc;k;2;1016;\xff\xff', 'latin1')));
  await host.unplug();
  const next = plugIn();
  await next.say('Rok');
  await printer.settled();
  expect(next.unheard).toBe(0); // five pixels more, no command
  await next.send(new Uint8Array(1009));
  expect(await next.hear()).toMatch(/^OK$|^ERROR PARAMETRES$/);
  expect(await next.ask('Rsn')).toBe('10000012345');
  expect(path.inside?.at).toBe('print');
});

test('a kept panel that NULs complete is printed by the next Se', async () => {
  const { path, plugIn } = bench({ halfDownload: 'kept' });
  const host = plugIn();
  await host.askAll('Pem;2', 'Ss');
  await host.send(new Uint8Array(Buffer.from('\x1bDbc;k;2;1016;\xff\xff', 'latin1')));
  await host.unplug();
  const next = plugIn();
  await next.send(new Uint8Array(1014));
  expect(await next.hear()).toBe('OK');
  await next.ask('Se');
  expect(inkOf(path)).toEqual(['k']);
  expect(path.atExit).toBe('card-1');
});

test('or it is given up after a while, which a late host hears as an answer that it did not ask for', async () => {
  const clock = manualClock();
  const { plugIn } = bench({ halfDownload: { timesOutAfterMs: 10_000 } }, { clock });
  const host = plugIn();
  await host.send(new Uint8Array(Buffer.from('\x1bDbc;k;2;1016;half of it')));
  await clock.advance(1);
  await host.unplug();
  await clock.advance(11_000);
  const next = plugIn();
  expect([await next.ask('Rsn'), await next.hear()]).toEqual(['ERROR TIME OUT', '10000012345']);
});

test('answers that nobody fetched are lost, or the first thing that the next host reads', async () => {
  for (const unreadReplies of ['lost', 'kept'] as const) {
    const { printer, plugIn } = bench({ unreadReplies });
    const host = plugIn();
    printer.misbehave({ fault: 'unplugged', on: 'Si', moment: 'done' });
    expect(await host.ask('Si')).toBeNull();
    await printer.settled();
    const next = plugIn();
    expect(await next.ask('Rsn')).toBe(unreadReplies === 'kept' ? 'OK' : '10000012345');
  }
});

test('Ss with a card inside keeps it, or drives it out before a second one', async () => {
  const keeps = bench();
  await keeps.plugIn().askAll('Si', 'Ss');
  expect([keeps.path.cards.length, keeps.path.atExit]).toEqual([1, null]);
  const feeds = bench({ sequenceWithCard: 'feeds-a-second' });
  expect(await feeds.plugIn().askAll('Si', 'Ss')).toEqual(['OK', 'OK']);
  expect([feeds.path.inside?.card, feeds.path.atExit]).toEqual(['card-2', 'card-1']);
  const barred = bench({ sequenceWithCard: 'feeds-a-second' });
  barred.path.shutterOpen = false;
  expect(await barred.plugIn().askAll('Si', 'Ss')).toEqual(['OK', 'ERR CARD JAM']);
  expect(barred.path.inside?.card).toBe('card-1');
});

test('which setting holds a card at the end of a print is a branch; both together hold on every one', async () => {
  const held: Record<string, string[]> = { E: [], A0: [], either: [], both: [] };
  for (const holdsCard of ['E', 'A0', 'either', 'both'] as const) {
    for (const set of ['Pneab;E', 'Pneab;A;0', 'Pneab;E+Pneab;A;0']) {
      const { path, plugIn } = bench({ holdsCard });
      const host = plugIn();
      await host.askAll('Pem;2', ...set.split('+'), 'Ss');
      await panel(host, 'k');
      await host.ask('Se');
      if (path.inside) held[holdsCard]?.push(set);
      if (set.includes('+')) await host.askAll('Pneab;A;1', 'Se');
      if (set.includes('+')) expect(path.atExit).toBe('card-1');
    }
  }
  const together = 'Pneab;E+Pneab;A;0';
  expect(held).toEqual({
    E: ['Pneab;E', together],
    A0: ['Pneab;A;0', together],
    either: ['Pneab;E', 'Pneab;A;0', together],
    both: [together],
  });
});

test('Pneab;A;0 may forbid the reject box too, without a word', async () => {
  const { path, plugIn } = bench({ forbidCoversReject: true });
  expect(await plugIn().askAll('Pneab;A;0', 'Si', 'Ser', 'Rlr;p', 'Pneab;A;1', 'Ser')).toEqual([
    'OK',
    'OK',
    'OK',
    'CARD',
    'OK',
    'OK',
  ]);
  expect(path.box).toEqual(['card-1']);
});

test('under Psmgr;2 Se may answer before the last panel is on the card', async () => {
  const clock = manualClock();
  for (const lastPanel of ['before-reply', 'after-reply'] as const) {
    const { path, plugIn } = bench({ lastPanel }, { clock, pacing: { ...realisticPacing, msPerMegabyte: 0 } });
    const host = plugIn();
    const loaded = host.askAll(...kiosk, 'Ss').then(() => panel(host, 'k'));
    await clock.advance(5000);
    await loaded;
    let reply: string | null = null;
    void host.ask('Se').then((text) => {
      reply = text;
    });
    await clock.advance(1000);
    expect([reply, inkOf(path)]).toEqual([lastPanel === 'before-reply' ? null : 'OK', []]);
    await clock.advance(5000);
    expect([reply, inkOf(path)]).toEqual(['OK', ['k']]);
    expect(path.inside).not.toBeNull();
  }
});

test('an empty feeder may be accepted in silence, or wait for cards', async () => {
  const accepts = bench({ emptyFeed: 'accepts' });
  accepts.path.feeder.cards = 0;
  expect(await accepts.plugIn().askAll('Psmgr;2', 'Si', 'Rlr;p')).toEqual(['OK', 'OK', 'OK']);
  expect(accepts.printer.portStatus() & 0x20).toBe(0x20);

  const blocks = bench({ emptyFeed: 'blocks' });
  blocks.path.feeder.cards = 0;
  const reply = blocks.plugIn().ask('Si');
  blocks.path.feeder.cards = 1;
  blocks.printer.pathChanged();
  expect(await reply).toBe('OK');
  expect(blocks.path.inside).not.toBeNull();
});

test('Srs ends a command that would wait for ever', async () => {
  const { path, plugIn } = bench({ emptyFeed: 'blocks' });
  path.feeder.cards = 0;
  const host = plugIn();
  await host.say('Si');
  expect(await host.askAll('Srs', 'Rok')).toEqual(['OK', 'OK']);
  expect(host.unheard).toBe(0);
});

test('while it resets, the printer is deaf', async () => {
  const clock = manualClock();
  const { printer, plugIn } = bench({}, { clock, pacing: realisticPacing });
  const host = plugIn();
  const reset = host.ask('Srs');
  await clock.advance(1000);
  expect(await reset).toBe('OK');
  expect(printer.portStatus()).toBe(0x08);
  await host.say('Rok');
  await clock.advance(4000);
  expect(host.unheard).toBe(0);
  const alive = host.ask('Rok');
  await clock.advance(10);
  expect(await alive).toBe('OK');
});

test('in its own recovery mode it finishes the card by itself once the ribbon is new, on one branch', async () => {
  for (const [ownRecovery, inked, atExit] of [
    ['waits', ['k'], null],
    ['finishes', ['k', 'k'], 'card-1'],
  ] as const) {
    const { path, printer, plugIn } = bench({ ownRecovery });
    printer.misbehave({ fault: 'ribbon-ends', atPanel: 1 });
    const host = plugIn();
    await host.askAll('Pem;0', 'Ss');
    await panel(host, 'k');
    expect(await panel(host, 'o')).toBe('ERROR RIBBON');
    path.ribbon = { prints: 300, capacity: 300, zone: 'F616', broken: false };
    printer.pathChanged();
    await printer.settled();
    expect([inkOf(path), path.atExit]).toEqual([inked, atExit]);
  }
});

test('faults may come without ERR before them', async () => {
  const { path, plugIn } = bench({ faultTexts: 'bare' });
  path.feeder.cards = 0;
  expect(await plugIn().askAll('Si', 'Xyz')).toEqual(['FEEDER EMPTY', 'ERROR CDE']);
});

test('a printer goes on from what was saved: settings, panels, half a command', async () => {
  const first = bench({ halfDownload: 'kept' });
  const host = first.plugIn();
  await host.askAll('Pem;2', 'Ss');
  await panel(host, 'k');
  await host.send(new Uint8Array(Buffer.from('\x1bDbc;o;2;1016;\xff', 'latin1')));
  await host.unplug();
  const from = JSON.parse(JSON.stringify(first.printer.snapshot()));
  const second = bench({ halfDownload: 'kept' }, { from, path: first.path });
  const next = second.plugIn();
  await next.send(new Uint8Array(1015));
  expect(await next.hear()).toBe('OK');
  expect(await next.askAll('Rem', 'Se')).toEqual(['2;0', 'OK']);
  expect(inkOf(first.path)).toEqual(['k', 'o']);
});

test('half a command whose host went away is dropped on that branch, also where the printer itself was saved meanwhile', async () => {
  const first = bench({ halfDownload: 'dropped' });
  const host = first.plugIn();
  await host.askAll('Pem;2', 'Ss');
  await host.send(new Uint8Array(Buffer.from('\x1bDbc;o;2;1016;\xff', 'latin1')));
  const from = JSON.parse(JSON.stringify(first.printer.snapshot()));
  const second = bench({ halfDownload: 'dropped' }, { from, path: first.path });
  expect(await second.plugIn().askAll('Rem')).toEqual(['2;0']);
});

test('what was moving when it was saved counts as cut by the power', async () => {
  const clock = manualClock();
  const first = bench({}, { clock, pacing: realisticPacing });
  const host = first.plugIn();
  void host.askAll('Pem;2', 'Si');
  await clock.advance(500);
  const second = bench({}, { from: first.printer.snapshot(), path: first.path });
  expect(await second.plugIn().askAll('Rem', 'Rlr;p')).toEqual(['0;0', 'OK']);
});

test('a saved printer is small, though it keeps five panels', async () => {
  const { printer, plugIn } = bench();
  const host = plugIn();
  for (const which of ['y', 'm', 'c']) await host.download(`Db;${which};128`, new Uint8Array(576_072).fill(7));
  expect(JSON.stringify(printer.snapshot()).length).toBeLessThan(20_000);
});

test('a host that reconnects before the printer noticed finds all its earlier bytes heard', async () => {
  const { path, printer, plugIn } = bench();
  const host = plugIn();
  void host.say('Si');
  void host.unplug();
  expect(await plugIn().ask('Rok')).toBe('OK');
  await printer.settled();
  expect(path.inside).not.toBeNull();
});
