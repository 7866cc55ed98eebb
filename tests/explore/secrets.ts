import type { Universe } from './universe.ts';

/** A word as it may be found in bytes: plainly, in UTF-16, and inside base64 at any of its three positions. */
export function disguises(word: string): Buffer[] {
  const bytes = Buffer.from(word, 'utf8');
  const inBase64 = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const first = Math.ceil((before * 8) / 6);
    return Buffer.from(text.slice(first, Math.floor(((before + bytes.length) * 8) / 6)));
  });
  return [bytes, Buffer.from(word, 'utf16le'), ...inBase64];
}

const known = new Map<string, Buffer[]>();
const formsOf = (word: string): Buffer[] => {
  const forms = known.get(word) ?? disguises(word);
  known.set(word, forms);
  return forms;
};

/** Where a name, a NIK or a pick-up number stands outside memory and sealed letters: on the kiosk's disk or in a log. */
export function personalData({ town, kiosk, logLines }: Universe): string[] {
  if (!kiosk) return [];
  const places: [string, Buffer][] = [
    ['on the disk of the kiosk', Buffer.from(kiosk.store.bytes())],
    ['in a log line', Buffer.from(logLines.join('\n'))],
  ];
  const words = town.citizens.flatMap(({ nik, name, pickupCode }) => [nik, name, pickupCode]);
  return places.flatMap(([where, bytes]) =>
    words.some((word) => formsOf(word).some((form) => bytes.includes(form))) ? [where] : [],
  );
}
