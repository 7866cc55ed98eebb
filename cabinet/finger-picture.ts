import type { GreyImage } from '#drivers/fingerprint/grey-image.ts';
import type { Platen } from '#drivers/fingerprint/zfm/simulator/platen.ts';
import type { OpenWorld } from './world/open-world.ts';
import type { PlacedFinger } from './world/plain.ts';

/**
 * Draws what the glass sees of a finger: always the same for the same placement, never the same for another one. A cabinet
 * that is given none has a bare glass and no scanner in its cabinet file. Where drawing takes a while, the finger comes down
 * when it is drawn.
 */
export type FingerPicture = (placed: PlacedFinger) => GreyImage | Promise<GreyImage>;

interface Drawn {
  placement: number;
  image: GreyImage | null;
}

/** The slice of the world that a scanner touches. The world knows whose finger lies there; the picture is drawn when it is looked at. */
export function platenOf(
  world: Pick<OpenWorld, 'now'>,
  draw: FingerPicture | undefined,
  trouble: (error: unknown) => void = () => undefined,
): Platen {
  let drawn: Drawn | null = null;
  return {
    get finger() {
      const { finger } = world.now.platen;
      if (!finger || !draw) return null;
      if (drawn?.placement !== finger.placement) drawn = begun(finger, draw, trouble);
      return drawn.image;
    },
  };
}

function begun(finger: PlacedFinger, draw: FingerPicture, trouble: (error: unknown) => void): Drawn {
  const picture = draw(finger);
  const drawn: Drawn = { placement: finger.placement, image: picture instanceof Promise ? null : picture };
  if (picture instanceof Promise)
    picture.then((image) => {
      drawn.image = image;
    }, trouble);
  return drawn;
}
