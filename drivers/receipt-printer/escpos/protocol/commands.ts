import type { RealTimeQuestion } from './status-bits.ts';

const DLE = 0x10;
const ESC = 0x1b;
const GS = 0x1d;

/** Longer than any picture or QR code that a cut-off job can still be waiting for. (Sheet B.2, traps) */
const FLUSH_BYTES = 8 * 1024;

/** DLE EOT n: asked and answered at once, even in the middle of data. */
export const askStatus = (question: RealTimeQuestion): Uint8Array => Uint8Array.of(DLE, 0x04, question);

/** DLE ENQ 2: leave a recoverable error and forget what was waiting to be printed. */
export const dropWaitingData: Uint8Array = Uint8Array.of(DLE, 0x05, 0x02);

/** Completes whatever a cut-off job left half sent; as text NULs print nothing. */
export const flush: Uint8Array = new Uint8Array(FLUSH_BYTES);

/** ESC @. */
export const reset: Uint8Array = Uint8Array.of(ESC, 0x40);

/** GS a 255: tell every change by itself, and the present state now. */
export const reportByYourself: Uint8Array = Uint8Array.of(GS, 0x61, 0xff);

/** GS r 1: answered only when everything before it has been done. */
export const askPaperInOrder: Uint8Array = Uint8Array.of(GS, 0x72, 0x01);

const JOB_DONE_HEADER = 0x37;
const JOB_DONE = 0x22;

/** GS ( H, function 48: the printer repeats these four characters when the paper before them is out. */
export function askJobDone(jobId: string): Uint8Array {
  return Uint8Array.of(GS, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30, ...jobIdBytes(jobId));
}

/** Whether a block reply says that this job is done: 37 22 d1 d2 d3 d4 00. */
export function isJobDone(block: { header: number; body: Uint8Array }, jobId: string): boolean {
  const wanted = [JOB_DONE, ...jobIdBytes(jobId)];
  return (
    block.header === JOB_DONE_HEADER &&
    block.body.length === wanted.length &&
    wanted.every((b, i) => block.body[i] === b)
  );
}

/** The number of a job as four printable characters. */
export const jobIdOf = (jobNo: number): string => (jobNo % 36 ** 4).toString(36).padStart(4, '0');

const jobIdBytes = (jobId: string) => [...jobId].map((letter) => letter.charCodeAt(0));
