import { Lock, Remembered } from '#drivers/kit/async.ts';
import { DeviceError } from '#drivers/kit/device-error.ts';
import type {
  CardFace,
  CardPlace,
  CardPrinter,
  CardPrinterCapabilities,
  CardPrinterReadiness,
  CardPrinterStatus,
  CardPrinterWitness,
  FenceFindings,
} from '../../card-printer.ts';
import type { Conversation } from './conversation.ts';
import { feedCard } from './feed.ts';
import { fencePrinter } from './fence.ts';
import { assertSamePower, inspect, readRibbon, testify } from './inspect.ts';
import { presentCard, rejectCard, retractCard } from './moves.ts';
import { printFace } from './print.ts';
import { look, placeOf } from './sighting.ts';
import { withPlaceOpen } from './suspect.ts';

type Doing = Extract<CardPrinterStatus, { state: 'busy' }>['doing'];

/** Whether what the printer did before this conversation is over for certain. */
export type Past = 'fenced' | 'unfenced';

/** The promise of `card-printer.ts`, kept by turning each step into its conversation, one at a time. */
export class EvolisPrinter implements CardPrinter {
  readonly capabilities: CardPrinterCapabilities = {
    holdsAtExit: true,
    retracts: true,
    rejects: true,
    reportsPosition: true,
    countsRibbon: true,
  };
  readonly #talk: Conversation;
  readonly #lock = new Lock();
  readonly #status: Remembered<CardPrinterStatus>;
  #past: Past | 'ended';
  #ribbonPrintsLeft: number | 'unknown';

  constructor(talk: Conversation, past: Past, ribbonPrintsLeft: number | 'unknown') {
    this.#talk = talk;
    this.#past = past;
    this.#ribbonPrintsLeft = ribbonPrintsLeft;
    this.#status = new Remembered(past === 'fenced' ? this.#ready() : { state: 'busy', doing: 'recover' });
    void talk.link.closed.then(() => this.#end());
  }

  get status(): CardPrinterStatus {
    return this.#status.value;
  }

  statuses(signal: AbortSignal): AsyncIterable<CardPrinterStatus> {
    return this.#status.changes(signal);
  }

  check({ signal }: { signal: AbortSignal }): Promise<CardPrinterReadiness> {
    return this.#step(signal, async () => {
      const { readiness, refusal: problem } = await inspect(this.#talk, signal);
      this.#ribbonPrintsLeft = readiness.ribbonPrintsLeft;
      this.#say(problem ? { state: 'needs-attention', problem } : this.#ready());
      return readiness;
    });
  }

  witness({ signal }: { signal: AbortSignal }): Promise<CardPrinterWitness> {
    return this.#step(signal, () => testify(this.#talk, signal));
  }

  locate({ signal }: { signal: AbortSignal }): Promise<CardPlace> {
    return this.#step(signal, async () => {
      const place = placeOf(await look(this.#talk, signal));
      await assertSamePower(this.#talk, signal); // a link may outlive the printer's power
      return place;
    });
  }

  feed({ signal }: { signal: AbortSignal }): Promise<void> {
    return this.#doing('feed', signal, () => feedCard(this.#talk, signal));
  }

  print(face: CardFace, given: { signal: AbortSignal; onProgress?: (fraction: number) => void }): Promise<void> {
    const { signal, onProgress = () => undefined } = given;
    return this.#doing('print', signal, async () => {
      await printFace(this.#talk, face, signal, onProgress);
      await this.#countRibbon(signal);
    });
  }

  present({ signal }: { signal: AbortSignal }): Promise<void> {
    return this.#doing('present', signal, () => withPlaceOpen('presenting', () => presentCard(this.#talk, signal)));
  }

  retract({ signal }: { signal: AbortSignal }): Promise<void> {
    return this.#doing('retract', signal, () => withPlaceOpen('retracting', () => retractCard(this.#talk, signal)));
  }

  reject({ signal }: { signal: AbortSignal }): Promise<void> {
    return this.#doing('reject', signal, () => withPlaceOpen('rejecting', () => rejectCard(this.#talk, signal)));
  }

  fence(step: Parameters<CardPrinter['fence']>[0]): Promise<FenceFindings> {
    const { signal } = step;
    return this.#locked(signal, () =>
      this.#saying('recover', async () => {
        const found = await fencePrinter(this.#talk, step, signal);
        if (this.#past === 'unfenced') this.#past = 'fenced';
        await this.#countRibbon(signal);
        return found;
      }),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#talk.link[Symbol.asyncDispose]();
    this.#end();
  }

  #doing(doing: Doing, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
    return this.#step(signal, () => this.#saying(doing, work));
  }

  #step<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    return this.#locked(signal, () => {
      if (this.#past !== 'unfenced') return work();
      throw new DeviceError('card-printer/outcome-unknown', 'the printer was not fenced yet');
    });
  }

  /** One step at a time. A signal that aborted while waiting for the turn rejects with its reason: nothing was sent. */
  #locked<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    return this.#lock.run(async () => {
      signal.throwIfAborted();
      if (this.#past === 'ended') throw new DeviceError('link/lost', 'the link to the printer has ended');
      return work();
    });
  }

  async #saying<T>(doing: Doing, work: () => Promise<T>): Promise<T> {
    const before = this.status;
    this.#say({ state: 'busy', doing });
    try {
      const done = await work();
      this.#say(this.#ready());
      return done;
    } catch (error) {
      this.#say(error instanceof DeviceError ? { state: 'needs-attention', problem: error.code } : before);
      this.#talk.log.warn({ device: 'card-printer', step: doing, error: String(error) }, 'a step failed');
      throw error;
    }
  }

  /** For the status only: the step before it is done, whatever this says. */
  async #countRibbon(signal: AbortSignal): Promise<void> {
    const ribbon = await readRibbon(this.#talk, signal).catch(() => undefined);
    this.#ribbonPrintsLeft = ribbon?.printsLeft ?? 'unknown';
  }

  #ready(): CardPrinterStatus {
    return { state: 'ready', ribbonPrintsLeft: this.#ribbonPrintsLeft };
  }

  #say(status: CardPrinterStatus): void {
    if (this.#past !== 'ended') this.#status.set(status);
  }

  #end(): void {
    if (this.#past === 'ended') return;
    this.#status.set({ state: 'away', sinceMs: this.#talk.clock.wallMs() });
    this.#past = 'ended';
  }
}
