import { expect, test } from 'vitest';
import { manualClock } from '#kit/manual-clock.ts';
import { seededRandom } from '#kit/random.ts';
import { openBench } from './bench.ts';

const bench = (options: Partial<Parameters<typeof openBench>[0]> = {}) =>
  openBench({ clock: manualClock(), random: seededRandom('reads'), ...options });

test('it says who it is', async () => {
  const host = bench({ model: 'KM500B', serial: '42', firmware: '2001' }).plugIn();
  expect(await host.askAll('Rok', 'Rtp', 'Rtp;d', 'Rsn', 'Rfv', 'Rzp')).toEqual([
    'OK',
    'KM500B',
    'KM500B',
    '42',
    '2001',
    'F616',
  ]);
});

test('sensors speak in volts with a decimal comma', async () => {
  const { path, plugIn } = bench();
  const host = plugIn();
  expect(await host.askAll('Rse;f', 'Rse;n', 'Rse;o')).toEqual(['5,00 Volts', '0,17 Volts', '5,00 Volts']);
  path.feeder.cards = 3;
  expect(await host.ask('Rse;n')).toBe('3,92 Volts');
  path.feeder.cards = 0;
  path.coverClosed = false;
  expect(await host.askAll('Rse;f', 'Rse;o')).toEqual(['0,00 Volts', '0,00 Volts']);
});

test('the ribbon tag is read, and its absence said', async () => {
  const { path, plugIn } = bench();
  const host = plugIn();
  expect(await host.askAll('Rrt;count', 'Rrt;qty', 'Rrt;zone', 'Rcr')).toEqual(['200', '200', 'F616', 'OK']);
  path.ribbon = null;
  expect(await host.askAll('Rrt;count', 'Rcr')).toEqual(['ERR RIB DETECTION', 'ERROR RIBBON']);
});

test('the reject box and the cleaning counter are told by Rlr', async () => {
  const { path, plugIn } = bench({ cleaningEvery: 1 });
  const host = plugIn();
  expect(await host.askAll('Rlr;h', 'Rlr;c')).toEqual(['NO CARD', 'OK']);
  path.rejectBox.cards = 30;
  expect(await host.askAll('Si', 'Rlr;h', 'Rlr;c')).toEqual(['OK', 'CARD', 'ERR NEED CLEANING']);
  path.ribbon = null;
  path.takeInside();
  expect(await host.askAll('Scp', 'Rlr;c', 'Rco;n')).toEqual(['OK', 'OK', '1']);
});

test('Rem tells the error mode in force and the saved one', async () => {
  const { printer, plugIn } = bench();
  const host = plugIn();
  expect(await host.askAll('Rem', 'Pem;2', 'Rem', 'Pem;3;s', 'Rem')).toEqual(['0;0', 'OK', '2;0', 'OK', '3;3']);
  printer.powerOff();
  printer.powerOn();
  expect(await plugIn().ask('Rem')).toBe('3;3');
});

test('Rlr repeats the last reply', async () => {
  const host = bench().plugIn();
  expect(await host.askAll('Pxyz', 'Rlr', 'Pcim;F', 'Rlr')).toEqual(['ERROR CDE', 'ERROR CDE', 'OK', 'OK']);
});

test('unknown commands and impossible parameters are told apart', async () => {
  const host = bench().plugIn();
  expect(await host.askAll('Xyz', '', 'constructor')).toEqual(['ERROR CDE', 'ERROR CDE', 'ERROR CDE']);
  const wrong = [
    'Pem',
    'Pem;x',
    'Pcim;Q',
    'Pneab;A;2',
    'Pbc;D;x',
    'Rse;z',
    'Rse',
    'Rlr;z',
    'Rrt;z',
    'Rco;z',
    'Db;y;2',
    'Wcb;q',
  ];
  expect(await host.askAll(...wrong)).toEqual(wrong.map(() => 'ERROR PARAMETRES'));
});

test('what only changes how a card looks is accepted', async () => {
  const host = bench().plugIn();
  const accepted = [
    'Pc;k;=;10',
    'Pl;y;+;3',
    'Ps;o;=;2',
    'Px;=;1',
    'Py;=;1',
    'Poc;=;53',
    'Mr;s',
    'Pdt;DU',
    'Ppws;1281755559',
  ];
  expect(await host.askAll(...accepted, 'Pfs;700;660;1200;500;1700')).toEqual(['OK', ...accepted.map(() => 'OK')]);
});

test('every command gets exactly one reply', async () => {
  const host = bench().plugIn();
  for (const text of ['Rok', 'Xyz', 'Ser', 'Se', 'Scs', 'Srs', 'Rok', 'Sib', 'Seb', 'Db;y;9;']) await host.ask(text);
  expect(host.unheard).toBe(0);
});
