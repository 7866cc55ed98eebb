import type { Citizen } from './citizen.ts';
import { demoCitizens, demoRecords } from './demo-citizens.ts';
import { drawFingers } from './fingers.ts';
import { makePopulation, type PopulationOptions } from './make-population.ts';
import { writeDrop } from './write-drop.ts';

export interface DropSummary {
  folder: string;
  dataset: { name: string; version: string; cutOff: string };
  records: number;
  demoCitizens: number;
  /** People with finger records. */
  withFingers: number;
}

/** Writes the demo citizens alone, as they stand on `today` (`YYYY-MM-DD`). */
export async function writeDemoDrop(folder: string, today: string): Promise<DropSummary> {
  const dataset = { name: 'demo', version: today, cutOff: today };
  const citizens = demoRecords(today);
  await writeDrop(folder, dataset, citizens);
  return summaryOf(folder, dataset, citizens, citizens.length);
}

/** Writes a population, and the demo citizens before it where asked. The same options write the same bytes. */
export async function writePopulationDrop(
  folder: string,
  options: Omit<PopulationOptions, 'taken'> & { demo?: boolean; fingers?: { progress: (count: number) => () => void } },
): Promise<DropSummary> {
  const { seed, city, today, demo = false, fingers } = options;
  const dataset = { name: `synthetic-${city}`, version: `${today} seed ${seed}`, cutOff: today };
  const taken = demoCitizens.flatMap(({ nik, pickupCode }) => [nik, pickupCode]);
  const crowd = makePopulation({ ...options, taken });
  const drawn = fingers ? await withFingers(crowd, fingers.progress) : crowd;
  const citizens = [...(demo ? demoRecords(today) : []), ...drawn];
  await writeDrop(folder, dataset, citizens);
  return summaryOf(folder, dataset, citizens, demo ? demoCitizens.length : 0);
}

/** Whoever has a finger gets two index fingers of their own. */
async function withFingers(crowd: readonly Citizen[], progress: (count: number) => () => void): Promise<Citizen[]> {
  const people = crowd.filter(({ row }) => row.fingers !== '0').map(({ pickupCode }) => pickupCode);
  const records = await drawFingers(people, progress(2 * people.length));
  const byPerson = new Map(people.map((person, at) => [person, records[at] ?? []]));
  return crowd.map((citizen) => ({ ...citizen, fingers: byPerson.get(citizen.pickupCode) ?? [] }));
}

function summaryOf(
  folder: string,
  dataset: DropSummary['dataset'],
  citizens: readonly Citizen[],
  demoCount: number,
): DropSummary {
  const withFingers = citizens.filter(({ fingers }) => fingers.length > 0).length;
  return { folder, dataset, records: citizens.length, demoCitizens: demoCount, withFingers };
}
