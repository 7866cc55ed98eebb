import type { Random } from '#kit/random.ts';
import { factoryAddress } from './frames.ts';
import type { ZfmPersonality } from './personality.ts';
import { seen } from './picture.ts';
import type { Platen } from './platen.ts';

/** What stays when the power goes. */
export interface Flash {
  address: number;
  password: number;
  baudN: number;
  /** 1 to 5; ours compares pictures, and keeps it only to say it again. */
  security: number;
  chunkCode: number;
  library: Map<number, Uint8Array>;
  notepad: Uint8Array;
}

/** What goes with the power. */
export interface Ram {
  /** The right password was said since power-up. */
  verified: boolean;
  lastMatched: boolean;
  /** The speed in use: that of the flash is for the next power-up. */
  baudN: number;
  /** The image buffer, or null while it holds no valid image. */
  image: Uint8Array | null;
  /** The character buffers, by their number. */
  chars: Map<number, Uint8Array>;
  receiving: Receiving | null;
  led: ZfmLed;
}

/**
 * As sheet 1.3 numbers it. `control`: 1 breathe, 2 flash, 3 on, 4 off, 5 fade on, 6 fade off. `colour`: 1 red, 2 blue,
 * 3 purple. `count` 0 is for ever.
 */
export interface ZfmLed {
  control: number;
  speed: number;
  colour: number;
  count: number;
}

/** Data on its way from the host, and what becomes of it when it is complete. */
export interface Receiving {
  bytes: number[];
  spoilt: boolean;
  keep(bytes: Uint8Array): void;
}

export interface Module {
  readonly personality: ZfmPersonality;
  readonly platen: Platen;
  readonly random: Random;
  readonly flash: Flash;
  ram: Ram;
  sensorBroken: boolean;
}

export const notepadPages = 16;
export const notepadPageBytes = 32;

export function freshFlash(): Flash {
  return {
    ...{ address: factoryAddress, password: 0, baudN: 6, security: 3, chunkCode: 2 },
    ...{ library: new Map<number, Uint8Array>(), notepad: new Uint8Array(notepadPages * notepadPageBytes) },
  };
}

export function freshRam({ baudN }: Flash): Ram {
  return {
    ...{ verified: false, lastMatched: false, baudN, image: null, receiving: null },
    ...{ chars: new Map<number, Uint8Array>(), led: { control: 4, speed: 0, colour: 0, count: 0 } },
  };
}

export function isLocked({ flash, ram }: Module): boolean {
  return flash.password !== 0 && !ram.verified;
}

/** Takes a picture of what lies on the glass into the image buffer. */
export function look(module: Module): 'taken' | 'no-finger' | 'failed' {
  const { finger } = module.platen;
  module.ram.image = null; // not verified: a real module may keep the last one
  if (module.sensorBroken) return 'failed';
  if (!finger) return 'no-finger';
  module.ram.image = seen(finger, module.personality);
  return 'taken';
}

/** A data packet of the host. None is acknowledged, and one that nobody asked for is nothing (sheet 1.2). */
export function receive(
  { ram }: Module,
  content: Uint8Array,
  { intact, last }: { intact: boolean; last: boolean },
): void {
  const { receiving } = ram;
  if (!receiving) return;
  receiving.bytes.push(...content);
  receiving.spoilt ||= !intact;
  if (!last) return;
  ram.receiving = null;
  if (!receiving.spoilt) receiving.keep(Uint8Array.from(receiving.bytes));
}

/** Bits of the status word (sheet 1.5): busy, last finger matched, password verified, image buffer valid. */
export function statusBits({ ram }: Module): number {
  const bits = [false, ram.lastMatched, ram.verified, ram.image !== null];
  return bits.reduce((sum, on, i) => sum | (on ? 1 << i : 0), 0);
}
