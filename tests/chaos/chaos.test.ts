import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '#kit/clock.ts';
import { buildPages } from '#tools/build-pages.ts';
import { run } from '#tools/chaos/run.ts';

test('after a while of kills, cuts and doubled messages nobody has two cards, and no blank and no entry is missing', async () => {
  await buildPages({ quiet: true });
  const folder = mkdtempSync(join(tmpdir(), 'anjungan-chaos-'));
  try {
    const result = await run({
      folder,
      seconds: 15,
      seed: 'every day',
      broker: 'aedes',
      disaster: 'none',
      clock: systemClock,
    });
    expect(result.faults).toEqual([]);
    expect(result).toMatchObject({ lost: 0, doubled: 0, unaccounted: 0, twice: 0 });
    expect(result.deeds.kills, 'the weather was bad').toBeGreaterThan(3);
    expect(result.issued, 'people were served all the same').toBeGreaterThan(0);
    expect(result.made).toBeGreaterThan(50);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 420_000);
