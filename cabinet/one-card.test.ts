import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isCabinetFile } from '#controller/devices/cabinet-file.ts';
import { openMjpegCamera } from '#drivers/camera/mjpeg/camera.ts';
import type { CardFace } from '#drivers/card-printer/card-printer.ts';
import { openEvolis } from '#drivers/card-printer/evolis/driver/evolis.ts';
import { linkOpener } from '#drivers/kit/open-link.ts';
import { openFirmataPanel } from '#drivers/panel/firmata/open.ts';
import { openEscPos } from '#drivers/receipt-printer/escpos/driver.ts';
import { systemClock as clock } from '#kit/clock.ts';
import { seededRandom } from '#kit/random.ts';
import { openCabinet } from './cabinet.ts';
import { cardInBezel } from './world/cards.ts';

const { signal } = new AbortController();
const grey: CardFace = {
  widthPx: 1016,
  heightPx: 648,
  colour: new Uint8Array(1016 * 648 * 3).fill(128),
  black: new Uint8Array(127 * 648),
  overlay: new Uint8Array(127 * 648).fill(255),
};

test('one card over the real wires: fed, printed, shown through the open shutter, seen by the sensor, taken', async () => {
  const sockets = await mkdtemp(join(tmpdir(), 'anjungan-one-card-'));
  const random = seededRandom('one card');
  await using cabinet = await openCabinet({ clock, random, links: { socketsIn: sockets }, pacing: 'zero' });
  const { world } = cabinet;
  const file = cabinet.devicesFile();
  expect(isCabinetFile(file)).toBe(true);
  world.loadHopper(5);

  await using printer = await openEvolis({ clock, openLink: linkOpener(file.cardPrinter.link) });
  const panelLink = await linkOpener(file.panel.link)({ signal });
  await using panel = await openFirmataPanel({ clock, pins: file.panel.pins, link: panelLink });
  await printer.feed({ signal });
  await printer.print(grey, { signal });
  await panel.openShutter({ signal });
  await printer.present({ signal });
  const card = cardInBezel(world.now)!;
  expect(card.ink.map(({ panel: layer }) => layer)).toEqual(['y', 'm', 'c', 'k', 'o']);

  panel.lamp('slot', 'on');
  const seen = panel.watch(signal)[Symbol.asyncIterator]();
  const until = async (wanted: boolean) => {
    for (;;) if ((await seen.next()).value?.cardAtExit === wanted) return;
  };
  await until(true);
  expect(world.takeCard('amin')).toBe(card.id);
  await until(false);
  expect(world.now.lamps.slot).toBe(true);
  expect(world.now.cards.find(({ id }) => id === card.id)?.place).toBe('hand:amin');
});

test('a receipt comes out of the slit as it was written, and a code held up is read by the camera', async () => {
  const sockets = await mkdtemp(join(tmpdir(), 'anjungan-paper-'));
  const random = seededRandom('paper');
  await using cabinet = await openCabinet({ clock, random, links: { socketsIn: sockets }, pacing: 'zero' });
  const file = cabinet.devicesFile();
  const link = await linkOpener(file.receiptPrinter.link)({ signal });
  await using printer = await openEscPos({ clock, link, options: { columns: file.receiptPrinter.columns } });
  await printer.print([{ kind: 'text', text: 'KTP-el diterima' }], { signal });
  const [paper] = cabinet.world.takePaper('amin');
  expect(paper?.lines.join('\n')).toContain('KTP-el diterima');
  expect(paper?.picture?.rows).toBeGreaterThan(20);

  await using camera = await openMjpegCamera({
    ...{ clock, random },
    options: { command: file.camera!.command, stallMs: 20_000, giveUpMs: 25_000 },
  });
  cabinet.world.holdBeforeCamera('KTPEL1:1234567895', 'phone');
  const enough = new AbortController();
  for await (const sight of camera.qrCodes(enough.signal)) {
    if (sight.found !== 'code') continue;
    expect(sight.text).toBe('KTPEL1:1234567895');
    enough.abort();
  }
});
