import { entryDataChecks, isEnvelope } from './entries.generated.ts';
import type { EntryData, EntryTime, EntryType } from './entries.schema.ts';

export type { EntryData, EntryTime, EntryType } from './entries.schema.ts';
export * from './outcomes.ts';

/** One fact, as it is written. The sequence number is the row's, never inside the text. */
export type Entry<T extends EntryType = EntryType> = {
  [K in T]: { type: K; subject?: string; visitNo?: string; at: EntryTime; data: EntryData<K> };
}[T];

export const entryTypes = Object.keys(entryDataChecks) as EntryType[];

export function isEntryType(name: string): name is EntryType {
  return Object.hasOwn(entryDataChecks, name);
}

/** Checks a whole entry of one type: at the kiosk before it is written, at central before it is used. */
export function isEntry<T extends EntryType>(type: T, value: unknown): value is Entry<T> {
  return isEnvelope(value) && value.type === type && entryDataChecks[type](value.data);
}

/** The subject of the print.* entries: one attempt is one blank. */
export function attemptSubject(leaseId: string, attempt: number): string {
  return `${leaseId}/${attempt}`;
}
