import type { GreyImage } from '../../grey-image.ts';

/** The slice of the world that a module touches: what lies on its glass. */
export interface Platen {
  /** Null where nobody touches it. */
  readonly finger: GreyImage | null;
}

/** A platen that is told what lies on it. */
export interface OpenPlaten extends Platen {
  present(finger: GreyImage): void;
  lift(): void;
}

export function openPlaten(): OpenPlaten {
  let finger: GreyImage | null = null;
  return {
    get finger() {
      return finger;
    },
    present(image) {
      finger = image;
    },
    lift() {
      finger = null;
    },
  };
}
