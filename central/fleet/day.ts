import { minuteOfDay } from '#kit/civil-date.ts';

const MS_PER_DAY = 86_400_000;

/** The day in western Indonesia that holds a moment: from its midnight to the next, in ms since 1970 UTC. */
export function dayAround(wallMs: number): { fromMs: number; toMs: number } {
  const fromMs = wallMs - minuteOfDay(wallMs) * 60_000 - (wallMs % 60_000);
  return { fromMs, toMs: fromMs + MS_PER_DAY };
}
