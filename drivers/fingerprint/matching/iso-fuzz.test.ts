import fc from 'fast-check';
import { expect, onTestFinished, test, vi } from 'vitest';
import { readRecord } from './iso-read.ts';
import { writeRecord } from './iso-write.ts';
import { Matcher } from './matcher.ts';
import type { Minutia } from './minutiae.ts';
import { indexProbe } from './probe-index.ts';
import { templateOf } from './template.ts';
import { measuredImages } from './vectors/fixture.ts';
import { imageNames } from './vectors/images.ts';

/** How many broken records are read; a long run asks for more. */
const RECORDS = Number(process.env.FUZZ_RECORDS ?? 20_000);

const records = imageNames.map((name) => Uint8Array.from(Buffer.from(measuredImages[name].isoHex, 'hex')));

/** Numbers that are always the same, and look like none. */
function scatter(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.trunc((state / 2 ** 32) * below);
  };
}

/** One to eight bytes set, cut, doubled or joined with another record. */
function broken(number: number): Uint8Array {
  const draw = scatter(number);
  let bytes = records[draw(records.length)]!.slice();
  for (let change = draw(8); change >= 0; change -= 1) {
    const at = draw(3) === 0 ? draw(bytes.length) : draw(Math.min(48, bytes.length));
    const kind = draw(12);
    if (kind === 0) bytes = bytes.subarray(0, at);
    else if (kind === 1) bytes = Uint8Array.of(...bytes, ...bytes.subarray(at));
    else if (kind === 2)
      bytes = Uint8Array.of(...bytes.subarray(0, at), ...records[draw(records.length)]!.subarray(24));
    else if (at < bytes.length) bytes[at] = kind < 6 ? [0, 1, 0x7f, 0x80, 0xff][draw(5)]! : draw(256);
  }
  return bytes;
}

/** Reads outside the record would be seen: there is something else around it. */
function inForeignGround(bytes: Uint8Array, ground: number): Uint8Array {
  const larger = new Uint8Array(bytes.length + 64).fill(ground);
  larger.set(bytes, 32);
  return larger.subarray(32, 32 + bytes.length);
}

test(`${RECORDS} broken records are read or refused, and nothing around them is looked at`, () => {
  const outcomes = new Map<string, number>();
  for (let number = 0; number < RECORDS; number += 1) {
    const bytes = broken(number);
    const reading = readRecord(inForeignGround(bytes, 0x00));
    if (number % 16 === 0) expect(readRecord(inForeignGround(bytes, 0xff)), `record ${number}`).toEqual(reading);
    const outcome = reading.ok ? 'read' : reading.why;
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  }
  for (const wanted of ['read', 'not-a-record', 'cut-off', 'bad-resolution', 'no-views', 'other-edition']) {
    expect(outcomes.get(wanted), wanted).toBeGreaterThan(0); // else the run did not get there
  }
}, 600_000);

/** How often a number is read out of the record. */
function countedReads(): () => number {
  let reads = 0;
  for (const name of ['getUint8', 'getUint16', 'getUint32'] as const) {
    const original = DataView.prototype[name];
    vi.spyOn(DataView.prototype, name).mockImplementation(function (this: DataView, at: number) {
      reads += 1;
      return original.call(this, at);
    });
  }
  onTestFinished(() => void vi.restoreAllMocks());
  return () => reads;
}

test('a record takes fewer steps than it has bytes, and a few for its head, however broken it is', () => {
  const reads = countedReads();
  const longest = (minutiae: number) => {
    const bytes = Uint8Array.from({ length: 32_768 }, (_, i) => records[0]![i] ?? 0);
    bytes.set([255], 22); // views
    bytes.set([minutiae], 27);
    return bytes;
  };
  const hostile = [...[0, 1, 24, 255].map(longest), ...Array.from({ length: 2_000 }, (_, number) => broken(number))];
  for (const bytes of hostile) {
    const before = reads();
    readRecord(bytes);
    expect(reads() - before).toBeLessThanOrEqual(bytes.length + 12);
  }
});

test('what was read of a broken record can be matched', () => {
  const matcher = new Matcher();
  const [whole] = records.map((bytes) => readRecord(bytes));
  if (!whole?.ok) throw new Error('the first record is whole');
  const probe = indexProbe(whole.views[0]!.template);
  for (let number = 0; number < 400; number += 1) {
    const reading = readRecord(broken(number));
    if (!reading.ok) continue;
    for (const { template } of reading.views) {
      expect(matcher.scoreOf(probe, template)).toBeGreaterThanOrEqual(0);
      expect(matcher.scoreOf(indexProbe(template), whole.views[0]!.template)).toBeGreaterThanOrEqual(0);
    }
  }
});

test('any bytes at all are a record or none', () => {
  const head = fc.constantFrom(new Uint8Array(0), Uint8Array.of(0x46, 0x4d, 0x52, 0, 0x20, 0x32, 0x30, 0));
  fc.assert(
    fc.property(head, fc.uint8Array({ maxLength: 300 }), (start, rest) => {
      expect(typeof readRecord(Uint8Array.of(...start, ...rest)).ok).toBe('boolean');
    }),
    { numRuns: 2_000 },
  );
});

test('any template that fits is read back as it was, but for half a step of direction', () => {
  const minutia: fc.Arbitrary<Minutia> = fc.record({
    x: fc.integer({ min: 0, max: 655 }), // beyond, 197 pixels a centimetre are not 500 dpi any more
    y: fc.integer({ min: 0, max: 655 }),
    direction: fc.float({ min: 0, max: Math.fround(6.283), noNaN: true }),
    type: fc.constantFrom('ending', 'bifurcation'),
  });
  const places = fc.uniqueArray(minutia, { selector: ({ x, y }) => `${x},${y}`, minLength: 1, maxLength: 80 });
  fc.assert(
    fc.property(places, fc.nat(10), (minutiae, finger) => {
      const template = templateOf(656, 656, minutiae);
      const writing = writeRecord([{ finger, impression: 0, quality: 0, template }]);
      const reading = writing.ok ? readRecord(writing.bytes) : writing;
      if (!reading.ok) throw new Error(reading.detail);
      const back = reading.views[0]!.template.minutiae;
      expect(back.map(({ x, y, type }) => [x, y, type])).toEqual(
        template.minutiae.map(({ x, y, type }) => [x, y, type]),
      );
      back.forEach(({ direction }, i) => {
        const apart = direction - template.minutiae[i]!.direction;
        expect(Math.cos(apart)).toBeGreaterThanOrEqual(Math.cos(Math.PI / 256 + 1e-5));
      });
    }),
    { numRuns: 200 },
  );
});
