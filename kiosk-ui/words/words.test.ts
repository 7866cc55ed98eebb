import { describe, expect, test } from 'vitest';
import { wordsIn } from './words.ts';

const forbidden = {
  id: /\b(sesi|verifikasi|autentikasi|error|invalid|ditolak|timeout|server|gagal|blanko|kamu|anda)\b/,
  en: /\b(session|verif\w+|authentic\w+|error|invalid|rejected|denied|timeout|server|fail\w*|inconvenience)\b/i,
};

/** Every text of the page; functions are asked with the longest thing they may be given. */
function textsIn(words: unknown): string[] {
  if (typeof words === 'string') return [words];
  if (typeof words === 'function') return [words(2, 10), words(37, 37)].map(String);
  return Object.values(words as object).flatMap(textsIn);
}

describe.each(['id', 'en'] as const)('the words of the page in %s', (lang) => {
  const { problems: _, ...moments } = wordsIn[lang];
  const texts = textsIn(moments);

  test('say one short thing at a time', () => {
    const sentences = texts.flatMap((text) => text.split(/(?<=[.?!])\s/));
    expect(sentences.filter((sentence) => sentence.split(/\s+/).length > 12)).toEqual([]);
  });

  test('use no word of machines and blame nobody', () => {
    expect(texts.filter((text) => forbidden[lang].test(text))).toEqual([]);
  });

  test('say on every screen that the card is free', () => {
    expect(wordsIn[lang].frame.free).toMatch(
      lang === 'id' ? /^KTP gratis\. Jangan bayar siapa pun\./ : /free.*Pay nobody/,
    );
  });
});
