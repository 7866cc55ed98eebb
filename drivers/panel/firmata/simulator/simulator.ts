import type { ByteLink } from '#drivers/kit/byte-link.ts';
import type { Clock } from '#kit/clock.ts';
import type { Random } from '#kit/random.ts';
import { type Chip, changedPorts, firmwareName, freshChip, isDriven, type Levels, obey } from './board.ts';
import { type HostMessage, say, takeByte, type Unfinished } from './messages.ts';
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
  return new Board(options);
}

class Board implements FirmataSimulator {
  readonly #options: FirmataOptions;
  readonly #bootMs: number;
  readonly #outputsFallAfterMs: number | null;
  readonly #speak: ReturnType<typeof speaker>;
  #powered = true;
  #fault: FirmataFault = 'none';
  #chip: Chip = freshChip();
  #stuckAt: Levels;
  #link: ByteLink | undefined;
  /** Booted: hears and speaks. */
  #awake = false;
  #lastHeardMs: number;
  #guarding = false;
  #sampling = false;
  #outputs: Outputs = allLow;

  constructor(options: FirmataOptions) {
    const { wiring, clock, random, pacing = { bootMs: 1500 }, outputsFallAfterMs = 2000, from } = options;
    this.#options = options;
    this.#bootMs = pacing.bootMs;
    this.#outputsFallAfterMs = outputsFallAfterMs;
    this.#speak = speaker(random);
    this.#stuckAt = levelsOf(wiring);
    this.#lastHeardMs = clock.monotonicMs();
    if (from) this.#restore(from);
    wiring.onChange(() => this.#reportChanges());
  }

  async serve(link: ByteLink): Promise<void> {
    if (!this.#powered) return link[Symbol.asyncDispose]();
    const last = this.#link;
    this.#link = link;
    await last?.[Symbol.asyncDispose]();
    void this.#boot(link);
    const unfinished: Unfinished = [];
    for await (const chunk of link.incoming) {
      if (this.#link !== link) return;
      if (!this.#awake) continue; // the boot loader swallows what comes too early
      for (const byte of chunk) this.#hear(link, takeByte(unfinished, byte));
    }
    if (this.#link === link) this.#link = undefined;
  }

  powerOff(): void {
    const link = this.#link;
    this.#link = undefined;
    this.#powered = false;
    this.#awake = false;
    this.#reset();
    void link?.[Symbol.asyncDispose]();
  }

  powerOn(): void {
    this.#powered = true;
  }

  misbehave(fault: FirmataFault): void {
    if (fault === 'drop-link') {
      void this.#link?.[Symbol.asyncDispose]();
      return;
    }
    this.#stuckAt = levelsOf(this.#options.wiring);
    this.#fault = fault;
    this.#reportChanges();
    this.#guard();
  }

  snapshot(): FirmataSnapshot {
    return structuredClone({ powered: this.#powered, fault: this.#fault, chip: this.#chip });
  }

  #restore(from: FirmataSnapshot): void {
    this.#powered = from.powered;
    this.#fault = from.fault;
    this.#chip = structuredClone(from.chip);
    this.#drive();
    this.#guard();
  }

  async #boot(link: ByteLink): Promise<void> {
    this.#awake = false;
    this.#reset();
    if (this.#bootMs > 0) await this.#options.clock.sleep(this.#bootMs);
    if (this.#link !== link) return;
    this.#awake = true;
    this.#tell([say.version(), say.firmware(firmwareName)]);
  }

  #reset(): void {
    this.#chip = freshChip();
    this.#drive();
  }

  #hear(link: ByteLink, message: HostMessage | undefined): void {
    if (!message || this.#fault === 'hung') return;
    this.#lastHeardMs = this.#options.clock.monotonicMs();
    this.#tell(obey(this.#chip, message, this.#levels(), this.#options.pins));
    this.#reportChanges(); // a pin may read otherwise in its new mode
    this.#drive();
    this.#guard();
    if (this.#chip.reportedChannels.includes(true)) void this.#sampleAnalog(link);
  }

  #levels(): Levels {
    return this.#fault === 'sensors-stuck' ? this.#stuckAt : levelsOf(this.#options.wiring);
  }

  #reportChanges(): void {
    if (!this.#awake || this.#fault === 'hung') return;
    this.#tell(changedPorts(this.#chip, this.#levels(), this.#options.pins));
  }

  #tell(messages: readonly Uint8Array[]): void {
    for (const message of messages) {
      if (!this.#link || this.#fault === 'hung') return;
      if (this.#fault === 'sensors-silent' && isLevel(message)) continue;
      if (this.#fault === 'garbage') this.#speak(this.#link, this.#options.random.bytes(5));
      this.#speak(this.#link, message);
    }
  }

  /** Lets the world know of each output whose level is another one now. */
  #drive(): void {
    const { wiring, pins } = this.#options;
    const before = this.#outputs;
    const now = this.#powered ? outputsOf(this.#chip, pins) : allLow;
    this.#outputs = now;
    for (const lamp of lamps) if (now[lamp] !== before[lamp]) wiring.lamp(lamp, now[lamp]);
    if (now.beeper !== before.beeper) wiring.beep(now.beeper);
    if (now.shutterMotor !== before.shutterMotor) wiring.shutter(now.shutterMotor);
  }

  /** Our firmware's own rule; it runs as long as an output is high, host or no host. */
  #guard(): void {
    if (this.#outputsFallAfterMs !== null && !this.#guarding) void this.#guardOutputs(this.#outputsFallAfterMs);
  }

  async #guardOutputs(limitMs: number): Promise<void> {
    const { clock } = this.#options;
    this.#guarding = true;
    while (this.#fault !== 'hung' && Object.values(this.#outputs).includes(true)) {
      const leftMs = this.#lastHeardMs + limitMs - clock.monotonicMs();
      if (leftMs > 0) await clock.sleep(leftMs);
      else this.#letFall();
    }
    this.#guarding = false;
  }

  #letFall(): void {
    for (const pin of this.#chip.pins) if (pin.mode === modes.output || pin.mode === modes.pwm) pin.value = 0;
    this.#drive();
  }

  async #sampleAnalog(link: ByteLink): Promise<void> {
    if (this.#sampling) return;
    this.#sampling = true;
    while (this.#link === link && this.#chip.reportedChannels.includes(true)) {
      await this.#options.clock.sleep(this.#chip.samplingMs);
      if (this.#link === link) this.#tell(this.#analogReports());
    }
    this.#sampling = false;
  }

  /** Nothing is soldered to the analog pins: they float. */
  #analogReports(): Uint8Array[] {
    const { pins, reportedChannels } = this.#chip;
    return pins.flatMap(({ mode }, pin) => {
      const channel = analogChannelOf(pin);
      if (channel === undefined || mode !== modes.analog || !reportedChannels[channel]) return [];
      const [noise = 0] = this.#options.random.bytes(1);
      return [say.analog(channel, 300 + noise)];
    });
  }
}

const lamps = ['slot', 'call', 'ready', 'trouble'] as const;
type Outputs = Readonly<Record<(typeof lamps)[number] | 'beeper' | 'shutterMotor', boolean>>;
const allLow: Outputs = { slot: false, call: false, ready: false, trouble: false, beeper: false, shutterMotor: false };

function isLevel([command = 0]: Uint8Array): boolean {
  return (command & 0xf0) === 0x90;
}

function levelsOf({ cardAtExit, shutterClosed, doorClosed, mainsPresent }: PanelWiring): Levels {
  return { cardAtExit, shutterClosed, doorClosed, mainsPresent };
}

function outputsOf(chip: Chip, { lamps: { slot, call, ready, trouble }, beeper, shutterMotor }: PinMap): Outputs {
  const on = (pin: number) => isDriven(chip, pin);
  return {
    ...{ slot: on(slot), call: on(call), ready: on(ready), trouble: on(trouble) },
    ...{ beeper: on(beeper), shutterMotor: on(shutterMotor) },
  };
}
