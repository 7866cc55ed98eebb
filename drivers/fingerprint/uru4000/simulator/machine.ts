import type { Clock } from '#kit/clock.ts';
import type { Random } from '#kit/random.ts';
import { type BlockRow, buildFrame, claimingLines, HEIGHT, recordedBlocks, WIDTH } from './frame.ts';

/** What the reader says by itself. */
export const words = { poweredUp: 0x56aa, touched: 0x0101, lifted: 0x0200, pictureLost: 0x0800 } as const;
export type Word = keyof typeof words;

/** What is wrong with the reader. Everything may be changed at any time. */
export interface Misbehaviour {
  /** Sleeps with a fault and has to be rebooted, which takes so long. */
  rebootsForMs: number | null;
  /** How many writes it takes to wake it. */
  writesToWake: number;
  /** Words it does not say, and how many times it does not. */
  swallows: Partial<Record<Word, number>>;
  picture: 'whole' | 'truncated' | 'lost-once' | 'lost' | 'too-many-lines' | 'black' | 'headless';
  /** Pulled out when a picture is asked for. */
  unpluggedByCapture: boolean;
  /** Takes requests and answers none. */
  silent: boolean;
  /** Transfers that it refuses from now on, by pipe. */
  refuses: { control: number; interrupt: number };
  /** Answers reads with nothing. */
  answersEmpty: boolean;
  blocks: readonly BlockRow[];
}

export const wellBehaved: Misbehaviour = {
  rebootsForMs: null,
  writesToWake: 1,
  swallows: {},
  picture: 'whole',
  unpluggedByCapture: false,
  silent: false,
  refuses: { control: 0, interrupt: 0 },
  answersEmpty: false,
  blocks: recordedBlocks,
};

const RUNNING = 0x01;
const FAULT = 0x04;
const LOW_POWER = 0x80;
const FRAME_MS = 128;
const VERSIONS = Buffer.from('1a0a1a0a01150000002000108b211130', 'hex');

export interface MachineOutlets {
  say(packet: Uint8Array): void;
  send(frame: Uint8Array): void;
  unplug(): void;
}

/** The reader itself: what its registers do. */
export class Machine {
  readonly fault: Misbehaviour = structuredClone(wellBehaved);
  /** Registers as written and read, in order: what the driver has asked. */
  readonly asked: string[] = [];
  readonly #clock: Clock;
  readonly #random: Random | undefined;
  readonly #out: MachineOutlets;
  #status = RUNNING;
  #sleepWrites = 0;
  #mode = 0x00;
  #finger: Uint8Array | null = null;
  #hiddenKey = Buffer.alloc(4);
  #firstKey = 0;

  constructor(clock: Clock, random: Random | undefined, out: MachineOutlets) {
    this.#clock = clock;
    this.#random = random;
    this.#out = out;
  }

  get mode(): number {
    return this.#mode;
  }

  place(finger: Uint8Array | null): void {
    this.#finger = finger;
    this.#lookAtGlass();
  }

  fallAsleepFaulty(rebootsForMs: number): void {
    this.fault.rebootsForMs = rebootsForMs;
    this.#status = LOW_POWER | FAULT;
  }

  read(register: number, length: number): Uint8Array {
    this.asked.push(`read ${register.toString(16)}`);
    if (this.fault.answersEmpty) return new Uint8Array();
    if (register === 0x07) return Uint8Array.of(this.#status);
    if (register === 0x34) return new Uint8Array(this.#hiddenKey);
    if (register === 0xf0) return new Uint8Array(VERSIONS).subarray(0, length);
    return new Uint8Array(length);
  }

  write(register: number, bytes: Uint8Array): void {
    const [value = 0] = bytes;
    this.asked.push(`write ${register.toString(16)} ${Buffer.from(bytes).toString('hex')}`);
    if (register === 0x07) this.#writeStatus(value);
    if (register === 0x33) this.#hideKey(Buffer.from(bytes));
    if (register !== 0x4e) return;
    this.#mode = value;
    this.#lookAtGlass();
    if (value === 0x20) void this.#takePicture();
  }

  #writeStatus(value: number): void {
    if (this.fault.rebootsForMs !== null) return void this.#reboot(this.fault.rebootsForMs);
    const wakes = (this.#status & LOW_POWER) !== 0 && (value & LOW_POWER) === 0;
    if (wakes && ++this.#sleepWrites < this.fault.writesToWake) return;
    this.#status = value;
    if (!wakes) return;
    this.#sleepWrites = 0;
    this.#say('poweredUp');
  }

  async #reboot(ms: number): Promise<void> {
    this.fault.rebootsForMs = null;
    this.#status = FAULT;
    await this.#clock.sleep(ms);
    this.#status = RUNNING;
  }

  #lookAtGlass(): void {
    if (this.#mode === 0x10 && this.#finger) this.#say('touched');
    if (this.#mode === 0x12 && !this.#finger) this.#say('lifted');
  }

  /** Behind each word stand the packets before it, as in the recorded session. */
  #say(word: Word): void {
    const { swallows } = this.fault;
    const left = swallows[word] ?? 0;
    if (left > 0) {
      swallows[word] = left - 1;
      return;
    }
    const packet = Buffer.alloc(64);
    packet.writeUInt16BE(words[word], 0);
    packet.writeUInt16BE(words.poweredUp, 12);
    this.#out.say(new Uint8Array(packet));
  }

  #hideKey(bytes: Buffer): void {
    const key = keyOf(bytes.readUInt8(0));
    this.#hiddenKey = Buffer.alloc(4);
    this.#hiddenKey.writeUInt32LE((key ^ bytes.readUInt32LE(1)) >>> 0);
  }

  async #takePicture(): Promise<void> {
    if (this.fault.unpluggedByCapture) return this.#out.unplug();
    await this.#clock.sleep(FRAME_MS);
    this.#firstKey = (this.#firstKey + 7) & 0xff;
    const frame = buildFrame(this.#seen(), this.fault.blocks, this.#firstKey, keyOf);
    this.#out.send(this.#spoilt(frame));
  }

  #seen(): Uint8Array {
    if (this.fault.picture === 'black') return new Uint8Array(WIDTH * HEIGHT);
    const seen = this.#finger ?? new Uint8Array(WIDTH * HEIGHT).fill(250);
    if (!this.#random) return seen;
    const grain = this.#random.bytes(32);
    return seen.map((value, i) => Math.max(0, value - ((grain[i % 31] ?? 0) & 3)));
  }

  #spoilt(frame: Uint8Array): Uint8Array {
    switch (this.fault.picture) {
      case 'truncated':
        return frame.subarray(0, frame.length / 2);
      case 'headless':
        return frame.subarray(0, 10);
      case 'too-many-lines':
        return claimingLines(frame, HEIGHT + 10);
      case 'lost-once':
        this.fault.picture = 'whole';
        this.#say('pictureLost');
        return new Uint8Array();
      case 'lost':
        this.#say('pictureLost');
        return new Uint8Array();
      default:
        return frame;
    }
  }
}

/** Any key does, as long as each number has its own. */
function keyOf(number: number): number {
  return (0x2545f491 * (2 * number + 1) + 0x0f0f) >>> 0;
}
