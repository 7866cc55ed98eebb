import type { CardFields } from '#contract/uplink/record.ts';
import type { Fonts } from './fonts.ts';
import { layout, provinceLine } from './layout.ts';
import { linePx, type PlacedText, setText } from './set-text.ts';
import { placeTable } from './table.ts';

/**
 * Where each text of a face stands. Pure. Throws FaceError `record/unprintable-text` where a glyph is missing or a text
 * does not fit at its smallest size: nothing is cut, nothing overlaps.
 */
export function placeTexts(fields: CardFields, fonts: Fonts): PlacedText[] {
  return [
    ...placeHeading(fields, fonts),
    ...placeNik(fields, fonts),
    ...placeTable(fields, fonts),
    ...placeIssue(fields, fonts),
  ];
}

function placeHeading(fields: CardFields, fonts: Fonts): PlacedText[] {
  const { x, width, baselines, style } = layout.heading;
  const slot = (baseline: number) => ({ x, width, baseline, align: 'centre' as const });
  return [
    ...setText('province', provinceLine(fields), slot(baselines.province), style, fonts),
    ...setText('city', fields.city, slot(baselines.city), style, fonts),
  ];
}

function placeNik({ nik }: CardFields, fonts: Fonts): PlacedText[] {
  const { labelX, x, width, baseline, labelStyle, style } = layout.nik;
  return [
    ...setText('nik-label', 'NIK', { x: labelX, width: x - labelX, baseline }, labelStyle, fonts),
    ...setText('nik', nik, { x, width, baseline }, style, fonts),
  ];
}

function placeIssue({ issuePlace, issueDate }: CardFields, fonts: Fonts): PlacedText[] {
  const { x, width, baseline, placeStyle, dateStyle } = layout.issue;
  const slot = { x, width, baseline, align: 'centre' as const };
  const place = setText('issuePlace', issuePlace, slot, placeStyle, fonts);
  const last = Math.max(...place.map((line) => line.baseline));
  const below = { ...slot, baseline: last + linePx(dateStyle.maxPx) };
  return [...place, ...setText('issueDate', issueDate, below, dateStyle, fonts)];
}
