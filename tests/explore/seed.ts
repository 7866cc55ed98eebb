import type { Mark } from './boundaries.ts';

/** One thing that happened at one boundary. Two of them in a row are a pair: the second is counted from the restart on. */
export interface Step extends Mark {
  fault: string;
}

export interface Violation {
  scenario: string;
  steps: readonly Step[];
  faults: string[];
}

export const seedOf = ({ scenario, steps }: Pick<Violation, 'scenario' | 'steps'>): string =>
  [scenario, ...steps.map(({ what, nth, fault }) => `${what}#${nth}: ${fault}`)].join(' > ');

/** Reads what `seedOf` wrote. Throws where it cannot. */
export function stepsIn(seed: string): { scenario: string; steps: Step[] } {
  const [scenario = '', ...parts] = seed.split(' > ');
  const steps = parts.map((part) => {
    const [, what, nth, fault] = /^(.*)#(\d+): (.*)$/.exec(part) ?? [];
    if (!what || !fault) throw new Error(`no step of a seed: ${part}`);
    return { what, nth: Number(nth), fault };
  });
  return { scenario, steps };
}
