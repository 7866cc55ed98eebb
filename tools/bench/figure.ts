import type { Clock } from '#kit/clock.ts';
import type { Random } from '#kit/random.ts';
import type { AimName } from './aims.ts';

/** One measured number; `aim` names what it is held against, null where it only explains. */
export interface Measure {
  aim: AimName | null;
  what: string;
  value: number;
  unit: string;
  /** How many runs the number stands for. */
  runs: number;
}

/** Where a number comes from: first column words, the others numbers or words. */
export interface Detail {
  title: string;
  columns: string[];
  rows: (string | number)[][];
}

export interface Findings {
  measures: Measure[];
  details: Detail[];
  /** What a reader must know to read these numbers honestly. */
  notes: string[];
}

/** What every figure is measured with. */
export interface Ground {
  clock: Clock;
  random: Random;
  /** An empty folder of this figure's own, on the disk whose speed counts. */
  folder: string;
  /** Says to the person who waits what is being done now. */
  progress: (line: string) => void;
}

export interface Figure {
  title: string;
  measure: (ground: Ground) => Promise<Findings>;
}
