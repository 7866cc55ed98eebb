import type { FaceRenderer } from './face-renderer.ts';
import type { FontPlace } from './fonts.ts';

/** A renderer whose code is loaded with the first face: an idle kiosk does without 20 MB of image work. */
export function lazyRenderer(place: FontPlace): FaceRenderer & { warm(): void } {
  let opened: Promise<FaceRenderer & { warm(): void }> | undefined;
  const open = () => {
    opened ??= import('./open-face-renderer.ts').then(({ openFaceRenderer }) => openFaceRenderer(place));
    return opened;
  };
  return {
    /** Somebody has touched the screen: the image work is loaded while they type. */
    warm() {
      open().then(
        (renderer) => renderer.warm(),
        () => undefined, // the first face tells what is wrong
      );
    },
    render: async (fields, step) => (await open()).render(fields, step),
  };
}
