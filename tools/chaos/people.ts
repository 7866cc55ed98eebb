import { dayAt } from '#kit/civil-date.ts';
import { makePopulation } from '#tools/population/make-population.ts';
import { writeDrop } from '#tools/population/write-drop.ts';
import type { Person } from './citizen.ts';

/** About one in five of a population may come at once; the first of it are there to show every kind of case. */
const drawnPerWanted = 12;

/** Writes a file drop of people who may all have a card, whatever day a clock believes it is; gives what they carry. */
export async function writePeople(folder: string, wanted: number, seed: string, wallMs: number): Promise<Person[]> {
  const today = dayAt(wallMs);
  const soon = dayAt(wallMs + 3 * 86_400_000);
  const before = dayAt(wallMs - 3 * 86_400_000);
  const all = makePopulation({ count: 40 + wanted * drawnPerWanted, seed, city: 'palembang', today });
  const ready = all.filter(
    ({ row, face, signature, expiresOn }) =>
      row.class === 'FIRST' &&
      row.status === 'PRINT_READY_RECORD' &&
      row.closed_reason === '' &&
      row.suket === '' &&
      row.fingers === '10' &&
      row.printable_from < before &&
      row.status_since < before &&
      expiresOn > soon &&
      face !== null &&
      signature !== null,
  );
  const citizens = ready.slice(0, wanted);
  if (citizens.length < wanted) throw new Error(`only ${citizens.length} of ${wanted} people are ready`);
  await writeDrop(folder, { name: 'chaos', version: `${today} seed ${seed}`, cutOff: today }, citizens);
  return citizens.map(({ row, pickupCode, pin }, index) => ({
    name: `${index + 1} ${row.name}`,
    number: pickupCode,
    pin,
  }));
}
