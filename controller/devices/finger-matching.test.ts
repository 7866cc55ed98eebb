import { beforeAll, describe, expect, test } from 'vitest';
import type { FingerPosition } from '#contract/screen/screen-state.ts';
import { extract } from '#drivers/fingerprint/matching/extract.ts';
import { writeRecord } from '#drivers/fingerprint/matching/iso-write.ts';
import { drawnFinger, enrolledFinger } from '#tests/support/drawn-fingers.ts';
import { eraseTemplate, type FingerReferences, openFingerMatching } from './finger-matching.ts';

const placed = (person: string, finger: FingerPosition = 'right-index', placement = 1) =>
  drawnFinger({ person, finger, manner: 'well', placement });
const matching = openFingerMatching();
const base64 = (content: string | Uint8Array) => Buffer.from(content as string).toString('base64');
let records: string[] = [];

function opened(of: readonly string[] = records): FingerReferences {
  const answer = matching.openReferences(of);
  if (!answer.ok) throw new Error(answer.code);
  return answer.references;
}

beforeAll(() => {
  records = (['left-index', 'right-index'] as const).map((finger) => base64(enrolledFinger('siti', finger)));
});

describe('references', () => {
  test('are asked for by the finger that people find first, whatever their order in the record', () => {
    expect(opened().fingers).toEqual(['right-index', 'left-index']);
  });

  test('recognise the very finger in another placement, and neither a stranger’s nor another of the same hand', () => {
    const references = opened();
    expect(references.compare(placed('siti'), 'right-index')).toMatchObject({ matched: true });
    expect(references.compare(placed('stranger'), 'right-index')).toMatchObject({ matched: false });
    expect(references.compare(placed('siti', 'left-index'), 'right-index')).toMatchObject({ matched: false });
  });

  test('of several views of one finger: any of them does', () => {
    const views = [placed('somebody'), placed('siti', 'right-index', 9)].map((image) => ({
      ...{ finger: 2, impression: 0, quality: 80, template: extract(image) },
    }));
    const written = writeRecord(views);
    if (!written.ok) throw new Error(written.detail);
    const references = opened([Buffer.from(written.bytes).toString('base64')]);
    expect(references.fingers).toEqual(['right-index']);
    expect(references.compare(placed('siti'), 'right-index').matched).toBe(true);
  });

  test('a picture is compared by itself, also where another one was judged since', () => {
    const references = opened();
    const [mine, strangers] = [placed('siti'), placed('somebody')];
    matching.judge(mine);
    matching.judge(strangers);
    expect(references.compare(mine, 'right-index').matched).toBe(true);
    expect(references.compare(strangers, 'right-index').matched).toBe(false);
  });

  test('match nothing any more after they were erased', () => {
    const references = opened();
    references.erase();
    expect(references.compare(placed('siti'), 'right-index')).toEqual({ matched: false, score: 0 });
  });

  test('an erased template is zeros, whoever still holds it', () => {
    const template = extract(placed('siti'));
    const { minutiae, edges } = template;
    expect(minutiae.length).toBeGreaterThan(10);
    eraseTemplate(template);
    for (const { x, y, direction } of minutiae) expect([x, y, direction]).toEqual([0, 0, 0]);
    for (const numbers of Object.values(edges)) expect(numbers.every((number: number) => number === 0)).toBe(true);
  });
});

describe('a record without references says why', () => {
  test.each([
    ['nothing enrolled', () => [], 'fingerprint/none-enrolled'],
    ['no record at all', () => [base64('PDF of a finger')], 'fingerprint/record-unreadable'],
    [
      'cut off',
      () => [
        Buffer.from(records[0] ?? '', 'base64')
          .subarray(0, 40)
          .toString('base64'),
      ],
      'fingerprint/record-unreadable',
    ],
    ['an empty finger', () => [ofNoMinutiae()], 'fingerprint/reference-unusable'],
  ] as const)('%s', (_, given, code) => {
    expect(matching.openReferences(given())).toEqual({ ok: false, code });
  });

  test('one that can be read is enough', () => {
    expect(opened([base64('no record'), records[0] ?? '']).fingers).toEqual(['left-index']);
  });
});

test('the judge says how good a picture is, and what would help', () => {
  expect(matching.judge(placed('siti'))).toMatchObject({ hint: null });
  const light = drawnFinger({ person: 'siti', finger: 'right-index', manner: 'lightly', placement: 2 });
  expect(matching.judge(light)).toMatchObject({ hint: 'press' });
});

/** A record as a machine writes it that saw no finger: valid, and of no use. */
function ofNoMinutiae(): string {
  const template = { ...extract(placed('siti')), minutiae: [] };
  const written = writeRecord([{ finger: 2, impression: 0, quality: 0, template }]);
  if (!written.ok) throw new Error(written.detail);
  return Buffer.from(written.bytes).toString('base64');
}
