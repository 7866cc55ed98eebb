import type { Impression } from './data-sets.ts';

/** Numbers of two impressions in their set. */
export interface Comparison {
  probe: number;
  candidate: number;
}

export interface Comparisons {
  genuine: Comparison[];
  impostor: Comparison[];
}

type Named = Pick<Impression, 'finger'>;

/**
 * Every pair of impressions once, the earlier one as the probe: of one finger, genuine; of two, impostor. Ten fingers of eight
 * impressions are 280 and 2,880. Two fingers of different sets are never compared: other scanners took them.
 */
export function everyPair(impressions: readonly Named[]): Comparisons {
  return split(impressions, (probe, candidate) => probe < candidate);
}

/** Every impression as the probe against every other: what a simulation of many tries draws from. */
export function everyOrderedPair(impressions: readonly Named[]): Comparisons {
  return split(impressions, (probe, candidate) => probe !== candidate);
}

function split(impressions: readonly Named[], isWanted: (probe: number, candidate: number) => boolean): Comparisons {
  const found: Comparisons = { genuine: [], impostor: [] };
  for (const [probe, one] of impressions.entries()) {
    for (const [candidate, other] of impressions.entries()) {
      if (!isWanted(probe, candidate)) continue;
      const kind = one.finger === other.finger ? 'genuine' : 'impostor';
      found[kind].push({ probe, candidate });
    }
  }
  return found;
}
