import type { GreyImage } from '#drivers/fingerprint/grey-image.ts';
import type { Platen } from '#drivers/fingerprint/zfm/simulator/platen.ts';
import type { OpenWorld } from './world/open-world.ts';
import type { PlacedFinger } from './world/plain.ts';

/**
 * Draws what the glass sees of a finger: always the same for the same placement, never the same for another one. A cabinet
 * that is given none has a bare glass and no scanner in its cabinet file.
 */
export type FingerPicture = (placed: PlacedFinger) => GreyImage;

/** The slice of the world that a scanner touches. The world knows whose finger lies there; the picture is drawn when it is looked at. */
export function platenOf(world: Pick<OpenWorld, 'now'>, draw: FingerPicture | undefined): Platen {
  let drawn: { of: PlacedFinger; image: GreyImage } | null = null;
  return {
    get finger() {
      const { finger } = world.now.platen;
      if (!finger || !draw) return null;
      if (drawn?.of.placement !== finger.placement) drawn = { of: finger, image: draw(finger) };
      return drawn.image;
    },
  };
}
