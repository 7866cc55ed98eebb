import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { manualClock } from '#kit/manual-clock.ts';
import { systemRandom } from '#kit/random.ts';
import { drawnFinger } from '#tests/support/drawn-fingers.ts';
import { act, readAction } from './actions.ts';
import { openCabinet } from './cabinet.ts';
import { type FingerPicture, platenOf } from './finger-picture.ts';
import { readSaved } from './saved.ts';
import { hasLink } from './world/cabinet-parts.ts';
import { newWorld } from './world/plain.ts';

const open = (more: { fingerPicture?: FingerPicture; folder?: string } = {}) =>
  openCabinet({ clock: manualClock(), random: systemRandom, links: 'memory', pacing: 'zero', ...more });

test('a scanner stands in a cabinet that can draw fingers, and in no other', async () => {
  await using without = await open();
  expect(without.devicesFile().fingerprintScanner).toBeNull();
  await using cabinet = await open({ fingerPicture: drawnFinger });
  expect(cabinet.devicesFile().fingerprintScanner).toMatchObject({ driver: 'zfm', model: 'zfm20' });
});

test('the glass sees the finger that lies there: the same while it lies, another picture at each placement', async () => {
  await using cabinet = await open({ fingerPicture: drawnFinger });
  const { world } = cabinet;
  const glass = platenOf(world, drawnFinger);
  expect(glass.finger).toBeNull();
  world.putFinger('FIRST-01', 'right-index');
  const first = glass.finger;
  expect(glass.finger).toBe(first);
  world.liftFinger();
  expect(glass.finger).toBeNull();
  world.putFinger('FIRST-01', 'right-index');
  expect(glass.finger?.pixels).not.toEqual(first?.pixels);
  expect(world.now.history.map(({ what }) => what)).toContain('right-index put on the glass');
});

test('the page puts and lifts fingers, and nothing that is none', async () => {
  await using cabinet = await open({ fingerPicture: drawnFinger });
  const put = readAction({ verb: 'putFinger', text: 'stranger', finger: 'left-index', manner: 'wet' });
  expect(put && act(cabinet, put)).toBe(true);
  expect(cabinet.world.now.platen.finger).toMatchObject({ person: 'stranger', finger: 'left-index', manner: 'wet' });
  expect(readAction({ verb: 'putFinger', finger: 'nose' })).toBeNull();
  expect(readAction({ verb: 'putFinger', manner: 'hard' })).toBeNull();
  act(cabinet, { verb: 'liftFinger' });
  expect(cabinet.world.now.platen.finger).toBeNull();
});

test('what is saved of a finger is whose it is, never a picture', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cabinet-finger-'));
  {
    await using cabinet = await open({ fingerPicture: drawnFinger, folder });
    cabinet.world.putFinger('FIRST-01', 'right-index');
  }
  const { platen } = (JSON.parse(readFileSync(join(folder, 'world.json'), 'utf8')) as { world: { platen: object } })
    .world;
  expect(platen).toEqual({
    placements: 1,
    finger: { person: 'FIRST-01', finger: 'right-index', manner: 'well', placement: 1 },
  });
});

test('a world that was saved before there were scanners goes on with a bare glass, plugged in', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cabinet-finger-'));
  const { platen: _, ...world } = newWorld({ blanks: 3 });
  const { 'fingerprint-scanner': _switch, ...switchedOn } = world.switchedOn;
  const { 'fingerprint-scanner': _plug, ...plugged } = world.plugged;
  const old = { version: 1, world: { ...world, switchedOn, plugged }, devices: {} };
  writeFileSync(join(folder, 'world.json'), JSON.stringify(old));
  const saved = readSaved(folder);
  expect(saved?.world.platen).toEqual({ finger: null, placements: 0 });
  expect(saved && hasLink(saved.world, 'fingerprint-scanner')).toBe(true);
});
