import { levelsOf, panelOf, rawBytes } from './bitmap.ts';

/** One command as heard. `data` is the payload of a download, null for every other command. */
export interface Command {
  name: string;
  params: string[];
  data: Uint8Array | null;
}

/** What the parser remembers between two pieces of the stream; plain data, and never more than one panel of it. */
export interface StreamState {
  framing: { start: number; separator: number; end: number };
  /** The byte before was an end character: the start character may be left out (sheet 1.2). */
  afterEnd: boolean;
  /** The command so far, one character per byte; null between commands. */
  header: string | null;
  /** A download whose bytes are still coming. */
  download: { name: string; params: string[]; data: Uint8Array; filled: number } | null;
}

/** Longer than any command; what is longer is swallowed up to its end and is an unknown command. */
const LONGEST_HEADER = 200;
/** More than a compressed panel can be: one byte per dot of dye. */
const LONGEST_DOWNLOAD = 660_000;

export function openStream(): StreamState {
  return { framing: { start: 27, separator: 59, end: 13 }, afterEnd: false, header: null, download: null };
}

/** Whether a command has begun and not ended. */
export function isHalfway(stream: StreamState): boolean {
  return stream.header !== null || stream.download !== null;
}

/** Forgets a command that has begun; the framing characters stay. */
export function forgetHalf(stream: StreamState): void {
  Object.assign(stream, { header: null, download: null, afterEnd: false });
}

/**
 * Takes the next bytes, cut anywhere, and yields each command as it is complete. A download is complete with its last
 * byte, whatever follows: its length is declared or implied, never searched for, since payloads contain ESC and CR.
 */
export function* hear(stream: StreamState, bytes: Uint8Array): Generator<Command, void, undefined> {
  let at = 0;
  while (at < bytes.length) {
    if (stream.download) at += fill(stream.download, bytes.subarray(at));
    else hearByte(stream, bytes[at++] ?? 0);
    const command = takeComplete(stream);
    if (command) yield command;
  }
}

function fill(download: NonNullable<StreamState['download']>, bytes: Uint8Array): number {
  const piece = bytes.subarray(0, download.data.length - download.filled);
  download.data.set(piece, download.filled);
  download.filled += piece.length;
  return piece.length;
}

function hearByte(stream: StreamState, byte: number): void {
  const { separator, end } = stream.framing;
  if (stream.header === null) {
    hearBetween(stream, byte);
    return;
  }
  stream.afterEnd = byte === end;
  if (byte === end) return;
  if (byte === separator) stream.download = downloadOf(fields(stream));
  if (stream.download) stream.header = null;
  else if (stream.header.length <= LONGEST_HEADER) stream.header += String.fromCharCode(byte);
}

/** Between commands: NULs are padding, anything else that does not begin a command is noise. */
function hearBetween(stream: StreamState, byte: number): void {
  const { start, end } = stream.framing;
  if (byte === start) stream.header = '';
  else if (stream.afterEnd && byte !== 0 && byte !== end) stream.header = String.fromCharCode(byte);
  stream.afterEnd = byte === end;
}

function takeComplete(stream: StreamState): Command | null {
  const { download } = stream;
  if (download) {
    if (download.filled < download.data.length) return null;
    stream.download = null;
    return { name: download.name, params: download.params, data: download.data };
  }
  if (stream.header === null || !stream.afterEnd) return null;
  const [name = '', ...params] = stream.header.length > LONGEST_HEADER ? [] : fields(stream);
  stream.header = null;
  if (name === 'Psc') reframe(stream, params);
  return { name, params, data: null };
}

function fields(stream: StreamState): string[] {
  return (stream.header ?? '').split(String.fromCharCode(stream.framing.separator));
}

/** `Db;p;L;` implies its length, `Dbc;p;L;n;` declares it (sheet 1.4); null where no download begins here. */
function downloadOf([name = '', ...params]: string[]): StreamState['download'] {
  const [panel = '', levelsText = '', declared = ''] = params;
  const levels = levelsOf(levelsText);
  if (panelOf(panel) === null || levels === null) return null;
  if (name === 'Db' && params.length === 2) return begin(name, params, rawBytes(levels));
  if (name !== 'Dbc' || params.length !== 3 || !/^\d{1,7}$/.test(declared)) return null;
  const length = Number(declared);
  return length > 0 && length <= LONGEST_DOWNLOAD ? begin(name, params, length) : null;
}

function begin(name: string, params: string[], length: number) {
  return { name, params, data: new Uint8Array(length), filled: 0 };
}

/** The three framing characters of `Psc;27;59;13`, or null where they are not three different ones. */
export function framingOf(params: readonly string[]): StreamState['framing'] | null {
  if (params.length === 0) return openStream().framing;
  const [start, separator, end] = params.map((text) => (/^\d{1,3}$/.test(text) ? Number(text) : 0));
  if (params.length !== 3 || !start || !separator || !end) return null;
  if (Math.max(start, separator, end) > 255 || new Set([start, separator, end]).size < 3) return null;
  return { start, separator, end };
}

function reframe(stream: StreamState, params: readonly string[]): void {
  stream.framing = framingOf(params) ?? stream.framing;
}
