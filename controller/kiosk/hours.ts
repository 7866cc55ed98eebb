import type { SiteInfo } from '#contract/uplink/enrolment.ts';
import { addDays, dayAt, minuteOfDay, weekday } from '#kit/civil-date.ts';

export type Hours = NonNullable<SiteInfo['hours']>;

const long: Hours[number] = [['08:00', '15:30']];
const friday: Hours[number] = [
  ['08:00', '11:30'],
  ['13:30', '15:30'],
];

/** Monday to Friday, with the Friday prayer; a site's own hours come with its enrolment. */
export const usualHours: Hours = [[], long, long, long, long, friday, []];

/** When officers are there next, strictly after now: `2026-11-23T08:00` in WIB; null where a week has no opening. */
export function nextOpening(hours: Hours, wallMs: number): string | null {
  const today = dayAt(wallMs);
  for (let ahead = 0; ahead <= 7; ahead += 1) {
    const day = addDays(today, ahead);
    const opening = (hours[weekday(day)] ?? []).find(([from]) => ahead > 0 || minutes(from) > minuteOfDay(wallMs));
    if (opening) return `${day}T${opening[0]}`;
  }
  return null;
}

function minutes(text: string): number {
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
}
