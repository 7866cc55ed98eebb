import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Template } from '#drivers/fingerprint/matching/template.ts';
import type { ScannerView } from '../pictures/view.ts';
import type { Crew } from '../work/crew.ts';
import { progressOf } from '../work/progress.ts';
import type { DataSet, Impression } from './data-sets.ts';

export interface Settings {
  dpi: number;
  /** Of the probe only: what a kiosk's scanner sees, against a reference that a better one took. */
  view: ScannerView;
  /** A folder of ISO or ANSI records to compare with, instead of the pictures. */
  references: string | null;
}

/** The templates of a set, in the order of its impressions; null where there is none. */
export interface Templates {
  probes: (Template | null)[];
  candidates: (Template | null)[];
}

/** Of all extractions together. */
export interface Extractions {
  /** Pictures and records that could not be read or are missing, with the reason. */
  unreadable: string[];
  /** Pictures that were read and show no minutia: they count as fingers that match nobody. */
  empty: string[];
  extractMs: number[];
}

export const RECORD_ENDINGS = ['fmr', 'iso', 'ist', 'ansi'];

export async function templatesOf(
  crew: Crew,
  sets: readonly DataSet[],
  settings: Settings,
): Promise<{ templates: Templates[]; extractions: Extractions }> {
  const files = sets.flatMap(({ impressions }) => impressions.map(({ file }) => file));
  const isSame = settings.references === null && Object.keys(settings.view).length === 0;
  const extractions: Extractions = { unreadable: [], empty: [], extractMs: [] };
  const probes = await extracted(crew, files, settings.dpi, settings.view, extractions);
  const references = settings.references;
  const all = isSame
    ? probes
    : references === null
      ? await extracted(crew, files, settings.dpi, {}, extractions)
      : await recorded(
          crew,
          sets.flatMap((set) => set.impressions.map((one) => recordFor(references, set, one, sets.length === 1))),
          extractions,
        );
  extractions.unreadable = [...new Set(extractions.unreadable)];
  return { templates: perSet(sets, probes, all), extractions };
}

function perSet(sets: readonly DataSet[], probes: (Template | null)[], candidates: (Template | null)[]): Templates[] {
  let start = 0;
  return sets.map(({ impressions }) => {
    const from = start;
    start += impressions.length;
    return { probes: probes.slice(from, start), candidates: candidates.slice(from, start) };
  });
}

async function extracted(crew: Crew, files: string[], dpi: number, view: ScannerView, into: Extractions) {
  const asks = files.map((file) => ({ file, dpi, view }));
  const outcomes = await crew.all('extract', asks, progressOf('extracting', asks.length));
  return outcomes.map((outcome, at) => {
    if (!outcome.ok) {
      into.unreadable.push(outcome.fault);
      return null;
    }
    const { template, extractMs } = outcome.value;
    into.extractMs.push(extractMs);
    if (template.minutiae.length === 0) into.empty.push(files[at] ?? '');
    return template;
  });
}

async function recorded(crew: Crew, files: string[], into: Extractions) {
  const outcomes = await crew.all(
    'record',
    files.map((file) => ({ file })),
    progressOf('references', files.length),
  );
  return outcomes.map((outcome) => {
    if (outcome.ok) return outcome.value.template;
    into.unreadable.push(outcome.fault);
    return null;
  });
}

/**
 * Where the record of an impression is: under the same name, where its set's records are. Folders are tried from the one that is like
 * the set's own; a folder for all is taken only where there is one set, because in two the same name is two fingers.
 */
export function recordFor(
  references: string,
  set: DataSet,
  { finger, impression }: Impression,
  isAlone: boolean,
): string {
  const own = join(references, set.name);
  for (const folder of [own, join(own, 'references'), ...(isAlone ? [references] : [])]) {
    for (const ending of RECORD_ENDINGS) {
      const record = join(folder, `${finger}_${impression}.${ending}`);
      if (existsSync(record)) return record;
    }
  }
  return join(own, `${finger}_${impression}.${RECORD_ENDINGS[0]}`);
}
