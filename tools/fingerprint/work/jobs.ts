import { readFile } from 'node:fs/promises';
import { fingerOfPerson } from '#cabinet/fingers/touch.ts';
import type { FingerPosition } from '#contract/screen/screen-state.ts';
import type { KioskQuality } from '#drivers/fingerprint/fingerprint-scanner.ts';
import { extraction } from '#drivers/fingerprint/matching/extract.ts';
import { readRecord } from '#drivers/fingerprint/matching/iso-read.ts';
import { Matcher } from '#drivers/fingerprint/matching/matcher.ts';
import { indexProbe } from '#drivers/fingerprint/matching/probe-index.ts';
import { qualityOf } from '#drivers/fingerprint/matching/quality.ts';
import type { Template } from '#drivers/fingerprint/matching/template.ts';
import { systemClock } from '#kit/clock.ts';
import { InputError } from '../faults.ts';
import { readPicture } from '../pictures/read-picture.ts';
import { type ScannerView, seenBy } from '../pictures/view.ts';
import { referenceOf } from '../reference.ts';
import { type FingerFiles, writeFinger } from '../write-finger.ts';

/** What one worker does by itself, told and answered in plain data. */
export interface Jobs {
  extract: { ask: { file: string; dpi: number; view: ScannerView }; answer: Extracted };
  record: { ask: { file: string }; answer: { template: Template } };
  /** Kept by the worker for what comes after. */
  candidates: { ask: { templates: (Template | null)[] }; answer: null };
  match: { ask: { probe: Template; candidates: number[] }; answer: Matched };
  finger: { ask: FingerFiles; answer: { files: number } };
  /** The reference of somebody's finger: drawn as the cabinet draws that finger at a touch. */
  enrol: { ask: { person: string; finger: FingerPosition; number: number }; answer: { record: Uint8Array } };
}
export type JobName = keyof Jobs;

export interface Extracted {
  template: Template;
  quality: KioskQuality;
  extractMs: number;
}

export interface Matched {
  /** In the order of the candidates asked for. */
  scores: number[];
  indexMs: number;
  /** All of them together. */
  matchMs: number;
}

const matcher = new Matcher();
let kept: (Template | null)[] = [];

export const jobs: { [Name in JobName]: (ask: Jobs[Name]['ask']) => Promise<Jobs[Name]['answer']> } = {
  async extract({ file, dpi, view }) {
    const image = seenBy(await readPicture(file, dpi), view);
    const startMs = systemClock.monotonicMs();
    const extracted = extraction(image);
    const extractMs = systemClock.monotonicMs() - startMs;
    return { template: extracted.template, quality: qualityOf(extracted), extractMs };
  },
  async record({ file }) {
    const reading = readRecord(await readFile(file));
    if (!reading.ok) throw new InputError(`${file}: ${reading.detail} (${reading.why})`);
    const [view] = reading.views;
    if (!view) throw new InputError(`${file}: no finger in it`);
    return { template: view.template };
  },
  async candidates({ templates }) {
    kept = templates;
    return null;
  },
  async match({ probe, candidates }) {
    const startMs = systemClock.monotonicMs();
    const index = indexProbe(probe);
    const indexedMs = systemClock.monotonicMs();
    const scores = candidates.map((number) => {
      const candidate = kept[number];
      return candidate ? matcher.scoreOf(index, candidate) : Number.NaN;
    });
    return { scores, indexMs: indexedMs - startMs, matchMs: systemClock.monotonicMs() - indexedMs };
  },
  finger: writeFinger,
  async enrol({ person, finger, number }) {
    return { record: referenceOf(fingerOfPerson(person, finger), person, number) };
  },
};
