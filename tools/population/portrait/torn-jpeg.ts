const START_OF_SCAN = 0xda;
const HUFFMAN_TABLES = 0xc4;

/**
 * The same JPEG as it comes out of a bad transfer: its frame tells the right size and its end is there, but the tables
 * without which nothing can be decoded are gone. A look at the outside finds nothing; only a decoder does.
 */
export function tornJpeg(jpeg: Uint8Array): Uint8Array {
  const view = new DataView(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength);
  const kept: Uint8Array[] = [jpeg.subarray(0, 2)];
  let at = 2;
  while (view.getUint8(at + 1) !== START_OF_SCAN) {
    const end = at + 2 + view.getUint16(at + 2);
    if (view.getUint8(at + 1) !== HUFFMAN_TABLES) kept.push(jpeg.subarray(at, end));
    at = end;
  }
  return Uint8Array.from(Buffer.concat([...kept, jpeg.subarray(at)]));
}
