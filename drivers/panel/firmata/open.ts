import type { ByteLink } from '#drivers/kit/byte-link.ts';
import { DeviceError } from '#drivers/kit/device-error.ts';
import type { Clock } from '#kit/clock.ts';
import type { Panel } from '../panel.ts';
import { IoBoard } from './board.ts';
import { FirmataPanel } from './panel.ts';
import { outputPins, type PinMap, sensorNames } from './pin-map.ts';

export type { PinMap } from './pin-map.ts';

export interface FirmataOptions {
  /** From the command to the shutter's own sensor. */
  shutterWithinMs?: number;
}

interface Wiring {
  clock: Clock;
  pins: PinMap;
  options?: FirmataOptions;
}

/** One cabinet's panel over all its links: johnny-five's Board stays, links come and go. */
export interface FirmataPanels extends AsyncDisposable {
  /**
   * Takes over `link`, also when it fails, and makes all outputs safe: shutter closed, lamps off. Rejects
   * `panel/unreachable` where no Firmata answers, `device/wrong-model` where the board lacks a pin. A panel of an earlier
   * link is closed first.
   */
  open(on: { link: ByteLink; signal?: AbortSignal }): Promise<Panel>;
}

const SHUTTER_WITHIN_MS = 3_000;

export function firmataPanels({ clock, pins, options = {} }: Wiring): FirmataPanels {
  const board = new IoBoard(clock);
  let current: FirmataPanel | undefined;
  let listening = false;

  /** Once for the board's life: listeners on it outlive every link. */
  function listen(): void {
    if (listening) return;
    listening = true;
    for (const name of sensorNames) board.onReport(pins.sensors[name], (high) => current?.heard(name, high));
    board.onRestart(() => current?.setUp());
  }

  async function start(link: ByteLink, signal: AbortSignal): Promise<Panel> {
    await board.plugIn(link, signal);
    requirePins(board.pinCount, pins);
    current = new FirmataPanel(board, link, clock, pins, options.shutterWithinMs ?? SHUTTER_WITHIN_MS);
    listen();
    await current.start(signal);
    return current;
  }

  return {
    async open({ link, signal = new AbortController().signal }) {
      await current?.[Symbol.asyncDispose]();
      current = undefined;
      try {
        return await start(link, signal);
      } catch (error) {
        await link[Symbol.asyncDispose]();
        throw error;
      }
    },
    async [Symbol.asyncDispose]() {
      await current?.[Symbol.asyncDispose]();
      board.forget();
    },
  };
}

/** A panel for one link. Whoever opens again and again keeps a `firmataPanels()`: each Board costs about 20 KB for good. */
export async function openFirmataPanel({
  link,
  signal,
  ...wiring
}: Wiring & { link: ByteLink; signal?: AbortSignal }): Promise<Panel> {
  return firmataPanels(wiring).open({ link, ...(signal && { signal }) });
}

function requirePins(pinCount: number, pins: PinMap): void {
  const missing = [...outputPins(pins), ...Object.values(pins.sensors)].filter((pin) => pin >= pinCount);
  if (missing.length === 0) return;
  throw new DeviceError('device/wrong-model', `the board has ${pinCount} pins; not among them: ${missing.join(', ')}`);
}
