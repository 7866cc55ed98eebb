import type { ByteLink } from '#drivers/kit/byte-link.ts';
import type { Clock } from '#kit/clock.ts';
import type { Random } from '#kit/random.ts';
import { type Answer, answerTo, neededMs } from './answer.ts';
import { tamper, type ZfmFault } from './faults.ts';
import { FrameReader, frame, type HeardFrame, kinds } from './frames.ts';
import { freshFlash, freshRam, type Module, receive, type ZfmLed } from './module.ts';
import { type PersonalityName, personalities, type ZfmPersonality } from './personality.ts';
import type { Platen } from './platen.ts';
import { pack, unpack, type ZfmSnapshot } from './snapshot.ts';
import { speak, wireMs } from './speaker.ts';

export type { ZfmFault } from './faults.ts';
export type { ZfmLed } from './module.ts';
export { type PersonalityName, personalities, type ZfmPersonality } from './personality.ts';
export { type OpenPlaten, openPlaten, type Platen } from './platen.ts';
export type { ZfmSnapshot } from './snapshot.ts';

export interface ZfmOptions {
  /** One of the three by name, or one of your own. */
  personality: PersonalityName | ZfmPersonality;
  finger: Platen;
  clock: Clock;
  random: Random;
  /** `baud`: bytes, pictures and the boot take the time that they take. `null`: all at once. */
  pacing: 'baud' | null;
  from?: ZfmSnapshot;
}

export interface ZfmSimulator {
  /**
   * Speaks to one host until the link ends; a new link takes over from the last. `baudRate` is the host's: where it is
   * not the module's own, each hears noise from the other. Without it the line has no speed, as a pty has none.
   */
  serve(link: ByteLink, options?: { baudRate?: number }): Promise<void>;
  /** The link stays: a serial adapter does not mind who is at its far end. Image and buffers are lost. */
  powerOff(): void;
  powerOn(): void;
  misbehave(fault: ZfmFault): void;
  /** What the ring or the lamp does. */
  readonly led: ZfmLed;
  /** The speed in use. */
  readonly baudRate: number;
  snapshot(): ZfmSnapshot;
}

/** A fingerprint module of the ZFM-20 family at the far end of a serial line (fingerprint sheet 1). */
export function simulateZfm(options: ZfmOptions): ZfmSimulator {
  return new ZfmModule(options);
}

interface Host {
  link: ByteLink;
  baudRate: number | undefined;
}

/** A host that stops in the middle of a command is not waited for. How long a real module waits is not verified. */
const COMMAND_WITHIN_MS = 500;

class ZfmModule implements ZfmSimulator {
  readonly #options: ZfmOptions;
  readonly #module: Module;
  readonly #reader = new FrameReader();
  #powered = true;
  #awake = true;
  /** Grows with each power-up, power cut and restart: what was begun in an earlier one is not finished. */
  #life = 0;
  #fault: ZfmFault = 'none';
  #late: Uint8Array | undefined;
  #host: Host | undefined;
  #lastHeardMs = 0;

  constructor(options: ZfmOptions) {
    const { personality, finger: platen, random, from } = options;
    const flash = from ? unpack(from.flash) : freshFlash();
    const kind = typeof personality === 'string' ? personalities[personality] : personality;
    this.#options = options;
    this.#module = { personality: kind, platen, random, flash, ram: freshRam(flash), sensorBroken: false };
    if (!from) return;
    if (!from.powered) this.powerOff();
    this.misbehave(from.fault);
  }

  get led(): ZfmLed {
    return { ...this.#module.ram.led };
  }

  get baudRate(): number {
    return this.#module.ram.baudN * 9600;
  }

  async serve(link: ByteLink, { baudRate }: { baudRate?: number } = {}): Promise<void> {
    const last = this.#host;
    const host = { link, baudRate };
    this.#host = host;
    await last?.link[Symbol.asyncDispose]();
    for await (const chunk of link.incoming) {
      if (this.#host !== host) return;
      await this.#hear(host, chunk);
    }
    if (this.#host === host) this.#host = undefined;
  }

  powerOff(): void {
    this.#powered = false;
    this.#restart();
  }

  powerOn(): void {
    if (this.#powered) return;
    this.#powered = true;
    void this.#boot();
  }

  misbehave(fault: ZfmFault): void {
    if (fault === 'drop-link') {
      void this.#host?.link[Symbol.asyncDispose]();
      return;
    }
    this.#fault = fault;
    this.#module.sensorBroken = fault === 'sensor-broken';
    if (typeof fault === 'object' && fault.is === 'baud') {
      this.#module.flash.baudN = fault.n;
      this.#module.ram.baudN = fault.n;
    }
  }

  snapshot(): ZfmSnapshot {
    return structuredClone({ powered: this.#powered, fault: this.#fault, flash: pack(this.#module.flash) });
  }

  #restart(): void {
    this.#life += 1;
    this.#awake = false;
    this.#late = undefined;
    this.#reader.forget();
    this.#module.ram = freshRam(this.#module.flash);
  }

  async #boot(): Promise<void> {
    const { bootMs, bootByte } = this.#module.personality;
    this.#restart();
    const life = this.#life;
    if (this.#options.pacing) await this.#options.clock.sleep(bootMs);
    if (this.#life !== life) return;
    this.#awake = true;
    if (bootByte !== null) await this.#send(Uint8Array.of(bootByte));
  }

  async #hear(host: Host, chunk: Uint8Array): Promise<void> {
    const { clock } = this.#options;
    if (!this.#awake) return; // nobody listens yet: lost
    const life = this.#life;
    if (clock.monotonicMs() - this.#lastHeardMs > COMMAND_WITHIN_MS) this.#reader.forget();
    if (this.#options.pacing) await clock.sleep(wireMs(chunk.length, this.baudRate));
    this.#lastHeardMs = clock.monotonicMs();
    if (this.#life !== life || !this.#understands(host)) return; // noise holds no frame
    for (const heard of this.#reader.take(chunk)) if (this.#life === life) await this.#obey(heard);
  }

  #understands({ baudRate }: Host): boolean {
    return baudRate === undefined || baudRate === this.baudRate;
  }

  async #obey({ address, kind, content, intact }: HeardFrame): Promise<void> {
    const { clock, pacing } = this.#options;
    const life = this.#life;
    if (address !== this.#module.flash.address) return;
    if (kind === kinds.data || kind === kinds.lastData) {
      return receive(this.#module, content, { intact, last: kind === kinds.lastData });
    }
    if (kind !== kinds.command) return;
    const waitMs = pacing ? neededMs(this.#module, content) : 0;
    if (waitMs > 0) await clock.sleep(waitMs);
    if (this.#life !== life) return;
    const answer = answerTo(this.#module, content, intact);
    if (answer) await this.#give(answer);
  }

  async #give(answer: Answer): Promise<void> {
    const life = this.#life;
    const bytes = new Uint8Array(Buffer.concat([this.#late ?? new Uint8Array(), this.#framed(answer)]));
    this.#late = undefined;
    if (this.#fault === 'late-ack') {
      this.#late = bytes;
      this.#fault = 'none';
    } else await this.#send(bytes);
    if (this.#life !== life) return;
    const { personality, flash, ram } = this.#module;
    if (personality.newBaud === 'at-once') ram.baudN = flash.baudN; // only now: the answer went out at the old speed
    if (answer.afterwards === 'restart') void this.#boot(); // deaf until then, so nobody waits for it here
  }

  #framed({ code, extra = [], data }: Answer): Uint8Array {
    const { address, chunkCode } = this.#module.flash;
    const ack = frame({ address, kind: kinds.ack, content: Uint8Array.of(code, ...Array.from(extra)) });
    const size = 32 << (this.#fault === 'wrong-chunks' ? chunkCode ^ 1 : chunkCode);
    const packets: Uint8Array[] = [ack];
    for (let from = 0; data && from < data.length; from += size) {
      const kind = from + size < data.length ? kinds.data : kinds.lastData;
      packets.push(frame({ address, kind, content: data.subarray(from, from + size) }));
    }
    return new Uint8Array(Buffer.concat(packets));
  }

  async #send(bytes: Uint8Array): Promise<void> {
    const { clock, random, pacing } = this.#options;
    const [host, life] = [this.#host, this.#life];
    if (!host || this.#fault === 'silent') return;
    const line = { clock, random, baudRate: pacing && this.baudRate };
    const isThere = () => this.#host === host && this.#life === life;
    await speak(line, host.link, bytes, (piece) => (isThere() ? this.#pass(host, piece) : gone)).catch(() => undefined);
  }

  /** Called in the moment a piece leaves: faults count bytes here. */
  #pass(host: Host, piece: Uint8Array): { bytes: Uint8Array; goOn: boolean } {
    const { bytes, fault, ends } = tamper(this.#fault, piece);
    this.#fault = fault;
    if (ends === 'power') this.powerOff();
    const heard = this.#understands(host) ? bytes : this.#options.random.bytes(bytes.length);
    return { bytes: heard, goOn: ends === 'nothing' };
  }
}

const gone = { bytes: new Uint8Array(), goOn: false };
