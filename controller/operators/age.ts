export type Lang = 'id' | 'en';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

const units = {
  id: { day: ['hari', 'hari'], hour: ['jam', 'jam'], minute: ['menit', 'menit'], less: 'kurang dari satu menit' },
  en: { day: ['day', 'days'], hour: ['hour', 'hours'], minute: ['minute', 'minutes'], less: 'less than a minute' },
} as const;

/** How long something has been waiting, in words: at most two units, the smaller one rounded down. */
export function ageInWords(ms: number, lang: Lang): string {
  const words = units[lang];
  const say = (count: number, unit: 'day' | 'hour' | 'minute') => `${count} ${words[unit][count === 1 ? 0 : 1]}`;
  const parts: [number, 'day' | 'hour' | 'minute'][] = [
    [Math.floor(ms / dayMs), 'day'],
    [Math.floor((ms % dayMs) / hourMs), 'hour'],
    [Math.floor((ms % hourMs) / minuteMs), 'minute'],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  if (first < 0) return words.less;
  const said = parts.slice(first, first + 2).filter(([count]) => count > 0);
  return said.map(([count, unit]) => say(count, unit)).join(' ');
}
