import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Delivery, PrintedCard, RecordStatus, SiakGateway } from '../gateway.ts';
import { type ImportReport, type LandingPorts, land } from '../land.ts';
import { readDrop, statusInDrop } from './read-drop.ts';

const PRINTED_HEADER = 'nik,printed_on,printed_where,receipt\n';

/** The registry as a folder: an export is dropped into it, and what we printed is written beside it. */
export function openFileDrop(folder: string): SiakGateway {
  return new FileDrop(folder);
}

/** Reads the folder whole, then lands its good rows in one transaction. Throws only where the store or the disk fails. */
export async function importFileDrop(folder: string, ports: LandingPorts): Promise<ImportReport> {
  return land(await openFileDrop(folder).readRecords(), ports);
}

class FileDrop implements SiakGateway {
  readonly #folder: string;
  /** Reports are appended one after the other, so that two cards never share a line. */
  #reporting: Promise<void> = Promise.resolve();

  constructor(folder: string) {
    this.#folder = folder;
  }

  readRecords(): Promise<Delivery> {
    return readDrop(this.#folder);
  }

  statusOf(nik: string): Promise<RecordStatus | null> {
    return statusInDrop(this.#folder, nik);
  }

  reportPrinted(card: PrintedCard): Promise<void> {
    const written = this.#reporting.then(() => this.#append(card));
    this.#reporting = written.catch(() => undefined); // one failed report does not hold up the next
    return written;
  }

  /** On the disk before it resolves: `reports/printed.csv`, one line per card, for the registry to fetch. */
  async #append({ nik, printedOn, printedWhere, receipt }: PrintedCard): Promise<void> {
    const path = join(this.#folder, 'reports', 'printed.csv');
    await mkdir(join(this.#folder, 'reports'), { recursive: true, mode: 0o700 });
    const before = await readFile(path, 'utf8').catch(() => '');
    const line = `${[nik, printedOn, quoted(printedWhere), receipt].join(',')}\n`;
    if (before.includes(`\n${line}`)) return;
    await using file = await open(path, 'a', 0o600);
    await file.appendFile(opening(before) + line);
    await file.sync();
  }
}

/** What comes before a new line: the header of a new file, or the end of a line that a power cut tore. */
function opening(before: string): string {
  if (before === '') return PRINTED_HEADER;
  return before.endsWith('\n') ? '' : '\n';
}

const quoted = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
