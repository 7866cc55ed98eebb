import type { GreyImage } from '../grey-image.ts';
import { binarise, cleaned, pixelMaskOf, valleysOf } from './binarise.ts';
import { type Blocks, blocksOf } from './blocks.ts';
import { clippedContrast } from './contrast.ts';
import { equalise } from './equalise.ts';
import { type Bits, type Plane, union } from './grid.ts';
import { histogramsOf, levelsOf, smoothedHistograms } from './histograms.ts';
import { innerMask } from './inner-mask.ts';
import { absoluteMask, filteredMask, relativeMask } from './mask.ts';
import { collected, inner, loneliest, type Minutia, withoutClouds } from './minutiae.ts';
import { anglesOf, blockOrientation, emptyVectors, smoothedOrientation } from './orientation.ts';
import { scaledImage } from './scale.ts';
import type { Skeleton } from './skeleton.ts';
import { removeDots, removeFragments, removePores, removeTails } from './skeleton-filters.ts';
import { removeGaps } from './skeleton-gaps.ts';
import { smoothAcross, smoothAlong } from './smooth.ts';
import type { SkeletonOf, Watch } from './stages.ts';
import { type Template, templateOf } from './template.ts';
import { thinned } from './thin.ts';
import { traced } from './trace.ts';

/** A template, and what its quality is judged by. */
export interface Extraction {
  template: Template;
  blocks: Blocks;
  /** One cell a block: where there is a finger. */
  good: Bits;
  /** One cell a block. */
  contrast: Plane;
  /** At 500 dpi, 0 (platen) to 1 (ridge). */
  scaled: Plane;
}

/**
 * The minutiae of a picture, by the published description of SourceAFIS. Without a finger the template is empty; a picture that is
 * none (wrong size, no resolution) throws a RangeError.
 */
export function extract(image: GreyImage, watch?: Watch): Template {
  return extraction(image, watch).template;
}

export function extraction(image: GreyImage, watch?: Watch): Extraction {
  const scaled = scaledImage(image);
  watch?.({ name: 'scaled-image', value: scaled });
  const ground = findFinger(scaled, watch);
  const { ridges, pixelMask } = findRidges(ground, watch);
  const minutiae = findMinutiae(ridges, pixelMask, watch);
  const template = templateOf(scaled.width, scaled.height, minutiae);
  watch?.({ name: 'shuffled-minutiae', value: template.minutiae });
  return { template, scaled, ...ground };
}

interface Ground {
  blocks: Blocks;
  contrast: Plane;
  good: Bits;
  equalised: Plane;
}

function findFinger(scaled: Plane, watch: Watch | undefined): Ground {
  const blocks = blocksOf(scaled.width, scaled.height);
  watch?.({ name: 'blocks', value: blocks });
  const levels = levelsOf(scaled);
  const histograms = histogramsOf(levels, blocks);
  watch?.({ name: 'histogram', value: histograms });
  const corners = smoothedHistograms(histograms);
  watch?.({ name: 'smoothed-histogram', value: corners });
  const contrast = clippedContrast(histograms);
  watch?.({ name: 'contrast', value: contrast });
  const good = findGood(contrast, scaled.cells.length, watch);
  const equalised = equalise(levels, blocks, corners, good);
  watch?.({ name: 'equalized-image', value: equalised });
  return { blocks, contrast, good, equalised };
}

function findGood(contrast: Plane, pixels: number, watch: Watch | undefined): Bits {
  const absolute = absoluteMask(contrast);
  watch?.({ name: 'absolute-contrast-mask', value: absolute });
  const relative = relativeMask(contrast, pixels);
  watch?.({ name: 'relative-contrast-mask', value: relative });
  const bad = union(absolute, relative);
  watch?.({ name: 'combined-mask', value: bad });
  const good = filteredMask(bad);
  watch?.({ name: 'filtered-mask', value: good });
  return good;
}

function findAngles({ equalised, blocks, good }: Ground, watch: Watch | undefined): Plane {
  const pixels = watch && emptyVectors(equalised.width, equalised.height);
  const vectors = blockOrientation(equalised, blocks, good, pixels);
  if (pixels) watch?.({ name: 'pixelwise-orientation', value: pixels });
  watch?.({ name: 'block-orientation', value: vectors });
  const smoothed = smoothedOrientation(vectors, good);
  watch?.({ name: 'smoothed-orientation', value: smoothed });
  const angles = anglesOf(smoothed);
  watch?.({ name: 'block-angles', value: angles });
  return angles;
}

function findRidges(ground: Ground, watch: Watch | undefined): { ridges: Bits; pixelMask: Bits } {
  const { equalised, blocks, good } = ground;
  const angles = findAngles(ground, watch);
  const along = smoothAlong(equalised, angles, blocks, good);
  watch?.({ name: 'parallel-smoothing', value: along });
  const across = smoothAcross(along, angles, blocks, good);
  watch?.({ name: 'orthogonal-smoothing', value: across });
  const pixelMask = pixelMaskOf(good, blocks, equalised.width, equalised.height);
  const binary = binarise(along, across, pixelMask);
  watch?.({ name: 'binarized-image', value: binary });
  watch?.({ name: 'pixel-mask', value: pixelMask });
  const ridges = cleaned(binary, pixelMask);
  watch?.({ name: 'filtered-binary-image', value: ridges });
  return { ridges, pixelMask };
}

function findMinutiae(ridges: Bits, pixelMask: Bits, watch: Watch | undefined): Minutia[] {
  const mask = innerMask(pixelMask);
  watch?.({ name: 'inner-mask', value: mask });
  const lines = skeletonOf(ridges, 'ridges', watch);
  const between = skeletonOf(valleysOf(ridges, pixelMask), 'valleys', watch);
  const all = collected(lines, between);
  watch?.({ name: 'skeleton-minutiae', value: all });
  const inside = inner(all, mask);
  watch?.({ name: 'inner-minutiae', value: inside });
  const clear = withoutClouds(inside);
  watch?.({ name: 'removed-minutia-clouds', value: clear });
  const best = loneliest(clear);
  watch?.({ name: 'top-minutiae', value: best });
  return best;
}

const filters = [
  { name: 'removed-dots', apply: removeDots },
  { name: 'removed-pores', apply: removePores },
  { name: 'removed-gaps', apply: removeGaps },
  { name: 'removed-tails', apply: removeTails },
  { name: 'removed-fragments', apply: removeFragments },
] as const;

function skeletonOf(bits: Bits, of: SkeletonOf, watch: Watch | undefined): Skeleton {
  watch?.({ name: 'binarized-skeleton', of, value: bits });
  const thin = thinned(bits);
  watch?.({ name: 'thinned-skeleton', of, value: thin });
  const skeleton = traced(thin);
  watch?.({ name: 'traced-skeleton', of, value: skeleton });
  for (const { name, apply } of filters) {
    apply(skeleton);
    watch?.({ name, of, value: skeleton });
  }
  return skeleton;
}
