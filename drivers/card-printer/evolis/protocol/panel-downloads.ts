import type { CardFace } from '../../card-printer.ts';
import { type Dye, packColour } from './colour-planes.ts';
import { frameDownload } from './framing.ts';
import { COLOUR_PANEL_BYTES, FACE_HEIGHT_PX, FACE_WIDTH_PX } from './geometry.ts';
import { compressMono, turnMono } from './mono-planes.ts';

export type Panel = Dye | 'k' | 'o';

/** One panel as it goes over the wire, padded to blocks of 64 bytes. */
export interface PanelDownload {
  readonly panel: Panel;
  readonly bytes: Uint8Array;
}

/** A spoiled card is printed once more from the same face. */
const packed = new WeakMap<CardFace, PanelDownload[]>();

/** `downloadsOf` once per face: a face is never changed. */
export function panelDownloads(face: CardFace): readonly PanelDownload[] {
  const downloads = packed.get(face) ?? downloadsOf(face);
  packed.set(face, downloads);
  return downloads;
}

/**
 * The whole card as the printer takes it, in the order of the ribbon: yellow, magenta, cyan raw at 128 levels, black and
 * varnish compressed (card-printer.md 1.4, 1.5). Throws RangeError for a face of another size; nothing was sent then.
 */
export function downloadsOf(face: CardFace): PanelDownload[] {
  assertFits(face);
  return [
    colourPanel('y', face.colour),
    colourPanel('m', face.colour),
    colourPanel('c', face.colour),
    monoPanel('k', face.black),
    monoPanel('o', face.overlay),
  ];
}

function colourPanel(dye: Dye, rgb: Uint8Array): PanelDownload {
  const { frame, data } = frameDownload(`Db;${dye};128;`, COLOUR_PANEL_BYTES);
  packColour(rgb, dye, data);
  return { panel: dye, bytes: frame };
}

function monoPanel(panel: 'k' | 'o', plane: Uint8Array): PanelDownload {
  const compressed = compressMono(turnMono(plane));
  const { frame, data } = frameDownload(`Dbc;${panel};2;${compressed.length};`, compressed.length);
  data.set(compressed);
  return { panel, bytes: frame };
}

function assertFits(face: CardFace): void {
  const pixels = FACE_WIDTH_PX * FACE_HEIGHT_PX;
  const fits =
    face.widthPx === FACE_WIDTH_PX &&
    face.heightPx === FACE_HEIGHT_PX &&
    face.colour.length === pixels * 3 &&
    face.black.length === pixels / 8 &&
    face.overlay.length === pixels / 8;
  if (!fits) throw new RangeError(`a card face is ${FACE_WIDTH_PX} x ${FACE_HEIGHT_PX} pixels in three planes`);
}
