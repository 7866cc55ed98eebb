import { isDeviceError, type ProblemCode } from '#contract/problems/codes.ts';
import { Lock, Remembered } from '#drivers/kit/async.ts';
import type { ByteLink } from '#drivers/kit/byte-link.ts';
import { DeviceError } from '#drivers/kit/device-error.ts';
import type { Clock } from '#kit/clock.ts';
import type { PaperLine, ReceiptPrinter, ReceiptPrinterStatus } from '../receipt-printer.ts';
import { awaitCompletion, type Completion } from './completion.ts';
import { type Condition, inWords, problemOf, statusOf, waitsToBeTold } from './condition.ts';
import { encodePaper, type PaperFormat, type PrinterModel } from './encode.ts';
import * as commands from './protocol/commands.ts';
import { automaticFlags } from './protocol/status-bits.ts';
import { Questions } from './questions.ts';
import { recover } from './recovery.ts';
import { unreachable, Wire } from './wire.ts';

export interface EscPosOptions {
  columns: 32 | 42 | 44 | 48;
  /** A model the encoder knows, for example `epson-tm-t20iii`. */
  model?: PrinterModel;
  codepage?: 'cp858' | 'cp437';
  /** `job-id`: GS ( H, where the manual of the model has it. `in-order`: GS r 1, which nearly every printer knows. */
  completion?: Completion;
  /** Whether this printer has the optional near-end sensor; without one it says "enough paper" until there is none. */
  nearEndSensor?: boolean;
  /** How often an idle printer is asked how it is. Changes usually come earlier, pushed by the printer. */
  pollMs?: number;
  answerWithinMs?: number;
  /** From the last byte of a paper to the word that it is out. */
  printWithinMs?: number;
}

type Settings = Required<Omit<EscPosOptions, 'model'>> & Pick<EscPosOptions, 'model'>;

const defaults: Omit<Settings, 'columns' | 'model'> = {
  codepage: 'cp858',
  completion: 'in-order',
  nearEndSensor: false,
  pollMs: 5_000,
  answerWithinMs: 500,
  printWithinMs: 20_000,
};

/** 8 KiB take 8.5 s at 9,600 baud. */
const WRITE_WITHIN_MS = 12_000;
const TRY_AGAIN_MS = 60_000;

/**
 * Opens an ESC/POS printer and takes over `link`, also when it fails. Rejects `receipt-printer/unreachable` where nobody
 * answers; a printer that answers with a fault (no paper, cover open) is open, with that fault as its status.
 */
export async function openEscPos(ports: {
  link: ByteLink;
  clock: Clock;
  options: EscPosOptions;
  signal?: AbortSignal;
}): Promise<ReceiptPrinter> {
  const printer = new EscPosPrinter(ports.link, ports.clock, { ...defaults, ...ports.options });
  try {
    await printer.open(ports.signal ?? new AbortController().signal);
    return printer;
  } catch (error) {
    await printer[Symbol.asyncDispose]();
    throw error;
  }
}

class EscPosPrinter implements ReceiptPrinter {
  readonly #clock: Clock;
  readonly #options: Settings;
  readonly #wire: Wire;
  readonly #questions: Questions;
  readonly #lock = new Lock();
  readonly #asking = new Lock();
  readonly #disposed = new AbortController();
  readonly #condition = new Remembered<Condition>(new Set());
  readonly #status: Remembered<ReceiptPrinterStatus>;
  /** What automatic status last said; fills in for questions that this printer does not know. */
  #pushed: Condition = new Set();
  #pushes = 0;
  /** Whether a job may be half sent or half printed: so also at the start, for the job of a life before this one. */
  #mayBeHalfDone = true;
  #printing = false;
  /** A fault that status bytes do not show: it answers, but what was sent does not come out. */
  #stuck: ProblemCode | undefined;
  #tryAgainAtMs = 0;
  #jobNo = 0;

  constructor(link: ByteLink, clock: Clock, options: Settings) {
    this.#clock = clock;
    this.#options = options;
    this.#status = new Remembered<ReceiptPrinterStatus>({ state: 'away', sinceMs: clock.monotonicMs() });
    this.#wire = new Wire(link, clock, (bytes) => this.#heardUnasked(new Set(automaticFlags(bytes))));
    this.#questions = new Questions(this.#wire, options.answerWithinMs);
    this.#wire.ended.addEventListener('abort', () => this.#away(), { once: true });
  }

  get columns() {
    return this.#options.columns;
  }

  get status() {
    return this.#status.value;
  }

  statuses(signal: AbortSignal) {
    return this.#status.changes(AbortSignal.any([signal, this.#disposed.signal]));
  }

  async open(signal: AbortSignal): Promise<void> {
    if (!(await this.#refresh(signal))) throw unreachable('no answer to DLE EOT 4');
    void this.#watchOver();
  }

  async print(paper: readonly PaperLine[], { signal }: { signal: AbortSignal }): Promise<void> {
    const { columns, codepage, model } = this.#options;
    const format: PaperFormat = { columns, codepage, ...(model && { model }) };
    const job = encodePaper(paper, format, commands.reportByYourself);
    await this.#lock.run(() => this.#printOne(job, signal));
  }

  async #printOne(job: Uint8Array, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.#tryAgainAtMs = this.#clock.monotonicMs(); // somebody waits for this paper
    if (!(await this.#refresh(signal))) throw unreachable('no answer before printing');
    this.#refuseIfFaulty('before printing');
    this.#setPrinting(true);
    try {
      this.#mayBeHalfDone = true;
      await this.#wire.write(job, WRITE_WITHIN_MS, signal);
      await this.#completion(signal);
      this.#mayBeHalfDone = false;
    } catch (error) {
      this.#tryAgainAtMs = this.#clock.monotonicMs() + TRY_AGAIN_MS;
      if (isDeviceError(error) && error.code === 'receipt-printer/unreachable') this.#away();
      throw error;
    } finally {
      this.#setPrinting(false);
    }
  }

  async #completion(signal: AbortSignal): Promise<void> {
    this.#jobNo += 1;
    await awaitCompletion(
      {
        wire: this.#wire,
        clock: this.#clock,
        ask: () => this.#askHowItIs(signal),
        condition: this.#condition,
        kind: this.#options.completion,
        jobId: commands.jobIdOf(this.#jobNo),
        withinMs: this.#options.printWithinMs,
      },
      signal,
    );
    // A roll that ended with this paper may have ended inside it: only a printer that is still well has printed it.
    await this.#askHowItIs(signal);
    this.#refuseIfFaulty('as the paper was finished');
  }

  #refuseIfFaulty(when: string): void {
    const problem = problemOf(this.#condition.value) ?? this.#stuck;
    if (problem) throw new DeviceError(problem, `${when}: ${inWords(this.#condition.value)}`);
  }

  /** Asks how it is, and clears away what an earlier job left behind. False where the printer is silent. */
  async #refresh(signal: AbortSignal): Promise<boolean> {
    if (!(await this.#askHowItIs(signal))) {
      this.#mayBeHalfDone = true; // it may have been switched off: then it has forgotten its settings too
      this.#away();
      return false;
    }
    if (waitsToBeTold(this.#condition.value)) await this.#tellToTryAgain(signal);
    if (this.#mayBeHalfDone && !problemOf(this.#condition.value)) await this.#recover(signal);
    this.#publish();
    return true;
  }

  /** One round at a time, so that each answer finds its question. */
  #askHowItIs(signal: AbortSignal): Promise<boolean> {
    return this.#asking.run(async () => {
      const pushesBefore = this.#pushes;
      const flags = await this.#questions.round(signal);
      if (flags && this.#pushes === pushesBefore) {
        this.#heard(this.#questions.complete ? flags : new Set([...flags, ...this.#pushed]));
      }
      return flags !== undefined; // what was pushed during the round is newer than its first answers, and stands
    });
  }

  /** Seldom while idle: each time moves the cutter, and a fault that lasts shall be seen to last. */
  async #tellToTryAgain(signal: AbortSignal): Promise<void> {
    const nowMs = this.#clock.monotonicMs();
    if (nowMs < this.#tryAgainAtMs) return;
    this.#tryAgainAtMs = nowMs + TRY_AGAIN_MS;
    await this.#wire.write(commands.dropWaitingData, this.#options.answerWithinMs, signal);
    await this.#askHowItIs(signal);
  }

  async #recover(signal: AbortSignal): Promise<void> {
    const recovered = await recover(this.#wire, signal);
    this.#stuck = recovered ? undefined : 'receipt-printer/hardware';
    this.#mayBeHalfDone = !recovered;
  }

  async #watchOver(): Promise<void> {
    const { signal } = this.#disposed;
    try {
      for (;;) {
        await this.#clock.sleep(this.#options.pollMs, AbortSignal.any([signal, this.#wire.ended]));
        await this.#lock.run(() => this.#refresh(signal));
      }
    } catch {
      return; // disposed, or the link ended: its status says so
    }
  }

  #heardUnasked(condition: Condition): void {
    this.#pushes += 1;
    this.#pushed = condition;
    this.#heard(condition);
    this.#publish();
  }

  #heard(condition: Condition): void {
    this.#condition.set(condition);
    if (this.#status.value.state !== 'away') this.#publish();
  }

  #setPrinting(printing: boolean): void {
    this.#printing = printing;
    if (this.#status.value.state !== 'away') this.#publish();
  }

  #publish(): void {
    if (this.#wire.ended.aborted) return;
    const now = statusOf(this.#condition.value, this.#options.nearEndSensor);
    if (this.#printing) this.#set({ state: 'busy' });
    else if (this.#stuck && now.state === 'ready') this.#set({ state: 'needs-attention', problem: this.#stuck });
    else this.#set(now);
  }

  #away(): void {
    if (this.#status.value.state !== 'away') this.#set({ state: 'away', sinceMs: this.#clock.monotonicMs() });
  }

  #set(status: ReceiptPrinterStatus): void {
    if (JSON.stringify(status) !== JSON.stringify(this.#status.value)) this.#status.set(status);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed.abort(unreachable('closed here'));
    await this.#wire[Symbol.asyncDispose]();
  }
}
