import { fraction, pick, seededRandom } from '#kit/random.ts';
import type { Sex } from '../names.ts';

export const ageBands = ['young', 'adult', 'middle', 'old'] as const;
export type AgeBand = (typeof ageBands)[number];
export type HairStyle = 'side-part' | 'crew' | 'curly' | 'receding' | 'bob' | 'long' | 'tied' | 'hijab';
export type Clothes = 'shirt' | 'batik' | 'koko' | 'blouse';

/** All that a drawn face shows. None of them is anybody's. */
export interface Look {
  sex: Sex;
  band: AgeBand;
  skin: string;
  hair: string;
  hairStyle: HairStyle;
  scarf: string;
  clothes: Clothes;
  cloth: string;
  glasses: 'none' | 'round' | 'square';
  beard: 'none' | 'moustache' | 'goatee';
  /** Proportions, each around 1. */
  faceWidth: number;
  jaw: number;
  eyes: number;
  eyeDistance: number;
  nose: number;
  mouth: number;
  brows: number;
  smile: number;
}

/** How many different faces there are of each sex; a population shares them. */
export const looksPerSex = 48;

const skins = ['#f0c9a4', '#e6b98f', '#d9a679', '#cc9566', '#b98052', '#a56d43', '#8f5a36'];
const darkHair = ['#16120f', '#1d1714', '#261c16', '#2e2119'];
const greyHair = ['#77726c', '#8f8a84', '#a9a5a0', '#c4c1bc'];
const scarves = [
  '#f2efe8',
  '#20252f',
  '#7b2d43',
  '#2f5d62',
  '#c9a78b',
  '#5b4b8a',
  '#b8c4cf',
  '#8a5a44',
  '#3f6b46',
  '#d8a9b0',
];
const cloths = ['#f7f7f4', '#e8edf2', '#2d3e57', '#5a2f35', '#30544a', '#c9b79a', '#6b7a8f', '#463a5e', '#8b3f2f'];

/** The look with this number, the same for ever: band and scarf follow from the number, the rest is drawn by lot. */
export function lookNumber(sex: Sex, number: number): Look {
  const random = seededRandom(`look|${sex}|${number}`);
  const band = ageBands[number % ageBands.length] ?? 'adult';
  const near = (spread: number) => 1 + (fraction(random) * 2 - 1) * spread;
  const woman = sex === 'PEREMPUAN';
  return {
    ...{ sex, band },
    skin: pick(random, skins),
    hair: pick(random, band === 'old' ? greyHair : darkHair),
    hairStyle: woman ? womansHair(number, fraction(random)) : mansHair(band, fraction(random)),
    scarf: pick(random, scarves),
    clothes: pick(random, woman ? ['blouse', 'blouse', 'batik', 'shirt'] : ['shirt', 'batik', 'koko', 'shirt']),
    cloth: pick(random, cloths),
    glasses: fraction(random) < (band === 'young' ? 0.15 : 0.32) ? pick(random, ['round', 'square']) : 'none',
    beard: woman || band === 'young' ? 'none' : pick(random, ['none', 'none', 'moustache', 'goatee']),
    faceWidth: near(0.07),
    jaw: near(0.14) * (woman ? 0.92 : 1.04),
    eyes: near(0.1) * (woman ? 1.06 : 1),
    eyeDistance: near(0.06),
    nose: near(0.14),
    mouth: near(0.12),
    brows: near(0.2) * (woman ? 0.75 : 1.15),
    smile: fraction(random),
  };
}

/** Half of the women's numbers wear a scarf, in every band. */
export const wearsScarf = (number: number) => number % 8 < 4;

function womansHair(number: number, chance: number): HairStyle {
  if (wearsScarf(number)) return 'hijab';
  return chance < 0.35 ? 'bob' : chance < 0.7 ? 'long' : 'tied';
}

function mansHair(band: AgeBand, chance: number): HairStyle {
  if ((band === 'old' || band === 'middle') && chance < 0.35) return 'receding';
  return chance < 0.6 ? 'side-part' : chance < 0.85 ? 'crew' : 'curly';
}

export function bandOfAge(age: number): AgeBand {
  return age < 25 ? 'young' : age < 40 ? 'adult' : age < 58 ? 'middle' : 'old';
}
