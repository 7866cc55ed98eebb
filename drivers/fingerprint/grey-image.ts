/** A picture of a finger: 8 bits a pixel, row by row from the top left. 0 is black (a ridge), 255 is white (the platen). */
export interface GreyImage {
  widthPx: number;
  heightPx: number;
  /** True dots per inch, the same both ways: by the calibration of the scanner's model, not by its brochure. */
  dpi: number;
  /** `widthPx * heightPx` bytes. */
  pixels: Uint8Array;
}
