import { describe, expect, test } from 'vitest';
import * as en from './citizen.en.ts';
import {
  type CitizenBook,
  type CitizenWords,
  effectLines,
  momentInWords,
  namesIn,
  personalPlaceholders,
  placeholders,
  type Sentences,
  shown,
  spoken,
} from './citizen.fill.ts';
import * as id from './citizen.id.ts';
import { type ProblemCode, problemRow, problems } from './codes.ts';
import { technicianWords as technicianEn } from './technician.en.ts';
import { technicianWords as technicianId } from './technician.id.ts';

const books = { id, en } satisfies Record<'id' | 'en', CitizenBook>;
const codes = Object.keys(problems) as ProblemCode[];
const longest = {
  since: '2026-10-03',
  from: '2027-03-14',
  until: '2026-11-23T08:00',
  place: 'Kecamatan Ilir Timur',
  box: '12',
  office: 'Disdukcapil Palembang',
  left: 2,
  missing: 1,
};
const forbidden = {
  id: /\b(sesi|verifikasi|autentikasi|error|invalid|ditolak|timeout|server|gagal|blanko|kamu|ketidaknyamanan\w*|hubungi petugas)\b/i,
  en: /\b(session|verif\w+|authentic\w+|error|invalid|rejected|denied|timeout|server|fail\w*|blanko|inconvenience)\b/i,
};
const spelledNumbers = {
  id: /\b(dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh)\b/i,
  en: /\b(two|three|four|five|six|seven|eight|nine|ten|twice)\b/i,
};

const asList = (text: Sentences | undefined) =>
  text === undefined ? [] : typeof text === 'string' ? [text] : [...text];
const textsOf = (words: CitizenWords) =>
  [words.show, words.more, words.yours, words.now, words.officer, words.say].flatMap(asList);
const allTexts = (book: CitizenBook) => [
  ...Object.values(book.citizenWords).flatMap(textsOf),
  ...Object.values(book.reassurance),
  ...Object.values(book.nextSteps).flatMap(asList),
];
const sentences = (text: string) => text.split(/(?<=[.?!])\s/);

describe.each(['id', 'en'] as const)('the words of the citizen in %s', (lang) => {
  const book: CitizenBook = books[lang];

  test('no sentence is longer than 12 words, even with the longest dates and places', () => {
    const filled = allTexts(book).map((text) => shown(text, longest, lang));
    const tooLong = filled.flatMap(sentences).filter((sentence) => sentence.split(/\s+/).length > 12);
    expect(tooLong).toEqual([]);
  });

  test('no word of machines and no blame is used, and numbers are figures', () => {
    const texts = allTexts(book);
    expect(texts.filter((text) => forbidden[lang].test(text))).toEqual([]);
    expect(texts.filter((text) => spelledNumbers[lang].test(text))).toEqual([]);
  });

  test('every sentence ends, and a sentence of alternatives never ends in one that needs to know something', () => {
    expect(allTexts(book).filter((text) => !/[.?!]$/.test(text))).toEqual([]);
    const open = codes.flatMap((code) => {
      const words = book.citizenWords[code];
      return [words.show, words.more, words.now, words.officer, words.say].map((text) => asList(text).at(-1) ?? '');
    });
    expect(open.filter((text) => namesIn(text).length > 0)).toEqual([]);
  });

  test('only known placeholders are used', () => {
    const used = new Set(allTexts(book).flatMap(namesIn));
    expect([...used].filter((name) => !(placeholders as readonly string[]).includes(name))).toEqual([]);
  });

  test('without an officer every code still tells a next step, and none that needs an officer', () => {
    for (const code of codes) {
      const row = problemRow(code);
      const next = row.next === 'officer' ? 'come-back' : row.next;
      const { now } = effectLines(book, { code, params: {}, right: row.right, next }, lang);
      expect(now, code).not.toMatch(
        lang === 'id' ? /panggil petugas|petugas di sini/i : /call an officer|officer here/i,
      );
      expect(now.length, code).toBeGreaterThan(10);
    }
  });

  test('a private matter has a heading that a whole queue may read', () => {
    const secret =
      lang === 'id' ? /ganda|duplikat|meninggal|mati|tutup|dua kali/i : /duplicate|twice|dead|died|closed/i;
    const headings = codes.filter((code) => problemRow(code).private).map((code) => book.citizenWords[code]);
    expect(headings).toHaveLength(3);
    expect(headings.flatMap(textsOf).filter((text) => secret.test(text))).toEqual([]);
  });

  test('the loudspeaker says nothing personal', () => {
    for (const code of codes) {
      const said = spoken(
        book.citizenWords[code],
        { ...longest, place: 'Plaju', box: '12', since: 'x1', from: 'x2' },
        lang,
      );
      expect(said, code).not.toMatch(/Plaju|12,|x1|x2|\{/);
      expect(
        asList(book.citizenWords[code].say)
          .flatMap(namesIn)
          .filter((name) => personalPlaceholders.includes(name)),
      ).toEqual([]);
    }
  });
});

test('a citizen is addressed as Anda, and the card stock is called blangko', () => {
  const texts = allTexts(id);
  expect(texts.filter((text) => /\b(kau|engkau|saudara)\b|\banda\b/.test(text))).toEqual([]);
  expect(shown(id.citizenWords['kiosk/no-blanko'].show, {}, 'id')).toContain('blangko');
});

test('dates, times and days are written as people say them', () => {
  const since = { since: '2026-10-03' };
  expect(shown(id.citizenWords['record/at-centre'].show, since, 'id')).toBe(
    'Data Anda masih diperiksa di pusat sejak 3 Oktober 2026.',
  );
  expect(shown(id.citizenWords['record/at-centre'].show, {}, 'id')).toBe('Data Anda masih diperiksa di pusat.');
  const until = { until: '2026-11-23T10:40' };
  expect(shown(id.citizenWords['card-printer/cooling'].show, until, 'id')).toBe(
    'Mesin didinginkan dulu. Mulai lagi pukul 10.40 WIB.',
  );
  expect(momentInWords('2026-11-23T08:00', 'id')).toBe('Senin 23 November pukul 08.00 WIB');
  expect(momentInWords('2028-02-29T08:00', 'en')).toBe('Tuesday 29 February at 08:00 WIB');
  expect(momentInWords('soon', 'en')).toBe('soon');
});

test('where an officer is on duty a locked PIN can be opened here, otherwise tomorrow', () => {
  const locked = { code: 'identify/pin-locked', params: {}, right: 'kept' } as const;
  expect(effectLines(id, { ...locked, next: 'officer' }, 'id').now).toMatch(/^Petugas di sini bisa membukanya/);
  expect(effectLines(id, { ...locked, next: 'come-back' }, 'id').now).toBe('Coba lagi besok dengan PIN yang sama.');
});

test('the technician gets a cause and something to do for every code, in both languages, and never the same text for both', () => {
  for (const code of codes) {
    const [local, foreign] = [technicianId[code], technicianEn[code]];
    for (const text of [local.cause, local.do, foreign.cause, foreign.do]) expect(text, code).toMatch(/^\S.{8,}\.$/);
    expect(local.cause, code).not.toBe(foreign.cause);
    expect([local.cause, local.do].join(' '), code).not.toMatch(/\bblanko\b/i);
  }
});
