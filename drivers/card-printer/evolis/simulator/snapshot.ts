import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Panel } from './card-path.ts';
import type { PrinterState } from './state.ts';

type Stream = PrinterState['stream'];
type Download = NonNullable<Stream['download']>;

/** The printer's memory as JSON; bitmaps are deflated base64. */
export type PrinterSnapshot = Omit<PrinterState, 'panels' | 'stream'> & {
  panels: Partial<Record<Panel, string>>;
  stream: Omit<Stream, 'download'> & { download: (Omit<Download, 'data'> & { data: string }) | null };
};

/** Bitmaps are never changed, and a world is saved often: each is packed once. */
const packed = new WeakMap<Uint8Array, string>();

export function snapshotOf(state: PrinterState): PrinterSnapshot {
  const { panels, stream, ...rest } = state;
  const download = stream.download && { ...stream.download, data: pack(stream.download.data) };
  const texts = Object.entries(panels).map(([panel, bitmap]) => [panel, packOnce(bitmap)]);
  return structuredClone({ ...rest, panels: Object.fromEntries(texts), stream: { ...stream, download } });
}

export function stateFrom(snapshot: PrinterSnapshot): PrinterState {
  const { panels, stream, ...rest } = structuredClone(snapshot);
  const download = stream.download && { ...stream.download, data: unpack(stream.download.data) };
  const bitmaps = Object.entries(panels).map(([panel, text]) => [panel, unpackOnce(text)]);
  return { ...rest, panels: Object.fromEntries(bitmaps), stream: { ...stream, download } };
}

function packOnce(bitmap: Uint8Array): string {
  const text = packed.get(bitmap) ?? pack(bitmap);
  packed.set(bitmap, text);
  return text;
}

function unpackOnce(text: string): Uint8Array {
  const bitmap = unpack(text);
  packed.set(bitmap, text);
  return bitmap;
}

function pack(bytes: Uint8Array): string {
  return deflateRawSync(bytes, { level: 1 }).toString('base64');
}

function unpack(text: string): Uint8Array {
  return new Uint8Array(inflateRawSync(Buffer.from(text, 'base64')));
}
