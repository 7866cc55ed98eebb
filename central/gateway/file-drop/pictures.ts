/** Just enough of two picture formats to tell a picture from a broken file; nothing is decoded here. */

/** Larger ones would not fit, twice base64, into one sealed record of 128 kB. */
export const maxPhotoBytes = 48 * 1024;
export const maxSignatureBytes = 16 * 1024;

const PNG_START = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const PNG_END = Uint8Array.of(0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82); // IEND and its checksum

export type Size = { widthPx: number; heightPx: number };

/**
 * The size that a JPEG file declares (ITU-T T.81, B.1 and B.2), or null where it does not begin with SOI, has no frame
 * header before its scan, or does not end with EOI: a copy that was cut short.
 */
export function jpegSize(bytes: Uint8Array): Size | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 4 || view.getUint16(0) !== 0xffd8 || view.getUint16(bytes.length - 2) !== 0xffd9) return null;
  for (let at = 2; at + 9 <= bytes.length; ) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (isFrameHeader(marker)) return { heightPx: view.getUint16(at + 5), widthPx: view.getUint16(at + 7) };
    if (marker === 0xda) return null; // the scan has begun
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2); // 0xff may be repeated before a marker
  }
  return null;
}

/** SOF0 to SOF15, without DHT, JPG and DAC, which share the range. */
function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** Whether a file begins and ends as a PNG does. */
export function isWholePng(bytes: Uint8Array): boolean {
  const end = bytes.subarray(-PNG_END.length);
  const same = (a: Uint8Array, b: Uint8Array) => a.length === b.length && a.every((byte, at) => byte === b[at]);
  return same(bytes.subarray(0, PNG_START.length), PNG_START) && same(end, PNG_END);
}
