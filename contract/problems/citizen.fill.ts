import type { Effect, Language, Params } from '../screen/screen-state.ts';
import type { ProblemCode } from './codes.ts';

/** One text, or several from the most telling to the plainest: the first whose placeholders are all known is used. */
export type Sentences = string | readonly string[];

/** What a citizen is told about one code. Every sentence has at most 12 words; private matters have neutral words. */
export interface CitizenWords {
  /** What happened: the heading. */
  show: Sentences;
  /** A second thought under it. */
  more?: Sentences;
  /** What became of card and PIN, where the general reassurance for the row's `right` would not fit. */
  yours?: string;
  /** What to do now, instead of the general words for the row's `next`. Never needs an officer. */
  now?: Sentences;
  /** What to do now while an officer is on duty. */
  officer?: Sentences;
  /** What the loudspeaker says; without it, `show` without personal placeholders. */
  say?: Sentences;
}

/** The words of one language: `citizen.id.ts` or `citizen.en.ts`. */
export interface CitizenBook {
  citizenWords: Record<ProblemCode, CitizenWords>;
  reassurance: Record<Effect['right'], string>;
  nextSteps: Record<Effect['next'], Sentences>;
}

/**
 * What words may ask for. `since`, `from`: a date `YYYY-MM-DD`. `until`: local time `YYYY-MM-DDTHH:MM`, also as
 * `{until:time}` without the day. `place`, `box`, `office`: names. `left`, `missing`: counts.
 */
export const placeholders = [
  'since',
  'from',
  'until',
  'until:time',
  'place',
  'box',
  'office',
  'left',
  'missing',
] as const;

/** These say something about one person; the loudspeaker never says them before a whole hall. */
export const personalPlaceholders: readonly string[] = ['since', 'from', 'place', 'box'];

const months = {
  id: 'Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember'.split(' '),
  en: 'January February March April May June July August September October November December'.split(' '),
};
const days = {
  id: 'Minggu Senin Selasa Rabu Kamis Jumat Sabtu'.split(' '),
  en: 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' '),
};

/** `2027-03-14` as `14 Maret 2027`. What is no date is handed back as it came. */
export function dateInWords(iso: string, lang: Language): string {
  const date = /^(\d{4})-(\d\d)-(\d\d)/.exec(iso);
  return date ? `${Number(date[3])} ${months[lang][Number(date[2]) - 1]} ${date[1]}` : iso;
}

/** `2026-11-23T10:40` as `pukul 10.40 WIB`. What is no local time is handed back as it came. */
export function timeInWords(iso: string, lang: Language): string {
  const time = /T(\d\d):(\d\d)/.exec(iso);
  if (!time) return iso;
  return lang === 'id' ? `pukul ${time[1]}.${time[2]} WIB` : `at ${time[1]}:${time[2]} WIB`;
}

/** `2026-11-23T08:00` as `Senin 23 November pukul 08.00 WIB`. */
export function momentInWords(iso: string, lang: Language): string {
  const date = /^(\d{4})-(\d\d)-(\d\d)T/.exec(iso);
  if (!date) return dateInWords(iso, lang);
  const [year, month, day] = [Number(date[1]), Number(date[2]), Number(date[3])];
  return `${days[lang][weekday(year, month, day)]} ${day} ${months[lang][month - 1]} ${timeInWords(iso, lang)}`;
}

/** 0 = Sunday, in the Gregorian calendar, by Sakamoto's table of month offsets. */
function weekday(year: number, month: number, day: number): number {
  const y = month < 3 ? year - 1 : year;
  const leapDays = Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
  return (y + leapDays + ([0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4][month - 1] ?? 0) + day) % 7;
}

/** The first of the sentences whose placeholders are all known, filled in. */
export function shown(sentences: Sentences, params: Params, lang: Language): string {
  return filled(sentences, params, lang, []);
}

/** The same for the loudspeaker: nothing personal is ever filled in. */
export function spoken(words: CitizenWords, params: Params, lang: Language): string {
  return filled(words.say ?? words.show, params, lang, personalPlaceholders);
}

/** The three lines of every trouble and answer: what happened, what became of your card, what now. */
export function effectLines(book: CitizenBook, effect: Omit<Effect, 'pin'>, lang: Language) {
  const words = book.citizenWords[effect.code];
  const now = (effect.next === 'officer' ? words.officer : words.now) ?? book.nextSteps[effect.next];
  return {
    what: shown(words.show, effect.params, lang),
    more: words.more === undefined ? null : shown(words.more, effect.params, lang),
    yours: words.yours ?? book.reassurance[effect.right],
    now: shown(now, effect.params, lang),
  };
}

function filled(sentences: Sentences, params: Params, lang: Language, silent: readonly string[]): string {
  const texts = typeof sentences === 'string' ? [sentences] : sentences;
  const known = (text: string) => namesIn(text).every((name) => keyOf(name) in params && !silent.includes(name));
  const text = texts.find(known) ?? texts.at(-1) ?? '';
  return text.replace(/\{([a-z:]+)\}/g, (_, name: string) => inWords(name, params[keyOf(name)] ?? '', lang));
}

/** The placeholders of a text, without their braces. */
export function namesIn(text: string): string[] {
  return [...text.matchAll(/\{([a-z:]+)\}/g)].map(([, name]) => name ?? '');
}

const keyOf = (name: string) => name.split(':')[0] ?? name;

function inWords(name: string, value: string | number, lang: Language): string {
  if (typeof value === 'number') return String(value);
  if (name === 'until:time') return timeInWords(value, lang);
  if (name === 'until') return momentInWords(value, lang);
  return name === 'since' || name === 'from' ? dateInWords(value, lang) : value;
}
