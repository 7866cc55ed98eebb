import { DeviceError } from '#drivers/kit/device-error.ts';
import type { OpenUsb } from '#drivers/kit/usb-device.ts';
import type { Clock } from '#kit/clock.ts';
import type { Random } from '#kit/random.ts';
import { Machine, type Misbehaviour } from './machine.ts';
import { UsbEnd } from './usb-end.ts';

export type { Misbehaviour } from './machine.ts';

export interface Uru4000Simulator {
  /** What the driver gets instead of the real bus. */
  openUsb: OpenUsb;
  /** A finger on the glass: 384 x 290 pixels, upright, ridges dark. */
  touch(pixels: Uint8Array): void;
  lift(): void;
  unplug(): void;
  /** In again, freshly powered. */
  plugIn(): void;
  misbehave(how: Partial<Misbehaviour>): void;
  /** The registers that were asked for, in order. */
  readonly asked: readonly string[];
  /** What the light under the glass follows: 10 awaits a finger, 70 is off. */
  readonly mode: number;
  /** Whether somebody holds the device open. */
  readonly isOpen: boolean;
}

/** A U.are.U 4500. With a `random` no two pictures are the same to the bit, as in life. */
export function simulateUru4000(ports: { clock: Clock; random?: Random; serial?: string }): Uru4000Simulator {
  const { clock, random, serial = '{SIMULATED}' } = ports;
  let plugged = true;
  let end: UsbEnd | undefined;
  let finger: Uint8Array | null = null;
  const unplug = () => {
    plugged = false;
    end?.unplug();
  };
  const powerOn = () =>
    new Machine(clock, random, {
      say: (packet) => end?.interrupts.push(packet),
      send: (frame) => end?.frames.push(frame),
      unplug,
    });
  let machine = powerOn();
  const place = (pixels: Uint8Array | null) => {
    finger = pixels;
    machine.place(pixels);
  };
  return {
    async openUsb({ signal }) {
      signal.throwIfAborted();
      if (!plugged) throw new DeviceError('link/unreachable', 'no USB device 05ba:000a');
      if (end?.isOpen) throw new DeviceError('link/unreachable', '05ba:000a: LIBUSB_ERROR_BUSY');
      end = new UsbEnd(machine, clock, { ...facts, serial });
      return end;
    },
    touch: place,
    lift: () => place(null),
    unplug,
    plugIn() {
      plugged = true;
      machine = powerOn();
      machine.place(finger);
    },
    misbehave(how) {
      Object.assign(machine.fault, how);
      if (typeof how.rebootsForMs === 'number') machine.fallAsleepFaulty(how.rebootsForMs);
    },
    get asked() {
      return machine.asked;
    },
    get mode() {
      return machine.mode;
    },
    get isOpen() {
      return end?.isOpen ?? false;
    },
  };
}

const facts = {
  vendorId: 0x05ba,
  productId: 0x000a,
  release: 0x0103,
  endpoints: [
    { address: 0x81, kind: 'interrupt', maxPacketBytes: 64 },
    { address: 0x82, kind: 'bulk', maxPacketBytes: 64 },
  ],
} as const;
