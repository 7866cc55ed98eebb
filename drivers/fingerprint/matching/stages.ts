import type { Blocks } from './blocks.ts';
import type { Bits, Plane } from './grid.ts';
import type { Histograms } from './histograms.ts';
import type { Minutia } from './minutiae.ts';
import type { Vectors } from './orientation.ts';
import type { Skeleton } from './skeleton.ts';

/** The stages of an extraction by what they hand on. Names are those of SourceAFIS. */
interface StageValues {
  /** At 500 dpi, 0 (platen) to 1 (ridge). */
  'scaled-image': Plane;
  blocks: Blocks;
  histogram: Histograms;
  /** One cell a corner of the blocks. */
  'smoothed-histogram': Histograms;
  contrast: Plane;
  /** One cell a block; in these three, set means bad. */
  'absolute-contrast-mask': Bits;
  'relative-contrast-mask': Bits;
  'combined-mask': Bits;
  /** One cell a block; set means good. */
  'filtered-mask': Bits;
  /** -1 to 1. */
  'equalized-image': Plane;
  /** Vectors of doubled angle, one a pixel and one a block. */
  'pixelwise-orientation': Vectors;
  'block-orientation': Vectors;
  'smoothed-orientation': Vectors;
  /** Doubled angle, one a block. */
  'block-angles': Plane;
  'parallel-smoothing': Plane;
  'orthogonal-smoothing': Plane;
  'binarized-image': Bits;
  'pixel-mask': Bits;
  'filtered-binary-image': Bits;
  'inner-mask': Bits;
  'skeleton-minutiae': readonly Minutia[];
  'inner-minutiae': readonly Minutia[];
  'removed-minutia-clouds': readonly Minutia[];
  'top-minutiae': readonly Minutia[];
  'shuffled-minutiae': readonly Minutia[];
}

/** What both skeletons, that of the ridges and that of the valleys between them, go through. */
interface SkeletonValues {
  'binarized-skeleton': Bits;
  'thinned-skeleton': Bits;
  /** From here on one skeleton that changes: look at it, or copy what is wanted of it, before returning. */
  'traced-skeleton': Skeleton;
  'removed-dots': Skeleton;
  'removed-pores': Skeleton;
  'removed-gaps': Skeleton;
  'removed-tails': Skeleton;
  'removed-fragments': Skeleton;
}

export type SkeletonOf = 'ridges' | 'valleys';

export type Stage =
  | { [Name in keyof StageValues]: { name: Name; value: StageValues[Name] } }[keyof StageValues]
  | {
      [Name in keyof SkeletonValues]: { name: Name; of: SkeletonOf; value: SkeletonValues[Name] };
    }[keyof SkeletonValues];

/** Is handed every stage as it is done. */
export type Watch = (stage: Stage) => void;
