import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isDeviceError } from '#contract/problems/codes.ts';
import type { CardFields } from '#contract/uplink/record.ts';
import { FaceError } from './face-error.ts';
import { readFonts } from './fonts.ts';
import { goldenPeople } from './golden-people.ts';
import { type Box, layout } from './layout.ts';
import { placeTexts } from './place.ts';

const fonts = readFonts();
const record = (changes: Partial<CardFields> = {}): CardFields => ({
  ...goldenPeople.ordinary.texts,
  portrait: '',
  signature: null,
  ...changes,
});
const place = (changes: Partial<CardFields> = {}) => placeTexts(record(changes), fonts);
const textsOf = (field: string, changes: Partial<CardFields> = {}) =>
  place(changes).flatMap((line) => (line.field === field ? [line.text] : []));

/** Words as offices write them: capitals, marks, digits, apostrophes; each no longer than the longest real ones. */
const word = fc.string({
  unit: fc.constantFrom(..."ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,'/-ÉŁ"),
  minLength: 1,
  maxLength: 14,
});
const phrase = (longest: number) =>
  fc.array(word, { minLength: 1, maxLength: 24 }).map((words) => words.join(' ').slice(0, longest).trim());
const anyTexts = fc.record({
  province: phrase(60),
  city: phrase(60),
  name: phrase(120),
  birthPlace: phrase(60),
  address: phrase(160),
  kelurahan: phrase(60),
  kecamatan: phrase(60),
  religion: phrase(40),
  maritalStatus: phrase(24),
  occupation: phrase(60),
  issuePlace: phrase(60),
  bloodGroup: fc.constantFrom('A', 'AB', '-', 'AB+'),
});

const overlap = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const inside = ({ x, y, width, height }: Box, outer: Box) =>
  x >= outer.x && y >= outer.y && x + width <= outer.x + outer.width && y + height <= outer.y + outer.height;

test('whatever a record says, no text touches another, a picture or the edge', () => {
  let placed = 0;
  fc.assert(
    fc.property(anyTexts, (texts) => {
      const lines = placedOrRefused(texts);
      if (!lines) return;
      placed += 1;
      const boxes = [...lines.map(({ box }) => box), layout.portrait.box, layout.signature.box];
      expect(boxes.filter((box) => !inside(box, layout.safe))).toEqual([]);
      expect(boxes.filter((box, index) => boxes.slice(index + 1).some((other) => overlap(box, other)))).toEqual([]);
    }),
    { numRuns: 300 },
  );
  expect(placed).toBeGreaterThan(30); // a property of nothing proves nothing
});

function placedOrRefused(texts: Partial<CardFields>) {
  try {
    return place(texts);
  } catch (error) {
    expect(error).toBeInstanceOf(FaceError);
    return null;
  }
}

test('every letter of a record that is printed stands on the card', () => {
  const letters = (text: string) => text.replaceAll(' ', '');
  fc.assert(
    fc.property(anyTexts, (texts) => {
      const lines = placedOrRefused(texts);
      for (const field of ['name', 'address', 'kelurahan', 'kecamatan', 'occupation', 'issuePlace'] as const) {
        const printed = lines?.filter((line) => line.field === field).map(({ text }) => text);
        if (printed) expect(letters(printed.join(''))).toBe(letters(texts[field]));
      }
    }),
  );
});

test('names of sixty letters and addresses of a hundred always fit, together', () => {
  const words = fc.array(fc.string({ unit: fc.constantFrom(...'AEHIKLMNRSTU'), minLength: 3, maxLength: 13 }), {
    minLength: 18,
  });
  const cut = (parts: readonly string[], longest: number) => parts.join(' ').slice(0, longest).trim();
  fc.assert(
    fc.property(words, words, (name, address) => {
      expect(() => place({ name: cut(name, 60), address: cut(address, 100) })).not.toThrow();
    }),
  );
});

test('the fields stand in the order of the card, each beside its label', () => {
  const shown = place().map(({ text }) => text);
  expect(shown.slice(0, 4)).toEqual(['PROVINSI SUMATERA SELATAN', 'KOTA PALEMBANG', 'NIK', '1671045203910000']);
  expect(shown.filter((text) => !/^[A-Z0-9\W]+$/.test(text))).toEqual([
    ...['Nama', 'Tempat/Tgl Lahir', 'Jenis Kelamin', 'Gol. Darah', 'Alamat', 'Kel/Desa', 'Kecamatan', 'Agama'],
    ...['Status Perkawinan', 'Pekerjaan', 'Kewarganegaraan', 'Berlaku Hingga'],
  ]);
  expect(textsOf('birth')).toEqual(['PALEMBANG, 12-03-1991']);
});

test('the word PROVINSI is not printed twice', () => {
  expect(textsOf('province', { province: 'PROVINSI BENGKULU' })).toEqual(['PROVINSI BENGKULU']);
});

test('loose spaces and loose accents are tidied, nothing else is', () => {
  expect(textsOf('name', { name: '  SITI \t AISYAH\u00A0E\u0301LISE ' })).toEqual(['SITI AISYAH ÉLISE']);
});

test.each([
  ['a glyph that the font lacks', { name: 'SITI 中' }, 'name has U+4E2D'],
  ['a control character', { address: 'JL. MAWAR \u0007' }, 'address has U+0007'],
  ['a hidden change of direction', { name: 'SITI \u202EHAYSIA' }, 'name has U+202E'],
  ['letters that join', { kelurahan: 'बी' }, 'kelurahan has U+092C'],
  ['a mark that no letter takes', { name: 'S\u0347ITI' }, 'name has U+0347'],
  ['a letter taller than a line', { name: 'SITI \u{1EA8}' }, 'name has U+1EA8'],
  ['nothing', { occupation: '   ' }, 'occupation is empty'],
  ['one word without an end', { name: 'W'.repeat(60) }, 'name is too long'],
  ['an address longer than three lines', { address: 'GANG WAWAWUWAMWAM '.repeat(8).trim() }, 'address is too long'],
])('%s is refused before a blank is touched', (_, changes, detail) => {
  const refused = () => place(changes);
  expect(refused).toThrow(detail);
  try {
    refused();
  } catch (error) {
    expect(isDeviceError(error) && error.code).toBe('record/unprintable-text');
    expect(String(error)).not.toContain('SITI');
  }
});
