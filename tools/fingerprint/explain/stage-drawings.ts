import type { Bits, Plane } from '#drivers/fingerprint/matching/grid.ts';
import type { Stage } from '#drivers/fingerprint/matching/stages.ts';
import * as draw from './drawings.ts';
import { bitmap, inked, inkedByRange } from './raster.ts';

/** What earlier stages left that later pictures are drawn on. */
export interface Ground {
  finger: Plane;
  good: Bits;
}

/** Draws every stage of an extraction as it comes; a skeleton changes afterwards, so nothing may wait. */
export function drawStage(stage: Stage, { finger, good }: Ground): draw.Drawing {
  switch (stage.name) {
    case 'scaled-image':
      return draw.plain(inked(stage.value, 0, 1));
    case 'blocks':
      return draw.grid(finger, stage.value);
    case 'histogram':
    case 'smoothed-histogram':
      return draw.charts(finger, stage.value);
    case 'contrast':
      return draw.perBlock(finger, stage.value);
    case 'absolute-contrast-mask':
    case 'relative-contrast-mask':
    case 'combined-mask':
      return draw.badBlocks(finger, stage.value);
    case 'filtered-mask':
      return draw.goodBlocks(finger, stage.value);
    case 'equalized-image':
    case 'parallel-smoothing':
    case 'orthogonal-smoothing':
      return draw.plain(inkedByRange(stage.value));
    case 'pixelwise-orientation':
      return draw.colouredDirections(stage.value);
    case 'block-orientation':
    case 'smoothed-orientation':
      return draw.strokes(finger, stage.value);
    case 'block-angles':
      return draw.strokesBy(finger, stage.value, (block) => good.cells[block] ?? 0);
    case 'pixel-mask':
    case 'inner-mask':
      return draw.goodPixels(finger, stage.value);
    case 'binarized-image':
    case 'filtered-binary-image':
    case 'binarized-skeleton':
    case 'thinned-skeleton':
      return draw.plain(bitmap(stage.value));
    case 'traced-skeleton':
    case 'removed-dots':
    case 'removed-pores':
    case 'removed-gaps':
    case 'removed-tails':
    case 'removed-fragments':
      return draw.skeletonLines(finger, stage.value, stage.of === 'ridges' ? [20, 20, 20] : [29, 95, 191]);
    case 'skeleton-minutiae':
    case 'inner-minutiae':
    case 'removed-minutia-clouds':
    case 'top-minutiae':
      return draw.minutiaeOn(finger, stage.value);
    case 'shuffled-minutiae':
      return draw.minutiaeOn(finger, stage.value, true);
    default:
      return stage satisfies never;
  }
}
