import { join } from 'node:path';
import type { CardFields } from '#contract/uplink/record.ts';
import { drawGround, drawTexts } from '#controller/card-face/drawing.ts';
import { type FontPlace, readFonts } from '#controller/card-face/fonts.ts';
import { goldenFields, goldenNames } from '#controller/card-face/golden-people.ts';
import { type Imaging, loadImaging } from '#controller/card-face/imaging.ts';
import { layout } from '#controller/card-face/layout.ts';
import { openFaceRenderer } from '#controller/card-face/open-face-renderer.ts';
import { placeTexts } from '#controller/card-face/place.ts';
import { downloadsOf } from '#drivers/card-printer/evolis/protocol/panel-downloads.ts';
import type { Figure, Ground } from './figure.ts';
import { median } from './stats.ts';

const rounds = 12;
const alone = new AbortController().signal;

/** Our whole way from a record to the printer's bytes, beside what sharp alone needs for one flat picture. */
export const cardStream: Figure = {
  title: 'record to Evolis byte stream, beside sharp alone from SVG and portrait to raw pixels',
  async measure(ground) {
    const times = await interleaved(ground);
    const [whole, face, bytes, alone] = [times.whole, times.face, times.bytes, times.alone].map(median) as Four;
    const runs = times.whole.length;
    return {
      measures: [
        { aim: 'card-stream', what: 'record to Evolis bytes / sharp alone', value: whole / alone, unit: 'x', runs },
        {
          aim: null,
          what: 'the first face of a process, with fonts and self-test',
          value: times.firstMs,
          unit: 'ms',
          runs: 1,
        },
      ],
      details: [
        {
          title: 'medians over eight hard faces, taking turns (ms)',
          columns: ['what', 'ms'],
          rows: [
            ['record to Evolis bytes', whole],
            ['  of it the face: texts, portrait, signature, planes', face],
            ['  of it the five panels', bytes],
            ['sharp alone: one SVG with the portrait in it, raw RGB', alone],
          ],
        },
      ],
      notes: [
        'sharp alone draws no separate black, varnish or signature, checks and packs nothing; ours keeps the ground, which is the same on all cards, drawn.',
      ],
    };
  },
};

type Four = [number, number, number, number];

async function interleaved({ folder, clock, progress }: Ground) {
  const place: FontPlace = { workFolder: join(folder, 'fonts') };
  const renderer = openFaceRenderer(place);
  const sharp = await loadImaging(place);
  const people = await Promise.all(goldenNames.map((name) => goldenFields(sharp, name)));
  const drawings = people.map((fields) => wholeDrawing(fields));
  const times = {
    whole: [] as number[],
    face: [] as number[],
    bytes: [] as number[],
    alone: [] as number[],
    firstMs: 0,
  };
  for (let round = 0; round <= rounds; round += 1) {
    if (round % 4 === 0) progress(`card-stream: round ${round} of ${rounds}`);
    for (const [index, fields] of people.entries()) {
      const startMs = clock.monotonicMs();
      const face = await renderer.render(fields, { signal: alone });
      const facedMs = clock.monotonicMs();
      downloadsOf(face);
      const packedMs = clock.monotonicMs();
      await sharpAlone(sharp, drawings[index] ?? '');
      const endMs = clock.monotonicMs();
      if (round === 0 && index === 0) times.firstMs = facedMs - startMs;
      if (round === 0) continue; // the first round warms both
      times.whole.push(packedMs - startMs);
      times.face.push(facedMs - startMs);
      times.bytes.push(packedMs - facedMs);
      times.alone.push(endMs - packedMs);
    }
  }
  return times;
}

/** Ground, texts and portrait as one SVG, placed beforehand: setting text is not sharp's work. */
function wholeDrawing(fields: CardFields): string {
  const { x, y, width, height } = layout.portrait.box;
  const texts = drawTexts(placeTexts(fields, readFonts()));
  const portrait = `<image x="${x}" y="${y}" width="${width}" height="${height}" href="data:image/jpeg;base64,${fields.portrait}"/>`;
  return drawGround().replace('</svg>', portrait + texts.slice(texts.indexOf('>') + 1));
}

/** The quickest of four ways that were tried: one call; composing two pictures takes a seventh longer. */
function sharpAlone(sharp: Imaging, svg: string): Promise<Uint8Array> {
  return sharp(Buffer.from(svg)).removeAlpha().raw().toBuffer();
}
