import type { CitizenBook } from '#contract/problems/citizen.fill.ts';
import type { Language } from '#contract/screen/screen-state.ts';
import { en } from './en.ts';
import { id } from './id.ts';

/** What every language must have: the moments of the Indonesian words, and the words of the problem table. */
export type Words = Omit<typeof id, 'problems'> & { problems: CitizenBook };

export const wordsIn: Record<Language, Words> = { id, en };
