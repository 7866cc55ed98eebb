import { Pairing } from './pairing.ts';
import type { ProbeIndex } from './probe-index.ts';
import { Roots } from './roots.ts';
import { judge, rawScore, type ScoreTerms, shapedScore } from './score.ts';
import type { Template } from './template.ts';

/** How a score came about: for tests, and for people who want to see it. */
export interface Match {
  score: number;
  raw: number;
  roots: readonly MinutiaPair[];
  /** The root that the best pairing grew from; -1 where there was none. */
  bestRoot: number;
  /** Of the best pairing, root first; a parent is the pair it was reached from. */
  pairs: readonly (MinutiaPair & { parent: MinutiaPair | null; support: number })[];
  terms: ScoreTerms;
}
/** Numbers of minutiae in their templates. */
export interface MinutiaPair {
  probe: number;
  candidate: number;
}

/** Compares templates. Keeps its buffers from one comparison to the next, so one of it does one comparison at a time. */
export class Matcher {
  readonly #roots = new Roots();
  readonly #pairing = new Pairing();
  readonly #terms = noTerms();
  #bestScore = 0;

  /** 0 for two fingers, 40 and more for one (see `shapedScore`). Not symmetric: probe and candidate are not the same role. */
  scoreOf(probe: ProbeIndex, candidate: Template): number {
    this.#best(probe, candidate);
    return this.#bestScore;
  }

  /** The root of the best pairing, the first of equal ones; -1 where there is none. Leaves its score behind. */
  #best(probe: ProbeIndex, candidate: Template): number {
    this.#roots.find(probe, candidate.minutiae);
    this.#pairing.prepare(probe.template, candidate);
    let best = -1;
    this.#bestScore = 0;
    for (let root = 0; root < this.#roots.count; root += 1) {
      const score = shapedScore(this.#rawFrom(root, probe.template, candidate));
      if (best >= 0 && score <= this.#bestScore) continue;
      best = root;
      this.#bestScore = score;
    }
    return best;
  }

  #rawFrom(root: number, probe: Template, candidate: Template): number {
    this.#pairing.grow(probe, candidate, this.#roots.probe[root] ?? 0, this.#roots.candidate[root] ?? 0);
    judge(this.#pairing, probe, candidate, this.#terms);
    return rawScore(this.#terms);
  }

  explain(probe: ProbeIndex, candidate: Template): Match {
    const bestRoot = this.#best(probe, candidate);
    const score = this.#bestScore;
    const roots = Array.from({ length: this.#roots.count }, (_, i) => this.#rootAt(i));
    if (bestRoot < 0) return { score, raw: 0, roots, bestRoot, pairs: [], terms: noTerms() };
    const raw = this.#rawFrom(bestRoot, probe.template, candidate);
    const pairs = Array.from({ length: this.#pairing.count }, (_, i) => this.#pairAt(i));
    return { score, raw, roots, bestRoot, pairs, terms: { ...this.#terms } };
  }

  #rootAt(root: number): MinutiaPair {
    return { probe: this.#roots.probe[root] ?? 0, candidate: this.#roots.candidate[root] ?? 0 };
  }

  #pairAt(pair: number) {
    const { parent, support } = this.#pairing;
    const from = parent[pair] ?? -1;
    return { ...this.#minutiaeOf(pair), parent: from < 0 ? null : this.#minutiaeOf(from), support: support[pair] ?? 0 };
  }

  #minutiaeOf(pair: number): MinutiaPair {
    return { probe: this.#pairing.probe[pair] ?? 0, candidate: this.#pairing.candidate[pair] ?? 0 };
  }
}

function noTerms(): ScoreTerms {
  return {
    minutiae: 0,
    fraction: 0,
    supported: 0,
    edges: 0,
    sameType: 0,
    distanceAccuracy: 0,
    angleAccuracy: 0,
  };
}

const matcher = new Matcher();

/** The score of `candidate` being the probe's finger; 40 and more is a match. */
export function scoreOf(probe: ProbeIndex, candidate: Template): number {
  return matcher.scoreOf(probe, candidate);
}
