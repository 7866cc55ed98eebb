import type { ByteLink } from '#drivers/kit/byte-link.ts';
import type { Clock } from '#kit/clock.ts';
import type { Random } from '#kit/random.ts';
import { type Chip, changedPorts, firmwareName, freshChip, isDriven, type Levels, obey } from './board.ts';
import { say, takeByte, type Unfinished } from './messages.ts';
import type { PanelWiring, PinMap } from './panel-wiring.ts';
import { speaker } from './speaker.ts';
import { analogChannelOf, modes } from './uno.ts';

/**
 * `sensors-silent`: levels are reported no more, all else is answered. `sensors-stuck`: levels are reported, but those of
 * the moment the fault began. `hung`: nothing is answered and nothing obeyed; outputs stay as they are, the firmware's own
 * rule included. `garbage`: noise goes before every message. `drop-link`: the cable is pulled, once.
 */
export type FirmataFault = 'none' | 'sensors-silent' | 'sensors-stuck' | 'hung' | 'garbage' | 'drop-link';

export interface FirmataPacing {
  /** Opening the port of an UNO resets it; it hears nothing for this long, then announces itself (sheet D.5: 1.5 s). */
  bootMs: number;
}

export interface FirmataOptions {
  wiring: PanelWiring;
  pins: PinMap;
  clock: Clock;
  random: Random;
  /** Default: as the real board, 1,500 ms. */
  pacing?: FirmataPacing;
  /**
   * Our own firmware lets all outputs fall about 2 s after the last message of the host. StandardFirmata has no such
   * rule: there, with null, outputs stay as they are when the host dies. Default 2,000.
   */
  outputsFallAfterMs?: number | null;
  from?: FirmataSnapshot;
}

export interface FirmataSnapshot {
  powered: boolean;
  fault: FirmataFault;
  chip: Chip;
}

export interface FirmataSimulator {
  /** Speaks to one host until the link ends. A USB port has one reader: a new link takes over from the last. */
  serve(link: ByteLink): Promise<void>;
  powerOff(): void;
  powerOn(): void;
  misbehave(fault: FirmataFault): void;
  /** Plain data: what a saved world needs to continue. */
  snapshot(): FirmataSnapshot;
}

/** An UNO with Firmata 2.8 at the far end of the link (peripherals sheet D.5), its pins soldered as `pins` says. */
export function simulateFirmata(options: FirmataOptions): FirmataSimulator {
  const { wiring, pins, clock, random, pacing = { bootMs: 1500 }, outputsFallAfterMs = 2000 } = options;
  const speak = speaker(random);
  let { powered, fault, chip }: FirmataSnapshot = options.from
    ? structuredClone(options.from)
    : { powered: true, fault: 'none', chip: freshChip() };
  let stuckAt: Levels = levelsOf(wiring);
  let current: ByteLink | undefined;
  let awake = false;
  let lastHeardMs = 0;
  let guarding = false;
  let sampling = false;
  let driven: Record<string, boolean> = {};

  const levels = () => (fault === 'sensors-stuck' ? stuckAt : levelsOf(wiring));

  function tell(messages: readonly Uint8Array[]) {
    for (const message of messages) {
      if (!current || fault === 'hung') return;
      if (fault === 'sensors-silent' && ((message[0] ?? 0) & 0xf0) === 0x90) continue;
      if (fault === 'garbage') speak(current, random.bytes(5));
      speak(current, message);
    }
  }

  /** Lets the world know of each output whose level is another one now. */
  function drive() {
    const now = outputsOf(chip, pins, powered);
    const before = driven;
    driven = now;
    for (const which of ['slot', 'call', 'ready', 'trouble'] as const) {
      if (now[which] !== (before[which] ?? false)) wiring.lamp(which, now[which]);
    }
    if (now.beeper !== (before.beeper ?? false)) wiring.beep(now.beeper);
    if (now.shutterMotor !== (before.shutterMotor ?? false)) wiring.shutter(now.shutterMotor);
  }

  function guard() {
    if (outputsFallAfterMs !== null && !guarding) void guardOutputs(outputsFallAfterMs);
  }

  async function guardOutputs(limitMs: number) {
    guarding = true;
    while (powered && fault !== 'hung' && Object.values(driven).includes(true)) {
      const leftMs = lastHeardMs + limitMs - clock.monotonicMs();
      if (leftMs > 0) await clock.sleep(leftMs);
      else letFall();
    }
    guarding = false;
  }

  function letFall() {
    for (const pin of chip.pins) if (pin.mode === modes.output || pin.mode === modes.pwm) pin.value = 0;
    drive();
  }

  async function sampleAnalog(link: ByteLink) {
    if (sampling) return;
    sampling = true;
    while (current === link && chip.reportedChannels.includes(true)) {
      await clock.sleep(chip.samplingMs);
      if (current === link) tell(analogReports());
    }
    sampling = false;
  }

  /** Nothing is soldered to the analog pins: they float. */
  function analogReports(): Uint8Array[] {
    return chip.pins.flatMap(({ mode }, pin) => {
      const channel = analogChannelOf(pin);
      const [noise = 0] = random.bytes(1);
      const reported = channel !== undefined && mode === modes.analog && chip.reportedChannels[channel];
      return reported ? [say.analog(channel, 300 + noise)] : [];
    });
  }

  function hear(link: ByteLink, byte: number, unfinished: Unfinished) {
    const message = takeByte(unfinished, byte);
    if (!message || fault === 'hung') return;
    lastHeardMs = clock.monotonicMs();
    tell(obey(chip, message, levels(), pins));
    if (message.is === 'pin-mode') tell(changedPorts(chip, levels(), pins));
    drive();
    guard();
    if (chip.reportedChannels.includes(true)) void sampleAnalog(link);
  }

  async function boot(link: ByteLink) {
    awake = pacing.bootMs === 0;
    chip = freshChip();
    drive();
    if (!awake) await clock.sleep(pacing.bootMs);
    if (current !== link || !powered) return;
    awake = true;
    tell([say.version(), say.firmware(firmwareName)]);
  }

  wiring.onChange(() => {
    if (powered && awake) tell(changedPorts(chip, levels(), pins));
  });

  if (options.from) {
    lastHeardMs = clock.monotonicMs();
    drive();
    guard();
  }

  return {
    async serve(link) {
      if (!powered) return link[Symbol.asyncDispose]();
      const last = current;
      current = link;
      await last?.[Symbol.asyncDispose]();
      void boot(link);
      const unfinished: Unfinished = [];
      for await (const chunk of link.incoming) {
        if (current !== link) break;
        if (awake) for (const byte of chunk) hear(link, byte, unfinished); // the boot loader swallows what comes earlier
      }
      if (current === link) current = undefined;
    },
    powerOff() {
      powered = false;
      awake = false;
      chip = freshChip();
      drive();
      const link = current;
      current = undefined;
      void link?.[Symbol.asyncDispose]();
    },
    powerOn() {
      powered = true;
    },
    misbehave(now) {
      if (now === 'drop-link') {
        void current?.[Symbol.asyncDispose]();
        return;
      }
      stuckAt = levelsOf(wiring);
      fault = now;
      if (fault !== 'hung' && powered && awake) tell(changedPorts(chip, levels(), pins));
    },
    snapshot: () => structuredClone({ powered, fault, chip }),
  };
}

function levelsOf({ cardAtExit, shutterClosed, doorClosed, mainsPresent }: PanelWiring): Levels {
  return { cardAtExit, shutterClosed, doorClosed, mainsPresent };
}

function outputsOf(chip: Chip, { lamps, beeper, shutterMotor }: PinMap, powered: boolean) {
  const on = (pin: number) => powered && isDriven(chip, pin);
  return {
    slot: on(lamps.slot),
    call: on(lamps.call),
    ready: on(lamps.ready),
    trouble: on(lamps.trouble),
    beeper: on(beeper),
    shutterMotor: on(shutterMotor),
  };
}
