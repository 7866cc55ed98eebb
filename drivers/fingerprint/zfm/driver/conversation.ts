import { DeadlineError, withDeadline } from '#drivers/kit/async.ts';
import type { ByteLink } from '#drivers/kit/byte-link.ts';
import type { Clock } from '#kit/clock.ts';
import type { Log } from '#kit/log.ts';
import type { Frame } from '../protocol/frame.ts';
import { type Answer, answerTo, buildCommand, type Instruction, instructions } from '../protocol/instructions.ts';
import { noAnswer, unreachable } from './faults.ts';
import { type Arrival, BETWEEN_BYTES_MS, Inbox } from './inbox.ts';

/** Which module is spoken to, over what. */
export interface Line {
  link: ByteLink;
  baudRate: number;
  address: number;
  clock: Clock;
  log: Log;
}

/** How long a module may think before the first packet: as long as before any answer. */
const FIRST_PACKET_MS = instructions.sendImage.replyWithinMs;

/**
 * Question and answer with one module. A reply carries no number, so one that comes late looks like the answer to the
 * question after it: what lies unread, what another address says and what cannot be an answer is dropped and counted as a
 * stray, and whoever acts on an answer asks `inStep()` afterwards. One user at a time; the module's lock sees to it.
 * Everything rejects `fingerprint-scanner/no-answer` after silence, damage and deadline, `.../unreachable` without a link.
 */
export class Conversation {
  readonly line: Line;
  readonly #inbox: Inbox;
  #strays = 0;

  constructor(line: Line) {
    this.line = line;
    this.#inbox = new Inbox(line.link, line.clock);
  }

  ask(
    instruction: Instruction,
    parameters: readonly number[] = [],
    withinMs: number = instruction.replyWithinMs,
  ): Promise<Answer> {
    return this.#within(instruction.name, withinMs, async (signal) => {
      for (const arrival of this.#inbox.takeAll()) this.#stray(arrival);
      await this.#send(buildCommand(instruction, parameters, this.line.address), signal);
      const answer = await this.#answerTo(instruction, withinMs, signal);
      const { confirmation } = answer;
      this.line.log.debug({ device: 'fingerprint-scanner', asked: instruction.name, confirmation }, 'exchange');
      return answer;
    });
  }

  /**
   * Whether the answer before is to be believed: asks what only one question is answered, and is in step where nothing
   * else came before it.
   */
  async inStep(): Promise<boolean> {
    const before = this.#strays;
    const { confirmation } = await this.ask(instructions.countTemplates);
    const isOwn = confirmation === 'done' || confirmation === 'locked'; // without the password that is its answer too
    return isOwn && this.#strays === before;
  }

  /** The packets that follow an answer, as one; each may be of any size, all together must be of this one. */
  receive(bytes: number, withinMs: number, onPart: (part: number) => void): Promise<Uint8Array> {
    return this.#within('the picture', withinMs, async (signal) => {
      const all = new Uint8Array(bytes);
      let at = 0;
      for (let isLast = false; !isLast; ) {
        const { packet, content } = await this.#packet(at === 0 ? FIRST_PACKET_MS : BETWEEN_BYTES_MS, signal);
        isLast = packet === 'lastData';
        if (at + content.length > bytes) throw noAnswer(`more than the ${bytes} bytes of a picture`);
        all.set(content, at);
        at += content.length;
        onPart(at / bytes);
      }
      if (at < bytes) throw noAnswer(`${at} bytes instead of the ${bytes} of a picture`);
      return all;
    });
  }

  /** Resolves when the module has stopped talking: only then may it be asked again. */
  async untilQuiet(withinMs: number): Promise<void> {
    await this.#within('quiet', withinMs, (signal) => this.#inbox.untilQuiet(BETWEEN_BYTES_MS, signal));
  }

  async #send(bytes: Uint8Array, signal: AbortSignal): Promise<void> {
    try {
      await this.line.link.write(bytes, { signal });
    } catch (cause) {
      throw signal.aborted ? cause : unreachable('the link takes no more bytes', cause);
    }
  }

  async #answerTo(instruction: Instruction, withinMs: number, signal: AbortSignal): Promise<Answer> {
    for (;;) {
      const arrival = await this.#inbox.next(instruction.name, withinMs, signal);
      const frame = this.#own(arrival);
      const answer = frame?.packet === 'reply' ? answerTo(instruction, frame.content) : undefined;
      if (answer) return answer;
      this.#stray(arrival);
    }
  }

  async #packet(beginsWithinMs: number, signal: AbortSignal): Promise<Frame> {
    for (;;) {
      const arrival = await this.#inbox.next('a picture', beginsWithinMs, signal);
      const frame = this.#own(arrival);
      if (frame?.packet === 'data' || frame?.packet === 'lastData') return frame;
      this.#stray(arrival);
      if (frame) throw noAnswer(`a ${frame.packet} in the middle of a picture`);
    }
  }

  /** The frame where it is of this module; damage ends the exchange, another module's words are none of ours. */
  #own(arrival: Arrival): Frame | undefined {
    if (arrival.found === 'damaged') throw noAnswer('a frame with a wrong checksum');
    return this.#isOwn(arrival.frame) ? arrival.frame : undefined;
  }

  /** Counts what may have been an answer: a whole one of this module, or what is left of one. */
  #stray(arrival: Arrival): void {
    const isAnswer = arrival.found === 'damaged' || (this.#isOwn(arrival.frame) && arrival.frame.packet === 'reply');
    if (isAnswer) this.#strays += 1;
    this.line.log.debug({ device: 'fingerprint-scanner', found: arrival.found }, 'it answers nothing that was asked');
  }

  #isOwn = (frame: Frame) => frame.address === this.line.address;

  async #within<T>(what: string, ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    try {
      return await withDeadline(this.line.clock, ms, undefined, work);
    } catch (cause) {
      throw cause instanceof DeadlineError ? noAnswer(`${what}: ${cause.message}`, cause) : cause;
    }
  }
}
