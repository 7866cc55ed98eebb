import { demoCitizens, demoRecords } from '#tools/population/demo-citizens.ts';
import { drawFingers, type KeptFingers } from '#tools/population/fingers.ts';

const anyDay = '2026-11-23';

/** Who of the demo citizens has fingers: their codes and what the cabinet calls them. */
export function peopleWithFingers(): { code: string; person: string }[] {
  const rows = new Map(demoRecords(anyDay).map(({ row }) => [row.nik, row]));
  return demoCitizens
    .filter(({ nik }) => rows.get(nik)?.fingers !== '0')
    .map(({ code, pickupCode }) => ({ code, person: pickupCode }));
}

/** The text of `demoFingersFile`: fingers that were drawn before stay, others are drawn now. */
export async function demoFingers(before: KeptFingers): Promise<string> {
  const people = peopleWithFingers();
  const missing = people.filter(({ code }) => !before[code]);
  const drawn = missing.length > 0 ? await drawFingers(missing.map(({ person }) => person)) : [];
  const now = new Map(missing.map(({ code }, at) => [code, drawn[at] ?? []]));
  const kept: KeptFingers = {};
  for (const { code } of people) kept[code] = before[code] ?? inText(now.get(code) ?? []);
  return `${JSON.stringify(kept, null, 2)}\n`;
}

function inText(records: readonly { number: number; record: Uint8Array }[]): Record<string, string> {
  return Object.fromEntries(records.map(({ number, record }) => [number, Buffer.from(record).toString('base64')]));
}
