import type { FaceRenderer } from './face-renderer.ts';
import type { FontPlace } from './fonts.ts';

/** A renderer whose code is loaded with the first face: an idle kiosk does without 20 MB of image work. */
export function lazyRenderer(place: FontPlace): FaceRenderer {
  let opened: Promise<FaceRenderer> | undefined;
  return {
    async render(fields, step) {
      opened ??= import('./open-face-renderer.ts').then(({ openFaceRenderer }) => openFaceRenderer(place));
      return (await opened).render(fields, step);
    },
  };
}
