import type { UsbRequest } from '#drivers/kit/usb-device.ts';

/** U.are.U 4000B and 4500; both call themselves so. */
export const usbIds = { vendorId: 0x05ba, productId: 0x000a } as const;
export const endpoints = { interruptIn: 0x81, bulkIn: 0x82 } as const;

/** Registers of the reader, read and written over the control pipe. */
export const registers = {
  /** Power and health of the reader's processor. */
  hardwareStatus: { address: 0x07, bytes: 1 },
  /** Which scrambling key is wanted, and the seed it is to be hidden with: key number, then the seed, little-endian. */
  keyIndex: { address: 0x33, bytes: 5 },
  /** The key asked for, XOR the seed, little-endian. */
  key: { address: 0x34, bytes: 4 },
  mode: { address: 0x4e, bytes: 1 },
  versions: { address: 0xf0, bytes: 16 },
} as const satisfies Record<string, { address: number; bytes: number }>;
export type Register = keyof typeof registers;

/** The control request that reads or writes a register. */
export function registerRequest(register: Register): UsbRequest {
  return { type: 'vendor', to: 'device', request: 0x04, value: registers[register].address, index: 0 };
}

export const modes = { init: 0x00, untilTouched: 0x10, untilLifted: 0x12, capture: 0x20, off: 0x70 } as const;
export type Mode = keyof typeof modes;

export const hardwareBits = { running: 0x01, fault: 0x04, lowPower: 0x80 } as const;
/** What is written back to leave low power: the low half, without the bit. */
export const WAKE_MASK = 0x0f;

/** Asleep with a fault: it has to be rebooted before it can be woken. */
export function needsReboot(status: number): boolean {
  const both = hardwareBits.lowPower | hardwareBits.fault;
  return (status & both) === both;
}
export const isRunning = (status: number) => (status & hardwareBits.running) !== 0;
export const isAsleep = (status: number) => (status & hardwareBits.lowPower) !== 0;

/** Two version numbers, as libfprint's uru4000 driver reports them. What they count is not known. */
export function versionsOf(block: Uint8Array): string {
  const hex = (at: number) => Buffer.from(block.subarray(at, at + 2)).toString('hex');
  return `${hex(4)} ${hex(10)}`;
}
