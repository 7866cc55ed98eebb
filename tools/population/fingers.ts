import { readFileSync } from 'node:fs';
import { Crew } from '#tools/fingerprint/work/crew.ts';

/** A record as the registry delivers it, with the finger's number in ISO/IEC 19794-2. */
export interface FingerRecord {
  number: number;
  record: Uint8Array;
}

/** Those that are on an identity card. */
const enrolled = [
  ['right-index', 2],
  ['left-index', 7],
] as const;

/** What is kept of the demo citizens' fingers, by code: drawing all of them takes a minute. */
export const demoFingersFile = 'tools/population/demo-fingers.json';
export type KeptFingers = Record<string, Record<string, string>>;

/**
 * Both index fingers of these people, by what the cabinet calls them: their pick-up numbers. Drawn on all cores, two seconds of
 * one core for each person; `done` hears of each finger. Gives the records in the order of the people.
 */
export async function drawFingers(people: readonly string[], done?: () => void): Promise<FingerRecord[][]> {
  await using crew = new Crew();
  const asks = people.flatMap((person) => enrolled.map(([finger, number]) => ({ person, finger, number })));
  const outcomes = await crew.all('enrol', asks, done);
  const records = outcomes.map((outcome, at) => {
    if (!outcome.ok) throw new Error(outcome.fault);
    return { number: asks[at]?.number ?? 0, record: outcome.value.record };
  });
  return people.map((_, at) => records.slice(at * enrolled.length, (at + 1) * enrolled.length));
}

/** What `demoFingersFile` holds of a demo citizen; nothing for somebody without fingers. */
export function keptFingers(code: string): FingerRecord[] {
  kept ??= JSON.parse(readFileSync(new URL('demo-fingers.json', import.meta.url), 'utf8')) as KeptFingers;
  const records = Object.entries(kept[code] ?? {});
  return records.map(([number, text]) => ({ number: Number(number), record: Buffer.from(text, 'base64') }));
}

let kept: KeptFingers | undefined;
