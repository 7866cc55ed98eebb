import type { Lock } from '#drivers/kit/async.ts';
import { instructions } from '../protocol/instructions.ts';
import type { Conversation } from './conversation.ts';

const [BREATHE, ON, OFF] = [1, 3, 4];
const [BLUE, GREEN] = [2, 4];
const SPEED = 0x80;
const FOR_EVER = 0;

/**
 * What the ring of an R503 says, as parameters of AuraLedConfig: control, speed, colour, count. (Sheet 1.3) Not verified:
 * green is a colour of newer firmware only; an older one refuses it and stays blue.
 */
const lights = {
  waiting: [BREATHE, SPEED, BLUE, FOR_EVER],
  done: [ON, SPEED, GREEN, FOR_EVER],
  off: [OFF, SPEED, BLUE, FOR_EVER],
} as const satisfies Record<string, readonly number[]>;
type Light = keyof typeof lights;

/** So many times in a row without an answer, and there is no ring. */
const UNLIT_TRIES = 2;

/** The ring of light, where there is one. It is for people: nothing that goes wrong with it is a fault. */
export class Ring {
  readonly #talk: Conversation;
  readonly #lock: Lock;
  #triesLeft: number;

  constructor(talk: Conversation, lock: Lock, isThere: boolean) {
    this.#talk = talk;
    this.#lock = lock;
    this.#triesLeft = isThere ? UNLIT_TRIES : 0;
  }

  /** Never rejects: a module that is gone shows in the next question. */
  async shine(light: Light): Promise<void> {
    if (this.#triesLeft === 0) return;
    try {
      await this.#lock.run(() => this.#talk.ask(instructions.light, lights[light]));
      this.#triesLeft = UNLIT_TRIES;
    } catch {
      this.#triesLeft -= 1;
    }
  }
}
