/** Days as `YYYY-MM-DD`, the way records and policies write them: no clock time, no zone, so they compare as text. */

const MS_PER_DAY = 86_400_000;
const DAYS_PER_ERA = 146_097; // 400 Gregorian years
const JAKARTA_OFFSET_MS = 7 * 3_600_000; // WIB, no summer time: Palembang and Bengkulu

/** Whether this is a day that exists, between 1900 and 2199. */
export function isDay(text: string): boolean {
  const parts = /^(19|20|21)(\d\d)-(\d\d)-(\d\d)$/.exec(text);
  return parts !== null && dayOf(numberOf(text)) === text;
}

/** The day in western Indonesia at a moment given in milliseconds since 1970 UTC. */
export function dayAt(wallMs: number): string {
  return dayOf(Math.floor((wallMs + JAKARTA_OFFSET_MS) / MS_PER_DAY));
}

export function addDays(day: string, days: number): string {
  return dayOf(numberOf(day) + days);
}

/** The same day in another year; 29 February becomes 1 March, so that nobody turns 17 a day too early. */
export function addYears(day: string, years: number): string {
  const moved = `${String(Number(day.slice(0, 4)) + years).padStart(4, '0')}${day.slice(4)}`;
  return dayOf(numberOf(moved));
}

export function daysBetween(fromDay: string, toDay: string): number {
  return numberOf(toDay) - numberOf(fromDay);
}

/** Minutes since midnight in western Indonesia. */
export function minuteOfDay(wallMs: number): number {
  return Math.floor(((wallMs + JAKARTA_OFFSET_MS) % MS_PER_DAY) / 60_000);
}

/** `2026-11-23T08:05`, in western Indonesia. */
export function localTime(wallMs: number): string {
  const minutes = minuteOfDay(wallMs);
  return `${dayAt(wallMs)}T${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** 0 = Sunday. */
export function weekday(day: string): number {
  return (((numberOf(day) + 4) % 7) + 7) % 7;
}

/** `DD-MM-YYYY`, as it stands on a card. */
export function onCard(day: string): string {
  return day.split('-').reverse().join('-');
}

/** Days since 1970-01-01, counted in 400-year eras that begin on 1 March (the leap day is then the last of its year). */
function numberOf(day: string): number {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const marchYear = month > 2 ? year : year - 1;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + date - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * DAYS_PER_ERA + dayOfEra - 719_468; // 0000-03-01 to 1970-01-01
}

function dayOf(number: number): string {
  const shifted = number + 719_468;
  const era = Math.floor(shifted / DAYS_PER_ERA);
  const dayOfEra = shifted - era * DAYS_PER_ERA;
  const leapDays = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const date = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return [String(year).padStart(4, '0'), ...[month, date].map((part) => String(part).padStart(2, '0'))].join('-');
}
