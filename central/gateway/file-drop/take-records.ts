import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Delivery } from '../gateway.ts';
import { type Files, findFault, findOddities, recordOf } from './check-row.ts';
import type { Cells, RecordColumn } from './columns.ts';
import { type Finding, issueAt } from './finding.ts';
import { fingerFilesIn, isFingerRecord, maxFingerBytes, maxFingerRecordBytes } from './finger-records.ts';
import { isWholePng, jpegSize, maxPhotoBytes, maxSignatureBytes } from './pictures.ts';
import type { CsvRow } from './read-csv.ts';

type Row = Cells<RecordColumn>;
type Taken = Pick<Delivery, 'rows' | 'records' | 'refused' | 'warnings'>;

/** Checks each row of `records.csv` with its files: it becomes a record, or is refused with the reason. */
export async function takeRecords(folder: string, rows: readonly CsvRow<RecordColumn>[]): Promise<Taken> {
  const taken: Taken = { rows: rows.filter(({ row }) => row > 1).length, records: [], refused: [], warnings: [] };
  const twins = rowsByNik(rows);
  const fingerFiles = await fingerFilesIn(join(folder, 'fingers'));
  for (const row of rows) {
    const nik = 'cells' in row ? row.cells.nik : '';
    const at = (finding: Finding) => issueAt('records.csv', row.row, nik, finding);
    const read =
      'fault' in row ? row.fault : await readRow(folder, row, twins.get(nik) ?? [], fingerFiles.get(nik) ?? []);
    if ('code' in read) taken.refused.push(at(read));
    else {
      taken.records.push(recordOf(read.cells, read.files));
      taken.warnings.push(...findOddities(read.cells, read.files).map(at));
    }
  }
  return taken;
}

async function readRow(
  folder: string,
  { row, cells }: { row: number; cells: Row },
  twins: readonly Twin[],
  fingerFiles: readonly string[],
): Promise<{ cells: Row; files: Files } | Finding> {
  const fault = findFault(cells) ?? sameNik(row, twins);
  if (fault) return fault;
  const pictures = await picturesOf(folder, cells);
  if ('code' in pictures) return pictures;
  return { cells, files: { ...pictures, ...(await fingersOf(join(folder, 'fingers'), fingerFiles, cells)) } };
}

type Twin = { row: number; text: string };

function rowsByNik(rows: readonly CsvRow<RecordColumn>[]): Map<string, Twin[]> {
  const read = rows.flatMap((row) => ('cells' in row ? [row] : []));
  const byNik = Map.groupBy(read, ({ cells }) => cells.nik);
  const twin = ({ row, cells }: (typeof read)[number]) => ({ row, text: JSON.stringify(cells) });
  return new Map([...byNik].map(([nik, same]) => [nik, same.map(twin)]));
}

/**
 * A row that stands twice, word for word, is taken once. Rows that say different things about one person are all
 * refused: nobody here can know which of them is true, and a printed card cannot be taken back.
 */
function sameNik(row: number, twins: readonly Twin[]): Finding | null {
  const [first, ...others] = twins;
  const alike = others.every(({ text }) => text === first?.text);
  if (others.length === 0 || (alike && first?.row === row)) return null;
  const where = twins.map((twin) => twin.row).filter((other) => other !== row);
  return { code: 'import/duplicate-nik', detail: `the same NIK stands in row ${where.join(', ')}` };
}

/** Photo and signature of a row, named after its checked NIK: digits only, so no row can point outside the folder. */
async function picturesOf(folder: string, { nik, status }: Row): Promise<Pick<Files, 'photo' | 'signature'> | Finding> {
  const photo = await readSmall(join(folder, 'photos', `${nik}.jpg`), maxPhotoBytes);
  const neverRecorded = status === 'UNREGISTERED'; // nobody has taken a picture of them yet
  if (!photo && !neverRecorded) return { code: 'import/missing-photo', detail: `photos/…${nik.slice(-4)}.jpg` };
  if (photo && !jpegSize(photo))
    return { code: 'import/bad-photo', detail: `not a whole JPEG of at most ${maxPhotoBytes} bytes` };
  const signature = await readSmall(join(folder, 'signatures', `${nik}.png`), maxSignatureBytes);
  const whole = !signature || isWholePng(signature);
  const detail = `signature: not a whole PNG of at most ${maxSignatureBytes} bytes`;
  return whole ? { photo, signature } : { code: 'import/bad-field', detail };
}

type Fingers = Pick<Files, 'fingers' | 'fingersRefused'>;

/** All of a person's finger records or none: a person whose fingers are doubtful is known by an officer, and prints all the same. */
async function fingersOf(folder: string, names: readonly string[], { nik, fingers: count }: Row): Promise<Fingers> {
  const none = (why: string): Fingers => ({ fingers: [], fingersRefused: why });
  if (names.length > 0 && count === '0') return none('0 are enrolled, and yet a record is there');
  const fingers: Uint8Array[] = [];
  for (const name of names) {
    const record = await readSmall(join(folder, name), maxFingerRecordBytes);
    const told = `…${nik.slice(-4)}${name.slice(nik.length)}`;
    if (!record || !isFingerRecord(record))
      return none(`${told} is no record by ISO 19794-2 of at most ${maxFingerRecordBytes} bytes`);
    fingers.push(record);
  }
  const bytes = fingers.reduce((sum, { length }) => sum + length, 0);
  return bytes > maxFingerBytes
    ? none(`${bytes} bytes in all, more than ${maxFingerBytes}`)
    : { fingers, fingersRefused: null };
}

/** The bytes of a file; none of them where it is too big to be what it should be; null where it is not there. */
async function readSmall(path: string, maxBytes: number): Promise<Uint8Array | null> {
  const found = await stat(path).catch(() => null);
  if (!found) return null;
  if (!found.isFile() || found.size > maxBytes) return new Uint8Array();
  return await readFile(path).catch(() => new Uint8Array());
}
