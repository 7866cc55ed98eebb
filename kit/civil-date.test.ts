import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, addYears, dayAt, daysBetween, isDay, localTime, minuteOfDay, onCard, weekday } from './civil-date.ts';

/** Any moment from 1970 to 2199. */
const moments = fc.integer({ min: 0, max: Date.UTC(2199, 11, 30) });
/** What the system's own calendar says of a moment in western Indonesia. */
const inJakarta = (wallMs: number) => new Date(wallMs + 7 * 3_600_000).toISOString();

describe('days, as the calendar has them', () => {
  test('every moment is on the day and at the minute that a clock in Palembang shows', () => {
    fc.assert(
      fc.property(moments, (wallMs) => {
        expect(dayAt(wallMs)).toBe(inJakarta(wallMs).slice(0, 10));
        expect(localTime(wallMs)).toBe(inJakarta(wallMs).slice(0, 16));
        expect(isDay(dayAt(wallMs))).toBe(true);
        expect(weekday(dayAt(wallMs))).toBe(new Date(wallMs + 7 * 3_600_000).getUTCDay());
      }),
    );
  });

  test('adding days and counting them are one thing', () => {
    fc.assert(
      fc.property(moments, fc.integer({ min: -40_000, max: 40_000 }), (wallMs, days) => {
        const day = dayAt(wallMs);
        expect(daysBetween(day, addDays(day, days))).toBe(days);
      }),
    );
  });

  test('midnight in Palembang is 17:00 UTC of the day before', () => {
    expect([dayAt(Date.UTC(2026, 10, 22, 16, 59)), dayAt(Date.UTC(2026, 10, 22, 17, 0))]).toEqual([
      '2026-11-22',
      '2026-11-23',
    ]);
    expect(minuteOfDay(Date.UTC(2026, 10, 22, 17, 5))).toBe(5);
  });

  test.each([
    ['2008-02-29', 17, '2025-03-01'],
    ['2008-02-29', 4, '2012-02-29'],
    ['2009-11-23', 17, '2026-11-23'],
  ])('who was born on %s turns %i on %s', (born, years, day) => {
    expect(addYears(born, years)).toBe(day);
  });

  test.each([
    '2026-02-29',
    '1900-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-04-31',
    '26-04-30',
    '2026-4-30',
    '1899-12-31',
    '',
  ])('%s is no day', (text) => {
    expect(isDay(text)).toBe(false);
  });

  test('2000 was a leap year, and cards write days from the left', () => {
    expect(isDay('2000-02-29')).toBe(true);
    expect(onCard('2008-03-14')).toBe('14-03-2008');
  });
});
