/** What is obeyed at once, in front of all that waits in the buffer. */
export type RealTime =
  | { is: 'status?'; n: number }
  | { is: 'recover'; clear: boolean }
  | { is: 'pulse' }
  | { is: 'clear-buffer' };

const DLE = 0x10;
const CLEAR = [0x14, 0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08];
const PULSE = [0x14, 0x01];

/** Watches the raw stream, also inside pictures (sheet B.2): `seen` is what followed the last DLE, and is kept short. */
export function watchByte(seen: number[], byte: number): RealTime | undefined {
  if (seen.length === 0) {
    if (byte === DLE) seen.push(byte);
    return undefined;
  }
  seen.push(byte);
  const found = recognise(seen.slice(1));
  if (found === 'more') return undefined;
  seen.length = 0;
  if (found === 'nothing' && byte === DLE) seen.push(byte);
  return typeof found === 'object' ? found : undefined;
}

function recognise(after: readonly number[]): RealTime | 'more' | 'nothing' {
  const [kind, n] = after;
  if (kind === 0x04) return n === undefined ? 'more' : { is: 'status?', n };
  if (kind === 0x05) {
    if (n === undefined) return 'more';
    return n === 1 || n === 2 ? { is: 'recover', clear: n === 2 } : 'nothing';
  }
  if (startsAs(PULSE, after)) return after.length < 4 ? 'more' : { is: 'pulse' };
  if (startsAs(CLEAR, after)) return after.length < CLEAR.length ? 'more' : { is: 'clear-buffer' };
  return 'nothing';
}

function startsAs(whole: readonly number[], start: readonly number[]): boolean {
  return start.every((byte, at) => at >= whole.length || byte === whole[at]);
}
