import { readdir } from 'node:fs/promises';

/** A finger with all the minutiae a record can have is 1.6 kB (ISO/IEC 19794-2:2005). */
export const maxFingerRecordBytes = 3_072;
/** All of a person, so that they fit into one sealed record of 128 kB beside the largest photo and signature. */
export const maxFingerBytes = 8_192;

const MAGIC = Buffer.from('FMR\0 20\0', 'latin1');
const HEAD_BYTES = 24;

/** Whether a file begins as a finger minutiae record does, ISO or ANSI. What follows is read by the kiosk. */
export function isFingerRecord(bytes: Uint8Array): boolean {
  return bytes.length >= HEAD_BYTES && MAGIC.equals(bytes.subarray(0, MAGIC.length));
}

/** The names of `fingers/NIK-P.fmr` by NIK, in the order of P: 1 to 10, the finger's number in ISO/IEC 19794-2. */
export async function fingerFilesIn(folder: string): Promise<Map<string, string[]>> {
  const names = await readdir(folder).catch(() => []);
  const found = names.flatMap((name) => {
    const [, nik, finger] = /^(\d{16})-(10|[1-9])\.fmr$/.exec(name) ?? [];
    return nik && finger ? [{ nik, name, finger: Number(finger) }] : [];
  });
  const byNik = Map.groupBy(
    found.sort((a, b) => a.finger - b.finger),
    ({ nik }) => nik,
  );
  return new Map([...byNik].map(([nik, files]) => [nik, files.map(({ name }) => name)]));
}
