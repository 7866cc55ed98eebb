import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
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
          sets.flatMap((set) => set.impressions.map((one) => recordFor(references, set, one))),
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

/** The record of an impression: under the same name, in a folder like its set's or in the one that was given. */
function recordFor(references: string, set: DataSet, { file, finger, impression }: Impression): string {
  const folders = [join(references, set.name), references, dirname(file)];
  for (const folder of folders) {
    for (const ending of RECORD_ENDINGS) {
      const record = join(folder, `${finger}_${impression}.${ending}`);
      if (existsSync(record)) return record;
    }
  }
  return join(references, set.name, `${finger}_${impression}.${RECORD_ENDINGS[0]}`);
}
