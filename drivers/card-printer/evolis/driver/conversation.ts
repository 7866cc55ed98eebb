import type { ProblemCode } from '#contract/problems/codes.ts';
import { DeadlineError, withDeadline } from '#drivers/kit/async.ts';
import type { ByteLink } from '#drivers/kit/byte-link.ts';
import { DeviceError } from '#drivers/kit/device-error.ts';
import type { Clock } from '#kit/clock.ts';
import type { Log } from '#kit/log.ts';
import { type Command, commands, panelReplyWithinMs } from '../protocol/commands.ts';
import { frameCommand } from '../protocol/framing.ts';
import type { PanelDownload } from '../protocol/panel-downloads.ts';
import { problemIn } from '../protocol/problem-texts.ts';
import { parseSerial, readAnswer } from '../protocol/replies.ts';
import { Inbox } from './inbox.ts';
import type { Timing } from './timing.ts';

const TRIES = 3;

/**
 * Question and answer with one printer: exactly one reply per command, read before the next is sent (card-printer.md 1.2).
 * A reply that is late, lost or stale moves every later one by a place, so after any doubt the serial number is asked:
 * no other question has that answer. One user at a time; the printer's lock sees to it.
 */
export class Conversation {
  readonly clock: Clock;
  readonly timing: Timing;
  readonly log: Log;
  readonly link: ByteLink;
  readonly #inbox: Inbox;
  #serial: string | undefined;
  #inStep = true;
  #strayReplies = 0;

  constructor(link: ByteLink, ports: { clock: Clock; timing: Timing; log: Log }) {
    this.link = link;
    this.clock = ports.clock;
    this.timing = ports.timing;
    this.log = ports.log;
    this.#inbox = new Inbox(link, (bytes) => this.#stray(`${bytes} bytes without an end`));
  }

  get serial(): string | undefined {
    return this.#serial;
  }

  /** Replies that answered nothing, so far. Two equal readings: nothing stray came between them. */
  get strayReplies(): number {
    return this.#strayReplies;
  }

  /** Marks that question and answer may have come apart: the serial number is asked before anything else. */
  outOfStep(): void {
    this.#inStep = false;
  }

  /** Sends one command and resolves with whatever comes next. Rejects with `card-printer/unreachable` after the row's deadline. */
  ask(command: Command, signal: AbortSignal): Promise<string> {
    return this.#exchange(frameCommand(command.text), command, signal);
  }

  /** Hands a panel to the printer; resolves when it was accepted, which may take as long as the panel before it prints. */
  async download({ panel, bytes }: PanelDownload, signal: AbortSignal): Promise<void> {
    const command = { text: `panel ${panel}`, replyWithinMs: panelReplyWithinMs, kind: 'ink' } as const;
    this.#expectOk(command, await this.#exchange(bytes, command, signal));
  }

  /** Sends a command that answers `OK`. What only sets something is repeated after a doubtful reply; what moves never is. */
  async order(command: Command, signal: AbortSignal): Promise<void> {
    const send = async () => this.#expectOk(command, await this.ask(command, signal));
    if (command.kind === 'set') return this.persist(send, signal);
    if (!this.#inStep) await this.synchronise(signal);
    await send();
  }

  /** Asks until `parse` understands the reply. An error text rejects with its code; what only sounds wrong is asked again. */
  read<T>(command: Command, parse: (reply: string) => T | undefined, signal: AbortSignal): Promise<T> {
    return this.persist(async () => {
      const reply = await this.ask(command, signal);
      const value = parse(reply);
      if (value !== undefined) return value;
      throw this.#refusal(command, reply);
    }, signal);
  }

  /** Runs `work` up to three times, in step each time, while what it gets is silence or an answer to something else. */
  async persist<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      if (!this.#inStep) await this.synchronise(signal);
      try {
        return await work();
      } catch (error) {
        if (attempt === TRIES || this.#inStep) throw error; // in step: the printer has said no
        await this.clock.sleep(this.timing.beforeRetryMs, signal);
      }
    }
  }

  /** Asks for the serial number until it comes; resolves with the stray replies that lay before it. */
  async synchronise(signal: AbortSignal, withinMs: number = commands.serial.replyWithinMs): Promise<string[]> {
    const strays: string[] = [];
    for (let attempt = 1; ; attempt += 1) {
      try {
        strays.push(...(await this.#askSerial(signal, withinMs)));
        return strays;
      } catch (error) {
        const silent = error instanceof DeviceError && error.code === 'card-printer/unreachable';
        if (!silent || attempt === TRIES) throw error;
      }
    }
  }

  async #askSerial(signal: AbortSignal, withinMs: number): Promise<string[]> {
    const strays: string[] = [];
    await this.#deadline(commands.serial.text, withinMs, signal, async (cut) => {
      strays.push(...this.#dropUnread());
      await this.link.write(frameCommand(commands.serial.text), { signal: cut });
      for (let reply = await this.#inbox.next(cut); !this.#isSerial(reply); reply = await this.#inbox.next(cut)) {
        strays.push(this.#stray(reply));
      }
    });
    this.#inStep = true;
    return strays;
  }

  /** Whether the printer answers at all within `withinMs`: the question is sent once, since it may be swallowed as pixels. */
  async answers(withinMs: number, signal: AbortSignal): Promise<boolean> {
    try {
      await this.#askSerial(signal, withinMs);
      return true;
    } catch (error) {
      if (error instanceof DeviceError && error.code === 'card-printer/unreachable') return false;
      throw error;
    }
  }

  /** Until a serial number is known, any text that answers nothing else is taken for one. */
  #isSerial(reply: string): boolean {
    if (this.#serial === undefined) return parseSerial(reply) !== undefined;
    return reply === this.#serial;
  }

  /**
   * Learns the serial number: the same text twice, and not what the firmware question gets, so that a reply left over from
   * an earlier life of this program is not believed. Rejects with `card-printer/unreachable` where nobody answers.
   */
  async meet(signal: AbortSignal): Promise<string> {
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      this.#serial = undefined;
      const first = await this.hear(commands.serial, signal);
      const second = await this.hear(commands.serial, signal);
      const serial = first === second ? parseSerial(first ?? '') : undefined;
      const other = await this.hear(commands.firmware, signal);
      if (serial !== undefined && other !== undefined && other !== serial) {
        this.#serial = serial;
        this.#inStep = false;
        await this.synchronise(signal);
        return serial;
      }
      await this.clock.sleep(this.timing.beforeRetryMs, signal);
    }
    throw new DeviceError('card-printer/unreachable', 'the printer does not give its serial number');
  }

  /** One reply, or undefined where none comes. */
  async hear(command: Command, signal: AbortSignal): Promise<string | undefined> {
    try {
      return await this.ask(command, signal);
    } catch (error) {
      if (error instanceof DeviceError && error.code === 'card-printer/unreachable') return undefined;
      throw error;
    }
  }

  #exchange(bytes: Uint8Array, command: Command, signal: AbortSignal): Promise<string> {
    this.#inStep = false;
    return this.#deadline(command.text, command.replyWithinMs, signal, async (cut) => {
      this.#dropUnread();
      await this.link.write(bytes, { signal: cut });
      const reply = await this.#replyTo(command, cut);
      this.#inStep = true;
      this.log.debug({ device: 'card-printer', sent: command.text, reply }, 'exchange');
      return reply;
    });
  }

  /** The serial number answers one question only: in reply to any other it is late. */
  async #replyTo(command: Command, cut: AbortSignal): Promise<string> {
    for (;;) {
      const reply = await this.#inbox.next(cut);
      if (reply !== this.#serial || command.text === commands.serial.text) return reply;
      this.#stray(reply);
    }
  }

  async #deadline<T>(
    text: string,
    ms: number,
    signal: AbortSignal,
    work: (cut: AbortSignal) => Promise<T>,
  ): Promise<T> {
    try {
      return await withDeadline(this.clock, ms, signal, work);
    } catch (cause) {
      if (!(cause instanceof DeadlineError)) throw cause;
      throw new DeviceError('card-printer/unreachable', `no reply to ${text} within ${ms} ms`, { cause });
    }
  }

  #expectOk(command: Command, reply: string): void {
    if (readAnswer(reply).is !== 'ok') throw this.#refusal(command, reply);
  }

  #refusal(command: Command, reply: string): DeviceError {
    const code: ProblemCode | undefined = problemIn(reply);
    if (code === undefined) this.#inStep = false;
    return new DeviceError(code ?? 'device/protocol', `${command.text} was answered "${reply}"`);
  }

  #dropUnread(): string[] {
    return this.#inbox.takeAll().map((reply) => this.#stray(reply));
  }

  #stray(reply: string): string {
    this.#strayReplies += 1;
    this.log.debug({ device: 'card-printer', reply }, 'a reply that answers nothing');
    return reply;
  }
}
