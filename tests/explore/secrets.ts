import { type Needles, needlesFrom } from './needles.ts';
import type { Town } from './town.ts';
import type { Universe } from './universe.ts';

/** Bytes as they may be found among others: plainly, and inside base64 at any of its three positions. */
function inBase64(bytes: Buffer): Buffer[] {
  return [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const first = Math.ceil((before * 8) / 6);
    return Buffer.from(text.slice(first, Math.floor(((before + bytes.length) * 8) / 6)));
  });
}

/** A word as it may be found in bytes: plainly, in UTF-16, and in base64. */
export function disguises(word: string): Buffer[] {
  const bytes = Buffer.from(word, 'utf8');
  return [bytes, Buffer.from(word, 'utf16le'), ...inBase64(bytes)];
}

const windowBytes = 24;
const everyBytes = 4_096;
const fewestValues = 8; // a flat ground is nobody's face, and is found everywhere

/** Pieces by which a part of a picture is known again: a telling one of each four kilobytes, also in base64. */
export function windowsOf(picture: Uint8Array): Buffer[] {
  const found: Buffer[] = [];
  for (let start = 0; start + windowBytes <= picture.length; start += everyBytes) {
    const window = tellingWindow(Buffer.from(picture.subarray(start, start + everyBytes)));
    if (window) found.push(window, ...inBase64(window));
  }
  return found;
}

function tellingWindow(block: Buffer): Buffer | null {
  for (let at = 0; at + windowBytes <= block.length; at += 16) {
    const window = block.subarray(at, at + windowBytes);
    const begins = new Set(window.subarray(0, 4)).size === 4; // by which it is looked for
    if (begins && new Set(window).size >= fewestValues) return window;
  }
  return null;
}

/** What is looked for: words and pictures of everybody in town, and each panel that is on a card. */
interface Known {
  needles: Needles;
  panels: Set<string>;
}

const known = new WeakMap<Town, Known>();

function knownOf(town: Town): Known {
  const there = known.get(town);
  if (there) return there;
  const needles = needlesFrom();
  for (const { nik, name, pickupCode, pictures } of town.citizens) {
    for (const form of [nik, name, pickupCode].flatMap(disguises)) needles.add(form);
    for (const window of pictures.flatMap(windowsOf)) needles.add(window);
  }
  const made = { needles, panels: new Set<string>() };
  known.set(town, made);
  return made;
}

function learnPanels({ town, world }: Universe, { needles, panels }: Known): void {
  for (const { bitmap } of world.cards.flatMap(({ ink }) => ink)) {
    if (panels.has(bitmap)) continue;
    panels.add(bitmap);
    for (const window of windowsOf(town.bitmaps.find(bitmap) ?? new Uint8Array())) needles.add(window);
  }
}

/** Where a name, a NIK, a pick-up number, or a part of a face or finger stands outside memory and sealed letters: on the kiosk's disk or in a log. */
export function personalData(universe: Universe): string[] {
  const { town, kiosk, logLines } = universe;
  if (!kiosk) return [];
  const all = knownOf(town);
  learnPanels(universe, all);
  const places: [string, Uint8Array][] = [
    ['on the disk of the kiosk', kiosk.store.bytes()],
    ['in a log line', Buffer.from(logLines.join('\n'))],
  ];
  return places.flatMap(([where, bytes]) => (all.needles.areIn(bytes) ? [where] : []));
}
