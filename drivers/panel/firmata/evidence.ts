import type { PanelSensors } from '../panel.ts';
import { type SensorName, sensorNames } from './pin-map.ts';

/** A sensor without news for longer is unknown. (promises.md, rule 9) */
export const TOO_OLD_MS = 2_000;
/** Mains that fails for less is a brown-out, not a power cut. (Sheet D.4) */
export const MAINS_DEBOUNCE_MS = 400;

interface Report {
  high: boolean;
  atMs: number;
  /** Since when without a break this level has been reported, and what was believed before. */
  sinceMs: number;
  before: boolean | 'unknown';
}

/** The last word of each sensor with its age. Time comes in with every call: nothing in here waits. */
export class Evidence {
  readonly #reports = new Map<SensorName, Report>();
  #exitEmptied = 0;

  report(name: SensorName, high: boolean, nowMs: number): void {
    const last = this.#reports.get(name);
    if (name === 'cardAtExit' && last?.high && !high) this.#exitEmptied += 1;
    const before = this.#level(name, nowMs);
    const lasts = last?.high === high && before !== 'unknown';
    const { sinceMs, before: earlier } = lasts ? last : { sinceMs: nowMs, before };
    this.#reports.set(name, { high, atMs: nowMs, sinceMs, before: earlier });
  }

  /** Everything known is of another link or another life. */
  forget(): void {
    this.#reports.clear();
  }

  levels(nowMs: number): PanelSensors {
    const of = (name: SensorName) => this.#level(name, nowMs);
    const [cardAtExit, shutterClosed] = [of('cardAtExit'), of('shutterClosed')];
    const exitEmptied = this.#exitEmptied;
    return { cardAtExit, exitEmptied, shutterClosed, doorClosed: of('doorClosed'), mainsPresent: of('mainsPresent') };
  }

  /** When the levels may next change without a report: something grows too old, or the mains stayed away long enough. */
  nextChangeAtMs(nowMs: number): number {
    const ages = sensorNames.flatMap((name) => this.#reports.get(name)?.atMs ?? []).map((at) => at + TOO_OLD_MS + 1);
    const mains = (this.#reports.get('mainsPresent')?.sinceMs ?? 0) + MAINS_DEBOUNCE_MS;
    return Math.min(nowMs + TOO_OLD_MS, ...[...ages, mains].filter((atMs) => atMs > nowMs));
  }

  #level(name: SensorName, nowMs: number): boolean | 'unknown' {
    const report = this.#reports.get(name);
    if (!report || nowMs - report.atMs > TOO_OLD_MS) return 'unknown';
    const debouncing = name === 'mainsPresent' && !report.high && nowMs - report.sinceMs < MAINS_DEBOUNCE_MS;
    return debouncing && report.before === true ? true : report.high;
  }
}
