import { describe, expect, test } from 'vitest';
import { conditions } from '#cabinet/fingers/conditions.ts';
import { impressionOf } from '#cabinet/fingers/impression.ts';
import { fingerOf } from '#cabinet/fingers/master.ts';
import { extract } from '#drivers/fingerprint/matching/extract.ts';
import { readRecord } from '#drivers/fingerprint/matching/iso-read.ts';
import { scoreOf } from '#drivers/fingerprint/matching/matcher.ts';
import { indexProbe } from '#drivers/fingerprint/matching/probe-index.ts';
import { referenceOf } from './reference.ts';

const siti = fingerOf('siti');
const budi = fingerOf('budi');

function templateIn(record: Uint8Array) {
  const reading = readRecord(record);
  if (!reading.ok) throw new Error(reading.detail);
  return reading.views[0]!.template;
}

test('a seed is a finger: the same one again, and another for another seed', () => {
  expect(fingerOf('siti')).toEqual(siti);
  expect(budi.ridges.cells).not.toEqual(siti.ridges.cells);
});

test('a seed is a touch of it: the same pixels again, and others for another seed', () => {
  const touch = impressionOf(siti, '1', conditions.everyday);
  expect(impressionOf(siti, '1', conditions.everyday)).toEqual(touch);
  expect(impressionOf(siti, '2', conditions.everyday).pixels).not.toEqual(touch.pixels);
});

describe('a good touch', () => {
  const probe = indexProbe(extract(impressionOf(siti, 'at the kiosk', conditions.good)));

  test('shows as many minutiae as a finger does', () => {
    expect(probe.template.minutiae.length).toBeGreaterThanOrEqual(20);
    expect(probe.template.minutiae.length).toBeLessThanOrEqual(80);
  });

  test('is known by its own reference, which another touch left, and by nobody else’s', () => {
    expect(scoreOf(probe, templateIn(referenceOf(siti, 'enrolled')))).toBeGreaterThan(40);
    expect(scoreOf(probe, templateIn(referenceOf(budi, 'enrolled')))).toBeLessThan(40);
  });
});

test('a reference is not made from the touch that it will be compared with', () => {
  const sameSeed = extract(impressionOf(siti, '1', conditions.good));
  expect(templateIn(referenceOf(siti, '1')).minutiae.length).not.toBe(0);
  expect(templateIn(referenceOf(siti, '1')).minutiae[0]).not.toMatchObject({ x: sameSeed.minutiae[0]!.x });
});

test('a scanner of another size and resolution sees the same finger', () => {
  const small = { ...conditions.good, widthPx: 256, heightPx: 288, dpi: 450 };
  const image = impressionOf(siti, 'small', small);
  expect(image).toMatchObject({ widthPx: 256, heightPx: 288, dpi: 450 });
  expect(scoreOf(indexProbe(extract(image)), templateIn(referenceOf(siti, 'enrolled')))).toBeGreaterThan(40);
});
