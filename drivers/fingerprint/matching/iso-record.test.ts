import { describe, expect, test } from 'vitest';
import { extract } from './extract.ts';
import { readRecord } from './iso-read.ts';
import type { RecordView } from './iso-record.ts';
import { writeRecord } from './iso-write.ts';
import { scoreOf } from './matcher.ts';
import { indexProbe } from './probe-index.ts';
import { templateOf } from './template.ts';
import { measuredImages, measuredMatches, sha256 } from './vectors/fixture.ts';
import { imageNames, images } from './vectors/images.ts';

const hex = (text: string) => Uint8Array.from(text.match(/[0-9a-f]{2}/g) ?? [], (pair) => Number.parseInt(pair, 16));
const templateA = extract(images.A);

/** As the engine writes it: finger unknown, quality 100. */
function viewOf(template: RecordView['template'], of: Partial<RecordView> = {}): RecordView {
  return { finger: 0, impression: 0, quality: 100, template, ...of };
}
function written(...views: RecordView[]): Uint8Array {
  const writing = writeRecord(views);
  if (!writing.ok) throw new Error(writing.detail);
  return writing.bytes;
}
function read(bytes: Uint8Array) {
  const reading = readRecord(bytes);
  if (!reading.ok) throw new Error(`${reading.why}: ${reading.detail}`);
  return reading;
}
/** A copy in which some bytes are others. */
function changed(bytes: Uint8Array, changes: Record<number, number>): Uint8Array {
  const copy = bytes.slice();
  for (const [at, byte] of Object.entries(changes)) copy[Number(at)] = byte;
  return copy;
}

describe('a record that we write', () => {
  test.each(imageNames)('of %s is the published engine’s, byte for byte', (name) => {
    expect(written(viewOf(extract(images[name])))).toEqual(hex(measuredImages[name].isoHex));
  });

  test('of A has the published length and hash', () => {
    const bytes = written(viewOf(templateA));
    expect(bytes).toHaveLength(174);
    expect(sha256(bytes)).toBe('847d05692d28c56b973b75a149d3eb854ef8986841ded647ec8e82756d9ecf41');
  });

  test('loses nothing that matching uses', () => {
    const [view] = read(written(viewOf(templateA))).views;
    const score = scoreOf(indexProbe(templateA), view!.template);
    expect(score).toBeCloseTo(measuredMatches['A-A']!.score, 9);
    expect(score).toBeCloseTo(291.9119367, 7);
    const places = ({ minutiae }: typeof templateA) => minutiae.map(({ x, y, type }) => ({ x, y, type }));
    expect(places(view!.template)).toEqual(places(templateA));
  });

  test('read and written again is the same record', () => {
    const bytes = written(viewOf(templateA, { finger: 2 }), viewOf(extract(images.B), { finger: 7, quality: 61 }));
    expect(written(...read(bytes).views)).toEqual(bytes);
  });

  test('tells two views of one finger apart by their number', () => {
    const bytes = written(viewOf(templateA, { finger: 2, impression: 8 }), viewOf(templateA, { finger: 2 }));
    const second = 24 + 6 + 6 * templateA.minutiae.length;
    expect([bytes[24], bytes[25], bytes[second], bytes[second + 1]]).toEqual([2, 0x08, 2, 0x10]);
  });
});

describe('what the standard has no room for is not written', () => {
  const one = { x: 5, y: 5, direction: 1, type: 'ending' } as const;
  const at = (x: number, y: number, direction = 1) => templateOf(20_000, 20_000, [{ ...one, x, y, direction }]);
  test.each<[string, RecordView[], RegExp]>([
    ['nothing at all', [], /0 views/],
    ['a minutia outside its picture', [viewOf(templateOf(10, 10, [{ ...one, x: 10 }]))], /10, 5 in 10 x 10/],
    ['a minutia before its picture', [viewOf(at(-1, 5))], /-1, 5/],
    ['a minutia between pixels', [viewOf(at(1.5, 5))], /1.5, 5/],
    ['a minutia beyond 14 bits', [viewOf(at(5, 16_384))], /5, 16384/],
    ['a minutia that looks nowhere', [viewOf(at(5, 5, Number.NaN))], /NaN/],
    ['a picture without a width', [viewOf(templateOf(0, 10, []))], /0 x 10/],
    ['an eleventh finger', [viewOf(templateA, { finger: 11 })], /finger 11/],
    ['a quality of 101', [viewOf(templateA, { quality: 101 })], /quality 101/],
    ['an impression of 16', [viewOf(templateA, { impression: 16 })], /impression 16/],
    ['256 minutiae', [viewOf(templateOf(300, 300, Array(256).fill(one)))], /256 minutiae/],
    ['17 views of one finger', Array(17).fill(viewOf(templateA)), /too many views/],
  ])('%s', (_, views, detail) => {
    expect(writeRecord(views)).toEqual({ ok: false, why: 'does-not-fit', detail: expect.stringMatching(detail) });
  });
});

describe('a record that others write', () => {
  const ours = hex(measuredImages.A.isoHex);
  const last = ours.length;
  const minutiaeOf = (bytes: Uint8Array) => read(bytes).views[0]!.template.minutiae;

  test('may have no width, a wrong length, no quality and reserved bits set', () => {
    const odd = changed(ours, { 10: 0x7f, 14: 0, 15: 0, 23: 0xff, 26: 0, 30: ours[30]! | 0xc0 });
    expect(minutiaeOf(odd)).toEqual(minutiaeOf(ours));
    expect(read(odd).views[0]!.quality).toBe(0);
  });

  test('may have minutiae of a third type; they count as endings', () => {
    expect(ours[28]! >> 6).toBe(1);
    expect(minutiaeOf(changed(ours, { 28: ours[28]! & 0x3f }))).toEqual(minutiaeOf(ours));
  });

  test.each([
    ['counts its head', [0, 8, 0, 1, 0, 8, 1, 2, 3, 4]],
    ['does not', [0, 8, 0, 1, 0, 4, 1, 2, 3, 4]],
    ['counts something else altogether', [0, 8, 0, 1, 0xff, 0xff, 1, 2, 3, 4]],
  ])('may have extensions, whether their length %s', (_, extension) => {
    const bytes = Uint8Array.of(...ours.subarray(0, last - 2), ...extension, ...ours.subarray(24));
    expect(read(changed(bytes, { 22: 2 })).views.map(({ template }) => template)).toEqual(
      Array(2).fill(read(ours).views[0]!.template),
    );
  });

  test('may lie in the middle of a larger buffer', () => {
    const larger = new Uint8Array(last + 40).fill(0x46);
    larger.set(ours, 17);
    expect(read(larger.subarray(17, 17 + last))).toEqual(read(ours));
  });

  test('may be at another resolution, which is brought to 500 dpi', () => {
    const one = templateOf(400, 400, [{ x: 300, y: 200, direction: 0, type: 'ending' }]);
    const doubled = changed(written(viewOf(one)), { 18: 0x01, 19: 0x8a, 20: 0x01, 21: 0x8a });
    const { template } = read(doubled).views[0]!;
    expect(template).toMatchObject({ widthPx: 200, heightPx: 200, minutiae: [{ x: 150, y: 100 }] });
  });

  test('may have fingers with too little to go by; they are left out, and the last one is missed', () => {
    const few = templateOf(256, 300, templateA.minutiae.slice(0, 3));
    const bytes = written(viewOf(few, { finger: 2 }), viewOf(templateA, { finger: 7 }));
    const reading = readRecord(bytes, { fewestMinutiae: 12 });
    expect(reading.ok && reading.views.map(({ finger }) => finger)).toEqual([7]);
    expect(readRecord(written(viewOf(few)), { fewestMinutiae: 12 })).toMatchObject({ why: 'too-few-minutiae' });
    expect(readRecord(written(viewOf(templateOf(9, 9, []))))).toMatchObject({ why: 'too-few-minutiae' });
  });
});

describe('the older sister, ANSI 378', () => {
  /** The same finger with the other head: two bytes of length, four of an owner, two of equipment; angles in two degrees. */
  function ansiOf(template: typeof templateA): Uint8Array {
    const iso = written(viewOf(template));
    const bytes = Uint8Array.of(...iso.subarray(0, 8), 0, iso.length + 2, 0, 33, 0, 1, 0, 0, ...iso.subarray(14));
    template.minutiae.forEach(({ direction }, i) => {
      bytes[30 + 6 * i + 4] = Math.round(((2 * Math.PI - direction) / Math.PI) * 90) % 180;
    });
    return bytes;
  }

  test('is told apart by its length and read', () => {
    const { format, views } = read(ansiOf(templateA));
    expect(format).toBe('ansi-378-2004');
    const { minutiae } = views[0]!.template;
    expect(minutiae.map(({ x, y, type }) => [x, y, type])).toEqual(
      templateA.minutiae.map(({ x, y, type }) => [x, y, type]),
    );
    minutiae.forEach(({ direction }, i) => {
      expect(Math.cos(direction - templateA.minutiae[i]!.direction)).toBeGreaterThan(Math.cos(Math.PI / 178));
    });
    expect(scoreOf(indexProbe(templateA), views[0]!.template)).toBeGreaterThan(280);
  });

  test('has no direction beyond 358 degrees', () => {
    expect(readRecord(changed(ansiOf(templateA), { 34: 180 }))).toMatchObject({ ok: false, why: 'bad-minutia' });
  });
});

describe('what is no record is refused with a word for it', () => {
  const ours = hex(measuredImages.A.isoHex);
  test.each([
    ['nothing', new Uint8Array(0), 'not-a-record'],
    ['a picture', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, ...Array(40).fill(0)), 'not-a-record'],
    ['a card’s compact form', hex('7f2e 06 81 04 10 20 41 00'.repeat(6)), 'not-a-record'],
    ['the edition of 2011', changed(ours, { 4: 0x30, 5: 0x33, 6: 0x30 }), 'other-edition'],
    ['the head alone', ours.subarray(0, 23), 'cut-off'],
    ['an ANSI head cut in two', changed(ours.subarray(0, 24), { 8: 1 }), 'cut-off'],
    ['a length of neither kind', changed(ours, { 10: 0, 11: 23 }), 'not-a-record'],
    ['no views', changed(ours, { 22: 0 }), 'no-views'],
    ['a view more than there is', changed(ours, { 22: 2 }), 'cut-off'],
    ['a minutia more than there is', changed(ours, { 27: 25 }), 'cut-off'],
    ['an extension longer than the rest', changed(ours, { 173: 1 }), 'cut-off'],
    ['no resolution', changed(ours, { 18: 0, 19: 0 }), 'bad-resolution'],
    ['a resolution that no scanner has', changed(ours, { 20: 0, 21: 98 }), 'bad-resolution'],
    ['a book', new Uint8Array(40_000), 'too-large'],
  ])('%s', (_, bytes, why) => {
    expect(readRecord(bytes)).toMatchObject({ ok: false, why, detail: expect.stringMatching(/\w/) });
  });

  test('every record that breaks off, wherever it does', () => {
    for (let length = 0; length < ours.length; length += 1) {
      expect(readRecord(ours.subarray(0, length)), `${length} bytes`).toMatchObject({ ok: false });
    }
  });
});
