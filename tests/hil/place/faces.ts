import { join } from 'node:path';
import type { Card } from '#cabinet/world/plain.ts';
import { openFaceRenderer } from '#controller/card-face/open-face-renderer.ts';
import type { CardFace } from '#drivers/card-printer/card-printer.ts';
import { type CardPlanes, decodePanels } from '#drivers/card-printer/evolis/simulator/picture.ts';
import { demoCitizens } from '#tools/population/demo-citizens.ts';
import { recordOf } from './central.ts';
import type { Scene } from './scene.ts';

/** A card in somebody's hand, and whose record the ink on it shows. */
export interface CardInHand {
  id: string;
  hand: string;
  /** Code of the citizen whose whole face it bears, panel by panel; null for anything less. */
  bears: string | null;
}

const staff = ['hand:operator', 'hand:op-1'];
const isWithSomebody = ({ place }: Card) => /^(hand|pocket):|^floor$/.test(place) && !staff.includes(place);

/** All cards that have left the cabinet by a citizen's hand. Renders each record anew and compares it with the ink. */
export async function cardsOutside(scene: Scene): Promise<CardInHand[]> {
  const cards = scene.parts.cabinet.world.now.cards.filter(isWithSomebody);
  if (cards.length === 0) return [];
  const faces = await facesOf(scene);
  return cards.map((card) => ({
    id: card.id,
    hand: card.place.replace('hand:', ''),
    bears: bearerOf(scene, card, faces),
  }));
}

/** Rendered once: the cast and the Monday are the same in every place. */
const rendered = new Map<string, CardFace>();

async function facesOf(scene: Scene): Promise<Map<string, CardFace>> {
  const faces = new Map<string, CardFace>();
  for (const { code, pickupCode, expect } of demoCitizens) {
    if (!scene.people.has(code) || expect !== 'issued') continue;
    const face = rendered.get(code) ?? (await render(scene, pickupCode));
    rendered.set(code, face);
    faces.set(code, face);
  }
  return faces;
}

function render(scene: Scene, pickupCode: string): Promise<CardFace> {
  const renderer = openFaceRenderer({ workFolder: join(scene.folder, 'fonts') });
  return renderer.render(recordOf(scene, pickupCode).card, { signal: new AbortController().signal });
}

/** By the pictures on the card: ink does not change once it is in a hand. */
const known = new Map<string, string | null>();

function bearerOf(scene: Scene, card: Card, faces: Map<string, CardFace>): string | null {
  const pictures = card.ink.map(({ panel, bitmap }) => `${panel}:${bitmap}`).join(' ');
  const bearer = known.get(pictures) ?? compared(scene, card, faces);
  known.set(pictures, bearer);
  return bearer;
}

function compared({ parts }: Scene, card: Card, faces: Map<string, CardFace>): string | null {
  const { bitmaps } = parts.cabinet.world;
  const ink = card.ink.flatMap(({ panel, bitmap: hash }) => {
    const bitmap = bitmaps.find(hash);
    return bitmap ? [{ panel, bitmap }] : [];
  });
  const planes = decodePanels(ink);
  return [...faces].find(([, face]) => isFace(planes, face))?.[0] ?? null;
}

/** Every dot of resin and varnish, and every dot of dye at the printer's 128 levels. */
function isFace({ y, m, c, k, o }: CardPlanes, { colour, black, overlay }: CardFace): boolean {
  for (let dot = 0; dot < k.length; dot += 1) {
    const bit = 0x80 >> (dot & 7);
    if (k[dot] !== ((black[dot >> 3] ?? 0) & bit ? 1 : 0)) return false;
    if (o[dot] !== ((overlay[dot >> 3] ?? 0) & bit ? 1 : 0)) return false;
    const [red, green, blue] = [colour[dot * 3] ?? 0, colour[dot * 3 + 1] ?? 0, colour[dot * 3 + 2] ?? 0];
    if (c[dot] !== (255 - red) >> 1 || m[dot] !== (255 - green) >> 1 || y[dot] !== (255 - blue) >> 1) return false;
  }
  return true;
}
