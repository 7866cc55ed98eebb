import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDay } from '#kit/civil-date.ts';
import { type Dataset, type Delivery, isRecordStatus, type RecordStatus } from '../gateway.ts';
import { codeColumns, recordColumns } from './columns.ts';
import { issueAt } from './finding.ts';
import { readCsv } from './read-csv.ts';
import { takeCodes } from './take-codes.ts';
import { takeRecords } from './take-records.ts';

/** A drop is held in memory until it lands as a whole, at about 30 kB a row: bigger deliveries come in parts. */
export const maxRows = 10_000;

/**
 * Reads a folder with `dataset.json`, `records.csv`, `photos/NIK.jpg`, `signatures/NIK.png` and, where the recording desk
 * hands out numbers, `codes.csv`. Changes nothing, and never throws for what is in the folder: see `refused`.
 */
export async function readDrop(folder: string): Promise<Delivery> {
  const dataset = await readDataset(folder);
  if (typeof dataset === 'string') return refused('dataset.json', dataset);
  const bytes = await readFile(join(folder, 'records.csv')).catch(() => null);
  if (!bytes) return refused('records.csv', 'is not there, or cannot be read');
  const rows = readCsv(bytes, recordColumns);
  if (rows.length > maxRows) return refused('records.csv', `more than ${maxRows} rows: deliver it in parts`);
  const taken = await takeRecords(folder, rows);
  const codes = await readFile(join(folder, 'codes.csv')).catch(() => null);
  const { pickups, refused: badCodes } = takeCodes(codes ? readCsv(codes, codeColumns) : []);
  return { dataset, ...taken, pickups, refused: [...taken.refused, ...badCodes] };
}

/** The status that stands in the drop for one NIK; null where it is not there, or stands in a row that cannot be read. */
export async function statusInDrop(folder: string, nik: string): Promise<RecordStatus | null> {
  const bytes = await readFile(join(folder, 'records.csv')).catch(() => new Uint8Array());
  const rows = readCsv(bytes, recordColumns).flatMap((row) => ('cells' in row ? [row.cells] : []));
  const status = rows.find((cells) => cells.nik === nik)?.status ?? '';
  return isRecordStatus(status) ? status : null;
}

function refused(file: string, detail: string): Delivery {
  const issue = issueAt(file, 0, '', { code: 'import/file', detail });
  return { dataset: null, rows: 0, records: [], pickups: [], refused: [issue], warnings: [] };
}

/** The dataset, or what is wrong with the file that names it. */
async function readDataset(folder: string): Promise<Dataset | string> {
  const text = await readFile(join(folder, 'dataset.json'), 'utf8').catch(() => null);
  if (text === null) return 'is not there, or cannot be read';
  let read: Partial<Record<keyof Dataset, unknown>> | null;
  try {
    read = JSON.parse(text);
  } catch {
    return 'is not JSON';
  }
  const { name, version, cutOff } = read ?? {};
  const isWord = (word: unknown): word is string => typeof word === 'string' && /^[\w .:/-]{1,64}$/.test(word);
  if (!isWord(name) || !isWord(version)) return 'name and version must be short words';
  if (typeof cutOff !== 'string' || !isDay(cutOff)) return 'cutOff must be a day written YYYY-MM-DD';
  return { name, version, cutOff };
}
