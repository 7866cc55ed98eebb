/** What ReadSysPara tells. (Sheet 1.5) */
export interface Settings {
  status: { busy: boolean; matched: boolean; passwordVerified: boolean; imageValid: boolean };
  systemId: number;
  librarySize: number;
  securityLevel: number;
  address: number;
  chunkBytes: number;
  baudRate: number;
}

/** The 16 bytes after the confirmation; undefined where they make no sense, as from an R308. */
export function parseSettings(block: Uint8Array): Settings | undefined {
  if (block.length !== 16) return undefined;
  const view = new DataView(block.buffer, block.byteOffset, block.length);
  const [chunkCode, baudSteps] = [view.getUint16(12), view.getUint16(14)];
  if (chunkCode > 3 || baudSteps < 1 || baudSteps > 12) return undefined;
  return {
    status: statusIn(view.getUint16(0)),
    systemId: view.getUint16(2),
    librarySize: view.getUint16(4),
    securityLevel: view.getUint16(6),
    address: view.getUint32(8),
    chunkBytes: 32 << chunkCode,
    baudRate: 9_600 * baudSteps,
  };
}

const statusIn = (bits: number): Settings['status'] => ({
  busy: (bits & 1) !== 0,
  matched: (bits & 2) !== 0,
  passwordVerified: (bits & 4) !== 0,
  imageValid: (bits & 8) !== 0,
});

/** What ReadProdInfo tells: R503 only, by its manual and one driver. (Sheet 1.3) */
export interface Product {
  model: string;
  batch: string;
  serial: string;
  hardware: string;
  sensor: string;
  widthPx: number;
  heightPx: number;
  templateBytes: number;
  librarySize: number;
}

/** The 46 bytes after the confirmation; undefined where they tell of no picture. */
export function parseProduct(block: Uint8Array): Product | undefined {
  if (block.length !== 46) return undefined;
  const word = (at: number) => new DataView(block.buffer, block.byteOffset).getUint16(at);
  const [widthPx, heightPx] = [word(38), word(40)];
  if (widthPx === 0 || heightPx === 0 || widthPx % 2 !== 0) return undefined;
  return {
    model: textIn(block.subarray(0, 16)),
    batch: textIn(block.subarray(16, 20)),
    serial: textIn(block.subarray(20, 28)),
    hardware: `${block[28]}.${block[29]}`,
    sensor: textIn(block.subarray(30, 38)),
    widthPx,
    heightPx,
    templateBytes: word(42),
    librarySize: word(44),
  };
}

/** ASCII up to the first NUL; other characters are left out, as the text goes into logs. */
function textIn(bytes: Uint8Array): string {
  const [text = ''] = Buffer.from(bytes).toString('latin1').split('\0');
  return text.replaceAll(/[^\x20-\x7e]/g, '').trim();
}
