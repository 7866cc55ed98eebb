import { parse } from 'csv-parse/sync';
import { type Cells, maxCellCharacters } from './columns.ts';
import type { Finding } from './finding.ts';

export type CsvRow<Column extends string> = { row: number; cells: Cells<Column> } | { row: number; fault: Finding };

const BOM = [0xef, 0xbb, 0xbf];
const NEWLINE = 0x0a;
const RETURN = 0x0d;

/**
 * Reads a CSV file line by line. No field of a card has a line break in it, so a line is a row, and a quote that is
 * never closed or a letter in another encoding spoils its own row and no other. `row` is the line, the header being 1.
 * A header that is not ours gives one row, number 1, with the fault `import/columns`.
 */
export function readCsv<Column extends string>(bytes: Uint8Array, columns: readonly Column[]): CsvRow<Column>[] {
  const [head = new Uint8Array(), ...rest] = linesOf(withoutBom(bytes));
  const names = cellsOf(head);
  if (!Array.isArray(names)) return [{ row: 1, fault: { code: 'import/columns', detail: `header: ${names.detail}` } }];
  const wrong = whatIsWrong(names, columns);
  if (wrong) return [{ row: 1, fault: { code: 'import/columns', detail: wrong } }];
  return rest.flatMap((line, index) => (line.length === 0 ? [] : [rowOf(line, index + 2, names, columns)]));
}

function rowOf<Column extends string>(
  line: Uint8Array,
  row: number,
  names: readonly string[],
  columns: readonly Column[],
): CsvRow<Column> {
  const values = cellsOf(line);
  if (!Array.isArray(values)) return { row, fault: values };
  if (values.length !== names.length) {
    const detail = `${values.length} fields where the header names ${names.length}`;
    return { row, fault: { code: 'import/columns', detail } };
  }
  const bad = values.findIndex((value) => value.length > maxCellCharacters || hasControl(value));
  if (bad !== -1) return { row, fault: { code: 'import/bad-field', detail: `${names[bad]}: too long, or not text` } };
  const cell = (column: Column) => [column, (values[names.indexOf(column)] ?? '').trim().normalize('NFC')];
  return { row, cells: Object.fromEntries(columns.map(cell)) as Cells<Column> };
}

/** The fields of one line, or what is wrong with it. */
function cellsOf(line: Uint8Array): string[] | Finding {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(line);
  } catch {
    return { code: 'import/encoding', detail: `not UTF-8 from byte ${firstBadByte(line) + 1} of the line` };
  }
  if (!text.includes('"')) return text.split(','); // nearly all lines, and a city has many
  try {
    return (parse(text) as string[][])[0] ?? [];
  } catch (error) {
    return { code: 'import/columns', detail: `quotes do not match (${(error as { code?: string }).code})` };
  }
}

function whatIsWrong(names: readonly string[], columns: readonly string[]): string | null {
  const [only = ''] = names;
  if (names.length === 1 && only.split(';').length >= columns.length)
    return 'fields must be separated by commas, not semicolons';
  if (names.length === 1 && only.split('\t').length >= columns.length)
    return 'fields must be separated by commas, not tabs';
  if (only.includes('\0')) return 'the file is UTF-16: it must be UTF-8';
  const missing = columns.filter((column) => !names.includes(column));
  if (missing.length > 0) return `missing: ${missing.join(', ')}`;
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  return twice.length > 0 ? `named twice: ${twice.join(', ')}` : null;
}

function linesOf(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let from = 0; from < bytes.length; ) {
    const at = bytes.indexOf(NEWLINE, from);
    const end = at === -1 ? bytes.length : at;
    lines.push(bytes.subarray(from, end > from && bytes[end - 1] === RETURN ? end - 1 : end));
    from = end + 1;
  }
  return lines;
}

const withoutBom = (bytes: Uint8Array) => (BOM.every((byte, at) => bytes[at] === byte) ? bytes.subarray(3) : bytes);

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const hasControl = (text: string) => /[\u0000-\u001f\u007f]/.test(text);

/** Where the first letter stands that is not UTF-8, for the person who has to find it in an editor. */
function firstBadByte(line: Uint8Array): number {
  const readable = new TextDecoder().decode(line).split('\ufffd')[0] ?? '';
  return Buffer.byteLength(readable);
}
