import { askStatus } from './protocol/commands.ts';
import type { Reply } from './protocol/scan-reply.ts';
import { type Flag, type RealTimeQuestion, realTimeFlags } from './protocol/status-bits.ts';
import type { Wire } from './wire.ts';

/** Question 4 first: clones answer it, whatever else they know. (Sheet B.2, traps) */
const order: readonly RealTimeQuestion[] = [4, 1, 2, 3];

const LATE_WITHIN_MS = 250;

const realTime = (reply: Reply) => (reply.kind === 'real-time' ? reply.byte : undefined);

/** The round of status questions on one link. It learns which of them this printer does not know. */
export class Questions {
  readonly #wire: Wire;
  readonly #answerWithinMs: number;
  readonly #answered = new Set<RealTimeQuestion>();
  readonly #unknownToIt = new Set<RealTimeQuestion>();
  /** A question was asked, and given up or aborted: its answer must not be taken for the next one's. */
  #answerMayBeLate = false;

  constructor(wire: Wire, answerWithinMs: number) {
    this.#wire = wire;
    this.#answerWithinMs = answerWithinMs;
  }

  /** Whether this printer answers everything: otherwise its automatic status has to fill the gaps. */
  get complete(): boolean {
    return this.#unknownToIt.size === 0;
  }

  /** Asks everything, one after the other. `undefined` where the printer is silent. */
  async round(signal: AbortSignal): Promise<Set<Flag> | undefined> {
    const flags = new Set<Flag>();
    if (this.#answerMayBeLate) await this.#letLateAnswersPass(signal);
    for (const question of order) {
      if (this.#unknownToIt.has(question)) continue;
      this.#answerMayBeLate = true;
      const byte = await this.#wire.ask(askStatus(question), realTime, this.#answerWithinMs, signal);
      if (byte !== undefined) {
        this.#answerMayBeLate = false;
        this.#answered.add(question);
        for (const flag of realTimeFlags(question, byte)) flags.add(flag);
      } else if (await this.#silenceIsFinal(question, signal)) return undefined;
    }
    return flags;
  }

  /** A question it answered before, or the one that every printer answers: it is away. Any other is unknown to it. */
  async #silenceIsFinal(question: RealTimeQuestion, signal: AbortSignal): Promise<boolean> {
    if (question === 4 || this.#answered.has(question)) return true;
    const wasOnlyLate = await this.#letLateAnswersPass(signal);
    if (!wasOnlyLate) this.#unknownToIt.add(question);
    return false;
  }

  async #letLateAnswersPass(signal: AbortSignal): Promise<boolean> {
    let came = false;
    while ((await this.#wire.next(realTime, LATE_WITHIN_MS, signal)) !== undefined) came = true;
    this.#answerMayBeLate = false;
    return came;
  }
}
