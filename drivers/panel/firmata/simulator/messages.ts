/** What a host may say (peripherals sheet D.5, protocol 2.8). Anything else is ignored, as StandardFirmata does. */
export type HostMessage =
  | { is: 'version?' | 'firmware?' | 'capabilities?' | 'analog-map?' }
  | { is: 'reset' }
  | { is: 'unknown' }
  | { is: 'pin-mode'; pin: number; mode: number }
  | { is: 'pin-value'; pin: number; value: number }
  | { is: 'port-value'; port: number; bits: number }
  | { is: 'analog-value'; pin: number; value: number }
  | { is: 'report-port'; port: number; on: boolean }
  | { is: 'report-analog'; channel: number; on: boolean }
  | { is: 'pin-state?'; pin: number }
  | { is: 'sampling'; everyMs: number };

const SYSEX = 0xf0;
const SYSEX_END = 0xf7;
/** StandardFirmata keeps no longer message on an UNO; a longer one is dropped whole. */
const LONGEST_SYSEX = 64;

/** The bytes of a message that is not whole yet. Plain data: it is part of the board's snapshot. */
export type Unfinished = number[];

/** Takes one byte. Returns the message it completes, if it does; `unfinished` is changed in place and stays bounded. */
export function takeByte(unfinished: Unfinished, byte: number): HostMessage | undefined {
  if (unfinished[0] === SYSEX) return takeSysexByte(unfinished, byte);
  if (byte >= 0x80)
    unfinished.length = 0; // a new command ends whatever was half said
  else if (unfinished.length === 0) return undefined; // data without a command
  unfinished.push(byte);
  if (byte === SYSEX || unfinished.length < lengthOf(unfinished[0] ?? 0)) return undefined;
  return channelMessage(unfinished.splice(0));
}

function takeSysexByte(unfinished: Unfinished, byte: number): HostMessage | undefined {
  if (byte !== SYSEX_END) {
    if (unfinished.length <= LONGEST_SYSEX + 1) unfinished.push(byte); // one more than fits marks it as too long
    return undefined;
  }
  const [, command = -1, ...data] = unfinished.splice(0);
  return data.length >= LONGEST_SYSEX ? { is: 'unknown' } : sysexMessage(command, data);
}

function lengthOf(command: number): number {
  if (command >= 0xf0) return command === 0xf4 || command === 0xf5 ? 3 : 1;
  return command >= 0xc0 && command < 0xe0 ? 2 : 3;
}

function channelMessage([command = 0, a = 0, b = 0]: readonly number[]): HostMessage {
  const low = command & 0x0f;
  switch (command < 0xf0 ? command & 0xf0 : command) {
    case 0x90:
      return { is: 'port-value', port: low, bits: a | (b << 7) };
    case 0xc0:
      return { is: 'report-analog', channel: low, on: a !== 0 };
    case 0xd0:
      return { is: 'report-port', port: low, on: a !== 0 };
    case 0xe0:
      return { is: 'analog-value', pin: low, value: a | (b << 7) };
    case 0xf4:
      return { is: 'pin-mode', pin: a, mode: b };
    case 0xf5:
      return { is: 'pin-value', pin: a, value: b };
    case 0xf9:
      return { is: 'version?' };
    case 0xff:
      return { is: 'reset' };
    default:
      return { is: 'unknown' };
  }
}

function sysexMessage(command: number, data: readonly number[]): HostMessage {
  const [first = 0] = data;
  switch (command) {
    case 0x69:
      return { is: 'analog-map?' };
    case 0x6b:
      return { is: 'capabilities?' };
    case 0x6d:
      return { is: 'pin-state?', pin: first };
    case 0x6f:
      return { is: 'analog-value', pin: first, value: sevenBits(data.slice(1, 5)) };
    case 0x79:
      return { is: 'firmware?' };
    case 0x7a:
      return { is: 'sampling', everyMs: sevenBits(data.slice(0, 2)) };
    default:
      return { is: 'unknown' };
  }
}

function sevenBits(bytes: readonly number[]): number {
  return bytes.reduceRight((sum, byte) => sum * 128 + (byte & 0x7f), 0);
}

const pair = (value: number) => [value & 0x7f, (value >> 7) & 0x7f];
const sysex = (...body: number[]) => Uint8Array.of(SYSEX, ...body, SYSEX_END);

/** What the board says. */
export const say = {
  version: () => Uint8Array.of(0xf9, 2, 8),
  firmware: (name: string) => sysex(0x79, 2, 8, ...[...name].flatMap((letter) => pair(letter.charCodeAt(0)))),
  capabilities: (pins: readonly (readonly (readonly [mode: number, bits: number])[])[]) =>
    sysex(0x6c, ...pins.flatMap((modes) => [...modes.flat(), 0x7f])),
  analogMap: (channels: readonly (number | undefined)[]) => sysex(0x6a, ...channels.map((channel) => channel ?? 0x7f)),
  port: (port: number, bits: number) => Uint8Array.of(0x90 | port, ...pair(bits)),
  analog: (channel: number, value: number) => Uint8Array.of(0xe0 | channel, ...pair(value)),
  pinState: (pin: number, mode: number, value: number) => sysex(0x6e, pin, mode, ...pair(value)),
  text: (text: string) => sysex(0x71, ...[...text].flatMap((letter) => pair(letter.charCodeAt(0)))),
};
