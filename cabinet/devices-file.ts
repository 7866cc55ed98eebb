import type { LinkAddress } from '#drivers/kit/byte-link.ts';
import type { PinMap } from '#drivers/panel/firmata/simulator/panel-wiring.ts';
import type { CabinetOptions, DeviceAddress } from './cabinet.ts';
import { type Pacing, speeds } from './pacing.ts';
import type { Device } from './world/plain.ts';

/** The cabinet file in which a controller finds these devices; the same schema names real ports. */
export interface DevicesFile {
  v: 1;
  cardPrinter: { driver: 'evolis'; link: LinkAddress; secondsPerCard: number; timing?: Record<string, number> };
  receiptPrinter: { driver: 'escpos'; link: LinkAddress; columns: 48 };
  panel: { driver: 'firmata'; link: LinkAddress; pins: PinMap };
  /** Null where the links are in memory: a camera is a child program, and needs an address. */
  camera: { driver: 'mjpeg'; command: string[] } | null;
  fingerprintScanner: { driver: 'zfm'; link: LinkAddress; model: 'zfm20' } | null;
}

const PANELS = 5;

/** A printer that hurries needs none of a real one's waits (names of the driver's `Timing`). */
const timings: Record<Pacing, Record<string, number> | null> = {
  real: null,
  fast: { pollEveryMs: 20, beforeEjectMs: 10, beforeRetryMs: 10, afterResetMs: 500, idleWithinMs: 3_000 },
  zero: { pollEveryMs: 5, beforeEjectMs: 0, beforeRetryMs: 5, afterResetMs: 0, goneAfterMs: 300, idleWithinMs: 1_000 },
};

/** `addresses` is null where the links are in memory: what stands there is never opened, `openLink` is passed instead. */
export function devicesFile(
  addresses: Record<Device, DeviceAddress> | null,
  pins: PinMap,
  { pacing, fingerPicture }: Pick<CabinetOptions, 'pacing' | 'fingerPicture'>,
): DevicesFile {
  const linkOf = (device: Device): LinkAddress => {
    const address = addresses?.[device];
    return address && address.kind !== 'command' ? address : { kind: 'unix', path: 'in-memory' };
  };
  const camera = addresses?.camera.kind === 'command' ? addresses.camera.command : null;
  return {
    v: 1,
    cardPrinter: {
      driver: 'evolis',
      link: linkOf('card-printer'),
      secondsPerCard: secondsPerCard(pacing),
      ...(timings[pacing] && { timing: timings[pacing] }),
    },
    receiptPrinter: { driver: 'escpos', link: linkOf('receipt-printer'), columns: 48 },
    panel: { driver: 'firmata', link: linkOf('panel'), pins },
    camera: camera && { driver: 'mjpeg', command: camera },
    fingerprintScanner: fingerPicture ? { driver: 'zfm', link: linkOf('fingerprint-scanner'), model: 'zfm20' } : null,
  };
}

function secondsPerCard(pacing: Pacing): number {
  const { feedMs, panelMs, ejectMs } = speeds[pacing].card;
  return Math.max(1, Math.round((feedMs + PANELS * panelMs + ejectMs) / 1000));
}
