/**
 * `silent`: hears and obeys, and answers nothing. `late-ack`: the next answer stays away until the host says something
 * else, and then comes before the answer to that, once. `wrong-chunks`: data comes in packets of another size than
 * parameter 6 says. `sensor-broken`: no picture succeeds. `drop-link`: the cable is pulled, once.
 *
 * The others strike once, at the byte `at`, counted from 0 over all that the module sends from now on: `cut-off` ends
 * that answer there, `power-cut` the power, which stays off until `powerOn`; `stray-55` puts a raw 55 before the byte.
 * `baud`: the module speaks at 9600 * n from now on, as after a host that set it and told nobody.
 */
export type ZfmFault =
  | 'none'
  | 'silent'
  | 'late-ack'
  | 'wrong-chunks'
  | 'sensor-broken'
  | 'drop-link'
  | { is: 'drop-byte' | 'flip-byte' | 'stray-55' | 'cut-off' | 'power-cut'; at: number }
  | { is: 'baud'; n: number };

export interface Tampered {
  bytes: Uint8Array;
  /** What is left to do after these bytes. */
  fault: ZfmFault;
  ends: 'nothing' | 'answer' | 'power';
}

/** What becomes of bytes on their way to the host. */
export function tamper(fault: ZfmFault, bytes: Uint8Array): Tampered {
  if (typeof fault === 'string' || fault.is === 'baud') return { bytes, fault, ends: 'nothing' };
  const { is, at } = fault;
  if (at >= bytes.length) return { bytes, fault: { is, at: at - bytes.length }, ends: 'nothing' };
  const [before, struck, after] = [bytes.subarray(0, at), bytes[at] ?? 0, bytes.subarray(at + 1)];
  const ended = { fault: 'none', ends: 'nothing' } as const;
  switch (is) {
    case 'drop-byte':
      return { ...ended, bytes: Uint8Array.of(...before, ...after) };
    case 'flip-byte':
      return { ...ended, bytes: Uint8Array.of(...before, struck ^ 0x10, ...after) };
    case 'stray-55':
      return { ...ended, bytes: Uint8Array.of(...before, 0x55, struck, ...after) };
    case 'cut-off':
      return { ...ended, bytes: before, ends: 'answer' };
    case 'power-cut':
      return { ...ended, bytes: before, ends: 'power' };
    default:
      return is satisfies never;
  }
}
