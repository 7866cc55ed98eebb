import { demoCitizens, demoRecords } from './demo-citizens.ts';
import { makePopulation, type PopulationOptions } from './make-population.ts';
import { writeDrop } from './write-drop.ts';

export interface DropSummary {
  folder: string;
  dataset: { name: string; version: string; cutOff: string };
  records: number;
  demoCitizens: number;
}

/** Writes the demo citizens alone, as they stand on `today` (`YYYY-MM-DD`). */
export async function writeDemoDrop(folder: string, today: string): Promise<DropSummary> {
  const dataset = { name: 'demo', version: today, cutOff: today };
  const citizens = demoRecords(today);
  await writeDrop(folder, dataset, citizens);
  return { folder, dataset, records: citizens.length, demoCitizens: citizens.length };
}

/** Writes a population, and the demo citizens before it where asked. The same options write the same bytes. */
export async function writePopulationDrop(
  folder: string,
  options: Omit<PopulationOptions, 'taken'> & { demo?: boolean },
): Promise<DropSummary> {
  const { seed, city, today, demo = false } = options;
  const dataset = { name: `synthetic-${city}`, version: `${today} seed ${seed}`, cutOff: today };
  const taken = demoCitizens.flatMap(({ nik, pickupCode }) => [nik, pickupCode]);
  const citizens = [...(demo ? demoRecords(today) : []), ...makePopulation({ ...options, taken })];
  await writeDrop(folder, dataset, citizens);
  return { folder, dataset, records: citizens.length, demoCitizens: demo ? demoCitizens.length : 0 };
}
