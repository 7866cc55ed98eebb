/** A face as it lies before a reader: landscape, 300 dpi (card-printer.md 1.3). */
export const FACE_WIDTH_PX = 1016;
export const FACE_HEIGHT_PX = 648;

/** The head prints one column of the face at a time, from its left edge to its right. */
export const LINES = FACE_WIDTH_PX;
export const DOTS_PER_LINE = FACE_HEIGHT_PX;
/** Groups of eight dots: one byte of a mono line, seven bytes of a colour line at 128 levels. */
export const GROUPS_PER_LINE = DOTS_PER_LINE / 8;
export const MONO_LINE_BYTES = GROUPS_PER_LINE;
export const COLOUR_LINE_BYTES = GROUPS_PER_LINE * 7;
export const COLOUR_PANEL_BYTES = LINES * COLOUR_LINE_BYTES;
