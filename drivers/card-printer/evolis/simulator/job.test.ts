import { expect, test } from 'vitest';
import { manualClock } from '#kit/manual-clock.ts';
import { seededRandom } from '#kit/random.ts';
import { command, downloadBytes, openBench } from './bench.ts';
import { LINES, rawBytes } from './bitmap.ts';
import { realisticPacing } from './pacing.ts';
import { decodePanels } from './picture.ts';

const bench = (options: Partial<Parameters<typeof openBench>[0]> = {}) =>
  openBench({ clock: manualClock(), random: seededRandom('job'), ...options });
const kioskSettings = ['Pem;2', 'Pcim;F', 'Pcem;I', 'Psmgr;2', 'Pneab;E', 'Pcrm;D', 'Pbc;A;D', 'Pneab;A;0'];
const dye = (value: number) => new Uint8Array(rawBytes(128)).fill(value);
const solid = new Uint8Array(LINES).fill(0xff);

test('a card is fed, printed in five panels, held inside, presented and taken', async () => {
  const { path, printer, plugIn } = bench();
  const host = plugIn();
  expect(await host.askAll(...kioskSettings)).toEqual(kioskSettings.map(() => 'OK'));
  expect(await host.askAll('Si', 'Rlr;p', 'Pr;ymcko', 'Ss', 'Sr')).toEqual(['OK', 'CARD', 'OK', 'OK', 'OK']);
  for (const panel of ['y', 'm', 'c']) expect(await host.download(`Db;${panel};128`, dye(0x55))).toBe('OK');
  for (const panel of ['k', 'o']) expect(await host.download(`Dbc;${panel};2;1016`, solid)).toBe('OK');
  expect(path.cards[0]?.ink.map(({ panel }) => panel)).toEqual(['y', 'm', 'c', 'k']); // the last waits for Se
  expect(await host.ask('Se')).toBe('OK');
  expect(path.inside).toEqual({ card: 'card-1', at: 'print' });

  expect(await host.askAll('Pneab;A;1', 'Se')).toEqual(['OK', 'OK']);
  await printer.settled();
  expect(await host.askAll('Rlr;p', 'Rse;b')).toEqual(['OK', expect.stringMatching(/^4,9\d Volts$|^5,00 Volts$/)]);
  expect(path.take()?.ink.map(({ panel }) => panel)).toEqual(['y', 'm', 'c', 'k', 'o']);
  expect(await host.ask('Rse;b')).toMatch(/^0,[23]\d Volts$/);
  expect(await host.askAll('Rrt;count', 'Rco;c', 'Rco;p')).toEqual(['199', '1', '5']);
});

test('the whole job comes byte by byte, each reply leaves byte by byte, and the card is the same', async () => {
  const { path, plugIn } = bench({ pieces: 'single-bytes' });
  const host = plugIn();
  const k = Uint8Array.from([2, 0x1b, 0x0d, ...new Array(LINES - 1).fill(0)]);
  const job = [
    ...['Pem;2', 'Pr;k', 'Ss'].map(command),
    downloadBytes(`Dbc;k;2;${k.length}`, k),
    command('Se;1'),
    new Uint8Array(32),
  ];
  for (const part of job) for (const byte of part) await host.send(Uint8Array.of(byte));
  for (let reply = 0; reply < 5; reply++) expect(await host.hear()).toBe('OK');
  expect(host.pieces.every(({ length }) => length === 1)).toBe(true);
  const { k: black } = decodePanels(path.take()?.ink ?? []);
  expect([...black].filter((dot) => dot === 1).length).toBe(7); // 1B and 0D have four and three bits
});

test('replies are cut at points that the seed decides', async () => {
  const cuts = async (seed: string) => {
    const host = bench({ random: seededRandom(seed) }).plugIn();
    for (let asked = 0; asked < 20; asked++) await host.ask('Rsn');
    return host.pieces.map(({ length }) => length);
  };
  expect(await cuts('one')).toEqual(await cuts('one'));
  expect(await cuts('one')).not.toEqual(await cuts('two'));
});

test('a card that came back to the bezel is retracted and goes to the box', async () => {
  const { path, printer, plugIn } = bench();
  const host = plugIn();
  await host.askAll(...kioskSettings, 'Si', 'Pneab;A;1', 'Se');
  await printer.settled();
  expect(path.atExit).toBe('card-1');
  expect(await host.askAll('Sib', 'Sis', 'Rlr;p', 'Ser')).toEqual(['OK', 'OK', 'SMART CARD', 'OK']);
  await printer.settled();
  expect(await host.askAll('Rlr;p', 'Rlr;h')).toEqual(['OK', 'NO CARD']);
  expect(path.box).toEqual(['card-1']);
});

test('under Psmgr;2 a move answers when accepted, otherwise when done', async () => {
  const clock = manualClock();
  const { path, plugIn } = bench({ clock, pacing: realisticPacing });
  const host = plugIn();
  const accepted = host.askAll('Psmgr;2', 'Si', 'Rlr;p');
  await clock.advance(200);
  expect(await accepted).toEqual(['OK', 'OK', 'OK']); // no card there yet
  await clock.advance(3000);
  expect(path.inside).toEqual({ card: 'card-1', at: 'print' });

  const done = host.askAll('Psmgr;1', 'Sic', 'Rlr;p');
  await clock.advance(600);
  expect(path.inside?.at).toBe('print');
  await clock.advance(2000);
  expect(await done).toEqual(['OK', 'OK', 'CONTACTLESS CARD']);
});

test('a panel goes under the head when the next one has come', async () => {
  const clock = manualClock();
  const { path, printer, plugIn } = bench({ clock, pacing: { ...realisticPacing, msPerMegabyte: 0 } });
  const host = plugIn();
  const first = host.askAll('Pem;2', 'Ss').then(() => host.download('Db;y;128', dye(1)));
  await clock.advance(5000);
  expect(await first).toBe('OK');
  expect(printer.portStatus()).toBe(0x18);
  const second = host.download('Db;m;128', dye(1));
  await clock.advance(1000);
  expect(printer.portStatus()).toBe(0x08); // busy
  expect(path.cards[0]?.ink).toEqual([]);
  await clock.advance(4000);
  expect(await second).toBe('OK');
  expect(path.cards[0]?.ink.map(({ panel }) => panel)).toEqual(['y']);
});

test('bytes take their time on the cable', async () => {
  const clock = manualClock();
  const { plugIn } = bench({ clock, pacing: { ...realisticPacing, answerMs: 0 } });
  const host = plugIn();
  let answered = false;
  const reply = host.download('Db;k;2', new Uint8Array(82296)).then((text) => {
    answered = true;
    return text;
  });
  await clock.advance(80);
  expect(answered).toBe(false);
  await clock.advance(10);
  expect(await reply).toBe('OK');
});

test('Wcb fills the varnish panel without a download', async () => {
  const { path, plugIn } = bench();
  const host = plugIn();
  expect(await host.askAll('Pem;2', 'Ss', 'Wcb;o;255', 'Se')).toEqual(['OK', 'OK', 'OK', 'OK']);
  expect(path.take()?.ink[0]?.bitmap.every((byte) => byte === 0xff)).toBe(true);
  expect(await host.askAll('Pem;0', 'Ss', 'Wcb;o;255')).toEqual(['OK', 'OK', 'ERROR CDE']);
});

test('Sc prints the stored panels once more, on another card', async () => {
  const { path, plugIn } = bench();
  const host = plugIn();
  await host.askAll('Pem;2', 'Ss');
  await host.download('Dbc;k;2;1016', solid);
  expect(await host.ask('Se')).toBe('OK');
  path.take();
  expect(await host.ask('Sc')).toBe('OK');
  expect(path.cards.map(({ ink }) => ink.length)).toEqual([1, 1]);
});

test('a panel that the ribbon has behind it begins a new set', async () => {
  const { path, plugIn } = bench();
  const host = plugIn();
  await host.askAll('Pem;2', 'Ss');
  for (const panel of ['k', 'o', 'k']) await host.download(`Dbc;${panel};2;1016`, solid);
  await host.ask('Se');
  expect(path.ribbon?.prints).toBe(198);
});
