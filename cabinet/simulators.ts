import { type CameraSimulator, simulateCamera } from '#drivers/camera/mjpeg/simulator/simulator.ts';
import {
  type EvolisOptions,
  type EvolisSimulator,
  simulateEvolis,
} from '#drivers/card-printer/evolis/simulator/simulator.ts';
import { simulateZfm, type ZfmSimulator } from '#drivers/fingerprint/zfm/simulator/simulator.ts';
import type { LinkControl } from '#drivers/kit/byte-link.ts';
import type { PinMap } from '#drivers/panel/firmata/simulator/panel-wiring.ts';
import {
  type FirmataSimulator,
  type FirmataSnapshot,
  simulateFirmata,
} from '#drivers/panel/firmata/simulator/simulator.ts';
import {
  type EscPosOptions,
  type EscPosSimulator,
  type EscPosSnapshot,
  simulateEscPos,
} from '#drivers/receipt-printer/escpos/simulator/simulator.ts';
import type { Clock } from '#kit/clock.ts';
import type { Log } from '#kit/log.ts';
import type { Random } from '#kit/random.ts';
import { type FingerPicture, platenOf } from './finger-picture.ts';
import { type Pacing, speeds } from './pacing.ts';
import type { Saved } from './saved.ts';
import type { OpenWorld } from './world/open-world.ts';
import type { Device } from './world/plain.ts';

/** The machines, each at the far end of its wire, all touching the one world. */
export interface Simulators {
  'card-printer': EvolisSimulator;
  'receipt-printer': EscPosSimulator;
  panel: FirmataSimulator;
  camera: CameraSimulator;
  'fingerprint-scanner': ZfmSimulator;
}

/** What else a card printer can be told: its name plate, and what nobody has seen the real one do. */
export type CardPrinterTraits = Omit<EvolisOptions, 'path' | 'clock' | 'random' | 'pacing' | 'from'>;

/** What the board's pins are soldered to, unless the cabinet is told otherwise; the cabinet file repeats it. */
export const usualPins: PinMap = {
  lamps: { slot: 2, call: 3, ready: 4, trouble: 5 },
  beeper: 6,
  shutterMotor: 7,
  sensors: { cardAtExit: 8, shutterClosed: 9, doorClosed: 10, mainsPresent: 11 },
};

export interface SimulatorOptions {
  world: OpenWorld;
  clock: Clock;
  random: Random;
  pacing: Pacing;
  pins: PinMap;
  cardPrinter?: CardPrinterTraits;
  receiptPrinter?: Pick<EscPosOptions, 'drawSymbol'>;
  fingerPicture?: FingerPicture | undefined;
  log?: Log | undefined;
  /** What each remembered when the world was saved. */
  from: Saved['devices'];
}

export function openSimulators(options: SimulatorOptions): Simulators {
  const { world, clock, random, pins, cardPrinter, receiptPrinter } = options;
  const { card, paper, board, framesPerSecond } = speeds[options.pacing];
  const from = remembered(options.from);
  const notDrawn = (error: unknown) => options.log?.error({ error: String(error) }, 'a finger could not be drawn');
  return {
    'card-printer': simulateEvolis({
      path: world.cardPath,
      ...{ clock, random, pacing: card, ...cardPrinter, ...from['card-printer'] },
    }),
    'receipt-printer': simulateEscPos({
      roll: world.paperRoll,
      ...{ clock, random, pacing: paper, ...receiptPrinter, ...from['receipt-printer'] },
    }),
    panel: simulateFirmata({ wiring: world.panelWiring, pins, clock, random, pacing: board, ...from.panel }),
    camera: simulateCamera({ scene: world.scene, clock, random, fps: framesPerSecond }),
    'fingerprint-scanner': simulateZfm({
      ...{ personality: 'zfm20', finger: platenOf(world, options.fingerPicture, notDrawn), clock, random },
      pacing: options.pacing === 'zero' ? null : 'baud', // its wire is slow, and no haste makes it quicker
    }),
  };
}

/** The file is our own; what a device wrote there it reads again. */
function remembered(devices: Saved['devices']) {
  const cardPrinter = devices['card-printer'] as EvolisOptions['from'];
  const receiptPrinter = devices['receipt-printer'] as EscPosSnapshot | undefined;
  const panel = devices.panel as FirmataSnapshot | undefined;
  return {
    'card-printer': cardPrinter ? { from: cardPrinter } : {},
    'receipt-printer': receiptPrinter ? { from: receiptPrinter } : {},
    panel: panel ? { from: panel } : {},
  };
}

/**
 * What a device remembers, as plain data; undefined where it remembers nothing. When the printer's last byte came is left
 * out: another process has another clock, and two memories that differ in nothing else are the same.
 */
export function memoryOf(simulators: Simulators, device: Device): object | undefined {
  if (device === 'camera' || device === 'fingerprint-scanner') return undefined; // nobody teaches the scanner anything
  if (device === 'card-printer') return { ...simulators[device].snapshot(), lastByteAtMs: 0 };
  return simulators[device].snapshot();
}

export function snapshots(simulators: Simulators): Saved['devices'] {
  const remembering = ['card-printer', 'receipt-printer', 'panel'] as const;
  return Object.fromEntries(remembering.map((device) => [device, memoryOf(simulators, device)]));
}

/** What a USB printer tells beside its bytes; a socket carries none of it. */
export function cardPrinterControl(printer: EvolisSimulator): LinkControl {
  return {
    portStatus: async () => printer.portStatus(),
    deviceId: async () => printer.deviceId(),
  };
}
