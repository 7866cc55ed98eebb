import type { CardFields } from '#contract/uplink/record.ts';
import { FaceError } from './face-error.ts';
import type { Fitted } from './fit.ts';
import type { Fonts } from './fonts.ts';
import { layout, lineShape, type Row, rows, type TextStyle } from './layout.ts';
import { fitText, linePx, type PlacedText, placeLines, type Slot, setText } from './set-text.ts';

interface FittedRow {
  readonly row: Row;
  readonly value: Fitted;
  readonly labelPx: number;
  /** Of the taller of label and value: both stand on one base line. */
  readonly firstLinePx: number;
  readonly heightPx: number;
}

const { box, labelStyle, valueStyle, narrowestGapPx, widestGapPx } = layout.table;

/** Tries the table at its full size, then smaller as a whole, until all its rows stand below each other. Throws FaceError. */
export function placeTable(fields: CardFields, fonts: Fonts): PlacedText[] {
  for (let maxPx: number = valueStyle.maxPx; maxPx >= valueStyle.minPx; maxPx--) {
    const fitted = rows.map((row) => fitRow(row, fields, maxPx, fonts));
    const sparePx = box.height - fitted.reduce((sum, row) => sum + row.heightPx, 0);
    const gapPx = Math.min(widestGapPx, sparePx / (rows.length - 1));
    if (gapPx < narrowestGapPx) continue;
    return stack(fitted, gapPx).flatMap(({ row, baseline }) => placeRow(row, baseline, fields, fonts));
  }
  throw new FaceError('record/unprintable-text', 'the rows of the table are too long together');
}

function fitRow(row: Row, fields: CardFields, maxPx: number, fonts: Fonts): FittedRow {
  const value = fitText(row.field, row.text(fields), valueWidth(row), styleOf(row, maxPx), fonts);
  const labelPx = Math.max(labelStyle.minPx, Math.min(labelStyle.maxPx, maxPx - layout.table.labelSmallerPx));
  const firstLinePx = Math.max(value.sizePx, labelPx);
  const heightPx = linePx(firstLinePx) + (value.lines.length - 1) * linePx(value.sizePx);
  return { row, value, labelPx, firstLinePx, heightPx };
}

function valueWidth({ beside }: Row): number {
  const { valueX, besideLabelX, besideGapPx } = layout.table;
  return beside ? besideLabelX - besideGapPx - valueX : box.x + box.width - valueX;
}

function styleOf({ maxLines }: Row, maxPx: number): TextStyle {
  return { ...valueStyle, maxPx, easyPx: Math.min(valueStyle.easyPx, maxPx), maxLines };
}

function stack(fitted: readonly FittedRow[], gapPx: number): { row: FittedRow; baseline: number }[] {
  let y: number = box.y;
  return fitted.map((row) => {
    const baseline = y + row.firstLinePx * lineShape.above;
    y += row.heightPx + gapPx;
    return { row, baseline };
  });
}

function placeRow(fitted: FittedRow, baseline: number, fields: CardFields, fonts: Fonts): PlacedText[] {
  const { row, value, labelPx } = fitted;
  const x = box.x + (row.indented ? layout.table.indentPx : 0);
  const { valueX } = layout.table;
  return [
    ...placeLabel(row, { x, width: valueX - x, baseline }, labelPx, fonts),
    ...placeLines(row.field, value, { x: valueX, width: valueWidth(row), baseline }, valueStyle.weight, fonts),
    ...placeBeside(fitted, baseline, fields, fonts),
  ];
}

function placeBeside({ row, value, labelPx }: FittedRow, baseline: number, fields: CardFields, fonts: Fonts) {
  if (!row.beside) return [];
  const { besideLabelX, besideX } = layout.table;
  const slot = { x: besideX, width: box.x + box.width - besideX, baseline };
  return [
    ...placeLabel(row.beside, { x: besideLabelX, width: besideX - besideLabelX, baseline }, labelPx, fonts),
    ...setText(row.beside.field, row.beside.text(fields), slot, styleOf(row, value.sizePx), fonts),
  ];
}

function placeLabel({ field, label }: Pick<Row, 'field' | 'label'>, slot: Slot, maxPx: number, fonts: Fonts) {
  return setText(`${field}-label`, label, slot, { ...labelStyle, maxPx }, fonts);
}
