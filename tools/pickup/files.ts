import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cardPng, paperPng } from '#cabinet/pictures.ts';
import { stateFolder } from '#kit/state-folder.ts';
import type { Place } from '#tools/place/place.ts';

const names = ['card.png', 'receipt.png', 'receipt.txt', 'journal.jsonl', 'central.json'];

/** Before anything is printed: the folder can be written to, and holds nothing of an earlier pickup. Throws in one line. */
export function prepareOut(folder: string): void {
  stateFolder(folder);
  for (const name of names) rmSync(join(folder, name), { force: true });
}

/** Writes what one pickup left in the world and in the two journals; gives the paths of what there was to write. */
export async function writeFiles(
  place: Place,
  folder: string,
  { who, papersBefore, issued }: { who: string; papersBefore: number; issued: boolean },
): Promise<string[]> {
  const { now, bitmaps } = place.cabinet.world;
  const written: string[] = [];
  const write = (name: string, content: Uint8Array | string | null) => {
    if (content === null) return;
    const path = join(folder, name);
    writeFileSync(path, content);
    written.push(path);
  };
  const card = issued ? now.cards.filter((one) => one.place === `hand:${who}`).at(-1) : undefined;
  const paper = now.receipt.cuts > papersBefore ? now.receipt.papers.at(-1) : undefined;
  write('card.png', await cardPng(card, bitmaps));
  write('receipt.png', await paperPng(paper, bitmaps));
  write('receipt.txt', paper ? `${paper.lines.join('\n')}\n` : null);
  write('journal.jsonl', journalLines(place));
  write('central.json', `${JSON.stringify(centralRows(place), null, 2)}\n`);
  return written;
}

function journalLines({ kiosk }: Place): string {
  const rows = kiosk.store.read((db) => db.prepare('SELECT text FROM journal ORDER BY seq').all()) as {
    text: string;
  }[];
  return rows.map(({ text }) => `${text}\n`).join('');
}

/** What central stored of this kiosk: entries as it took them in, where the rights stand, and the blanks. */
function centralRows({ office }: Place): Record<string, unknown> {
  const all = (sql: string) => office.store.read((db) => db.prepare(sql).all());
  return {
    entries: all('SELECT kiosk, epoch, seq, type, subject, visit_no, text FROM entry ORDER BY kiosk, epoch, seq'),
    rights: all('SELECT right_id, generation, state, kiosk, epoch, lease_id FROM print_right'),
    leases: all('SELECT lease_id, right_id, kiosk, epoch, state FROM lease'),
    stock: all('SELECT kiosk, account, count FROM stock'),
    anomalies: all('SELECT kiosk, epoch, seq, what FROM anomaly'),
  };
}
