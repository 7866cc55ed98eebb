import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { seenFace } from './face-picture.ts';
import { goldenFields, goldenNames } from './golden-people.ts';
import { loadImaging } from './imaging.ts';
import { openFaceRenderer } from './open-face-renderer.ts';

const folder = fileURLToPath(new URL('./golden/', import.meta.url));
/** Processors round curves differently: a step of colour, or a pixel at the edge of a letter, means nothing. */
const SAME_COLOUR = 4;
const STRAY_PIXELS = 40;

test('the hard faces look as they did when a person last looked at them', async () => {
  const workFolder = await mkdtemp(join(tmpdir(), 'anjungan-golden-'));
  const sharp = await loadImaging({ workFolder });
  const renderer = openFaceRenderer({ workFolder });
  for (const name of goldenNames) {
    const face = await renderer.render(await goldenFields(sharp, name), { signal: new AbortController().signal });
    const golden = await sharp(join(folder, `${name}.png`))
      .removeAlpha()
      .raw()
      .toBuffer();
    expect([name, strayPixels(seenFace(face), golden)]).toEqual([name, expect.toSatisfy(isFew)]);
  }
  await rm(workFolder, { recursive: true });
});

test('every golden picture belongs to somebody', async () => {
  expect((await readdir(folder)).sort()).toEqual(goldenNames.map((name) => `${name}.png`).sort());
});

const isFew = (count: number) => count <= STRAY_PIXELS;

function strayPixels(is: Uint8Array, should: Uint8Array): number {
  if (is.length !== should.length) return Number.POSITIVE_INFINITY;
  let strays = 0;
  for (let at = 0; at < is.length; at += 3) {
    const far = [0, 1, 2].some((part) => Math.abs(is[at + part]! - should[at + part]!) > SAME_COLOUR);
    if (far) strays += 1;
  }
  return strays;
}
