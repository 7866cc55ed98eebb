import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeColumns, recordColumns } from '#central/gateway/file-drop/columns.ts';
import type { Dataset } from '#central/gateway/gateway.ts';
import type { Citizen } from './citizen.ts';
import type { Sex } from './names.ts';
import { lookNumber } from './portrait/look.ts';
import { type Background, backgroundOf, drawPortrait } from './portrait/portrait.ts';
import { tornJpeg } from './portrait/torn-jpeg.ts';
import { drawSignature } from './signature.ts';

/** So many pictures are drawn and written at once: sharp works on the threads of libuv, four of them. */
const AT_ONCE = 8;

/**
 * Writes a file drop as the gateway reads it: `dataset.json`, `records.csv`, `codes.csv`, `photos/NIK.jpg`,
 * `signatures/NIK.png`, `fingers/NIK-P.fmr`. Those of an earlier drop in this folder are removed first; other files are left alone.
 */
export async function writeDrop(folder: string, dataset: Dataset, citizens: readonly Citizen[]): Promise<void> {
  for (const name of ['photos', 'signatures', 'fingers']) {
    await rm(join(folder, name), { recursive: true, force: true });
    await mkdir(join(folder, name), { recursive: true });
  }
  const rows = citizens.map(({ row }) => recordColumns.map((column) => row[column]));
  const codes = citizens.map(({ row, pickupCode, pin, expiresOn }) => [row.nik, pickupCode, pin, expiresOn]);
  await writeFile(join(folder, 'records.csv'), csv([recordColumns, ...rows]));
  await writeFile(join(folder, 'codes.csv'), csv([codeColumns, ...codes]));
  await writeFile(join(folder, 'dataset.json'), `${JSON.stringify(dataset, null, 2)}\n`);
  await writePictures(folder, citizens);
  for (const { row, fingers } of citizens)
    for (const { number, record } of fingers)
      await writeFile(join(folder, 'fingers', `${row.nik}-${number}.fmr`), record);
}

async function writePictures(folder: string, citizens: readonly Citizen[]): Promise<void> {
  const portraits = once((key: string) => {
    const [sex, face, background] = key.split('|') as [Sex, string, Background];
    return drawPortrait(lookNumber(sex, Number(face)), background);
  });
  const signatures = once((number: number) => drawSignature(number));
  await eachOf(citizens, async ({ row, face, signature, tornPhoto }) => {
    if (face !== null) {
      const portrait = await portraits(`${row.sex}|${face}|${backgroundOf(Number(row.birth_date.slice(0, 4)))}`);
      await writeFile(join(folder, 'photos', `${row.nik}.jpg`), tornPhoto ? tornJpeg(portrait) : portrait);
    }
    if (signature !== null) await writeFile(join(folder, 'signatures', `${row.nik}.png`), await signatures(signature));
  });
}

/** Each picture is drawn once, however many people share it. */
function once<Key>(draw: (key: Key) => Promise<Uint8Array>): (key: Key) => Promise<Uint8Array> {
  const drawn = new Map<Key, Promise<Uint8Array>>();
  return (key) => {
    const picture = drawn.get(key) ?? draw(key);
    drawn.set(key, picture);
    return picture;
  };
}

async function eachOf<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = items.values();
  const worker = async () => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

function csv(rows: readonly (readonly string[])[]): string {
  const quoted = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return rows.map((row) => `${row.map(quoted).join(',')}\n`).join('');
}
