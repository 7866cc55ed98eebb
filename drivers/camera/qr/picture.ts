/** A picture as grey values, 0 black to 255 white, row by row. */
export interface Picture {
  widthPx: number;
  heightPx: number;
  grey: Uint8Array;
}

/** More does not read better, and takes a small board too long. */
const WIDEST_PX = 1_280;

/** Opens a JPEG; rejects where it is none or breaks off. The picture library is loaded by the first one. */
export async function toPicture(jpeg: Uint8Array): Promise<Picture> {
  const { default: sharp } = await import('sharp');
  const { data, info } = await sharp(jpeg)
    .resize({ width: WIDEST_PX, withoutEnlargement: true })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { widthPx: info.width, heightPx: info.height, grey: data };
}
