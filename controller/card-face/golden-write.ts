import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { seenFace } from './face-picture.ts';
import { goldenFields, goldenNames } from './golden-people.ts';
import { loadImaging } from './imaging.ts';
import { faceSize } from './layout.ts';
import { openFaceRenderer } from './open-face-renderer.ts';

/** Renews the pictures in `golden/`. Look at each one before it is committed: they are what the test holds to. */
const folder = fileURLToPath(new URL('./golden/', import.meta.url));
const workFolder = await mkdtemp(join(tmpdir(), 'anjungan-golden-'));
try {
  const sharp = await loadImaging({ workFolder });
  const renderer = openFaceRenderer({ workFolder });
  const raw = { width: faceSize.widthPx, height: faceSize.heightPx, channels: 3 as const };
  for (const name of goldenNames) {
    const face = await renderer.render(await goldenFields(sharp, name), { signal: new AbortController().signal });
    await sharp(seenFace(face), { raw })
      .png({ compressionLevel: 9, adaptiveFiltering: true })
      .toFile(join(folder, `${name}.png`));
    process.stdout.write(`${name}.png\n`);
  }
} finally {
  await rm(workFolder, { recursive: true });
}
