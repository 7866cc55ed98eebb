import { Lock, untilAborted } from '#drivers/kit/async.ts';
import type { CaptureBackend } from '../../capture.ts';
import type { GreyImage } from '../../grey-image.ts';
import type { Confirmation } from '../protocol/confirmations.ts';
import { type Answer, instructions } from '../protocol/instructions.ts';
import { packedBytes, transferMs, unpackPixels, wireBytes } from '../protocol/picture.ts';
import type { Conversation } from './conversation.ts';
import { expectAnswer, hardware } from './faults.ts';
import { persist } from './greeting.ts';
import { Ring } from './ring.ts';

/** One module that has been met: what it is, and how it is asked. */
export interface Met {
  talk: Conversation;
  password: number;
  widthPx: number;
  heightPx: number;
  dpi: number;
  chunkBytes: number;
  hasRing: boolean;
}

/** GenImg answers at once where the glass is empty; this leaves the sensor some rest between two looks. */
const LOOK_EVERY_MS = 100;
const PROGRESS_STEPS = 20;
/** A wet finger may fail a look or two; what fails for seconds on end is the sensor. */
const FAILED_LOOKS = 20;

/**
 * Looks for a finger and fetches its picture, one exchange at a time and each to its end: there is no way to stop a module
 * that speaks.
 */
export class ZfmModule implements CaptureBackend {
  readonly #met: Met;
  readonly #lock = new Lock();
  readonly #ring: Ring;
  #isBusy = false;

  constructor(met: Met) {
    this.#met = met;
    this.#ring = new Ring(met.talk, this.#lock, met.hasRing);
  }

  async untilTouched(signal: AbortSignal): Promise<void> {
    void this.#ring.shine('waiting');
    await this.#untilSeen('done', signal);
  }

  async readImage(tell: (part: number) => void, signal: AbortSignal): Promise<GreyImage> {
    const { widthPx, heightPx, dpi } = this.#met;
    const fetching = this.#inTurn(() => this.#fetch(tell));
    const packed = await untilAborted(fetching, signal);
    void this.#ring.shine('done');
    return { widthPx, heightPx, dpi, pixels: unpackPixels(packed) };
  }

  async untilLifted(signal: AbortSignal): Promise<void> {
    await this.#untilSeen('noFinger', signal);
    void this.#ring.shine('off');
  }

  /** Leaves the ring dark, unless that would mean to wait for a picture. */
  async close(): Promise<void> {
    if (!this.#isBusy) await this.#ring.shine('off');
    await this.#met.talk.line.link[Symbol.asyncDispose]();
  }

  async #untilSeen(wanted: 'done' | 'noFinger', signal: AbortSignal): Promise<void> {
    try {
      for (let failed = 0; ; ) {
        const seen = await this.#inTurn(() => this.#look(wanted));
        if (seen === wanted) return;
        failed = seen === 'captureFailed' ? failed + 1 : 0;
        if (failed === FAILED_LOOKS) throw hardware(`GenImg failed ${FAILED_LOOKS} times in a row`);
        await this.#met.talk.line.clock.sleep(LOOK_EVERY_MS, signal);
      }
    } catch (error) {
      void this.#ring.shine('off');
      throw error;
    }
  }

  /** What ends a wait is believed only where the next question gets its own answer: it may be of an earlier look. */
  async #look(wanted: 'done' | 'noFinger'): Promise<Confirmation | 'unsure'> {
    const { talk } = this.#met;
    const answer = await talk.ask(instructions.capture);
    const { confirmation } = expectAnswer('GenImg', answer, 'done', 'noFinger', 'captureFailed');
    return confirmation !== wanted || (await talk.inStep()) ? confirmation : 'unsure';
  }

  async #fetch(tell: (part: number) => void): Promise<Uint8Array> {
    const { talk, chunkBytes } = this.#met;
    const bytes = packedBytes(this.#met);
    const withinMs = 1.5 * transferMs(wireBytes(bytes, chunkBytes), talk.line.baudRate) + 1_000; // sheet 1.6
    expectAnswer('UpImage', await this.#askForImage(), 'done');
    return talk.receive(bytes, withinMs, inSteps(tell));
  }

  /** A module that lost its power in between has lost the picture; the finger may lie there still. */
  async #askForImage(): Promise<Answer> {
    const { talk } = this.#met;
    const answer = await talk.ask(instructions.sendImage);
    const isGone = answer.confirmation === 'imageNotSent' && (await this.#look('done')) === 'done';
    return isGone ? talk.ask(instructions.sendImage) : answer;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const { talk, password } = this.#met;
    return this.#lock.run(async () => {
      this.#isBusy = true;
      try {
        return await persist(talk, password, work);
      } finally {
        this.#isBusy = false;
      }
    });
  }
}

/** A picture has 288 packets: so many steps are news to nobody. */
function inSteps(tell: (part: number) => void): (part: number) => void {
  let next = 0;
  return (part) => {
    if (part < next) return;
    next += 1 / PROGRESS_STEPS;
    tell(part);
  };
}
