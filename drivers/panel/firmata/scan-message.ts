const START_SYSEX = 0xf0;
const END_SYSEX = 0xf7;
const VERSION = 0xf9;
/** The map of capabilities of the largest boards has about 1 kB. */
const LONGEST_BYTES = 4_096;

export type MessageScan =
  | { found: 'message'; message: Uint8Array; rest: Uint8Array }
  | { found: 'noise'; rest: Uint8Array }
  | { found: 'nothing-yet' };

/**
 * Looks for one well-formed message of the board at the front of `bytes`: a command byte, then data of 7 bits. Pure.
 * firmata-io takes what follows a command byte for its data whatever it is: noise on the wire would become sensor levels.
 * (Sheet D.5)
 */
export function scanMessage(bytes: Uint8Array): MessageScan {
  const [command] = bytes;
  if (command === undefined) return { found: 'nothing-yet' };
  if (command === START_SYSEX) return scanSysex(bytes);
  const isPortOrAnalog = (command & 0xf0) === 0x90 || (command & 0xf0) === 0xe0;
  return isPortOrAnalog || command === VERSION ? scanShort(bytes) : skip(bytes, 1);
}

function scanShort(bytes: Uint8Array): MessageScan {
  const strange = indexOfCommand(bytes, 1);
  if (strange !== -1 && strange < 3) return skip(bytes, strange);
  return bytes.length < 3 ? { found: 'nothing-yet' } : take(bytes, 3);
}

function scanSysex(bytes: Uint8Array): MessageScan {
  const end = indexOfCommand(bytes, 1);
  if (end === -1) return bytes.length < LONGEST_BYTES ? { found: 'nothing-yet' } : skip(bytes, bytes.length);
  return bytes[end] === END_SYSEX ? take(bytes, end + 1) : skip(bytes, end);
}

/** Where the next byte with its top bit set is: in data there is none. */
function indexOfCommand(bytes: Uint8Array, from: number): number {
  for (let at = from; at < bytes.length; at += 1) if ((bytes[at] ?? 0) > 0x7f) return at;
  return -1;
}

const take = (bytes: Uint8Array, length: number): MessageScan => ({
  found: 'message',
  message: bytes.subarray(0, length),
  rest: bytes.subarray(length),
});
const skip = (bytes: Uint8Array, count: number): MessageScan => ({ found: 'noise', rest: bytes.subarray(count) });
