import type { ProblemCode } from '#contract/problems/codes.ts';
import { DeadlineError, Lock, Remembered, withDeadline } from '#drivers/kit/async.ts';
import type { ByteLink } from '#drivers/kit/byte-link.ts';
import { DeviceError } from '#drivers/kit/device-error.ts';
import type { Clock } from '#kit/clock.ts';
import type { Lamp, Panel, PanelSensors, PanelStatus } from '../panel.ts';
import type { IoBoard } from './board.ts';
import { Evidence } from './evidence.ts';
import { Outputs } from './outputs.ts';
import { onePinPerPort, outputPins, type PinMap, type SensorName } from './pin-map.ts';

const HEARTBEAT_MS = 1_000;
const FIRST_NEWS_WITHIN_MS = 2_000;
const LAST_WORDS_WITHIN_MS = 500;

/** The panel as long as one link lasts. */
export class FirmataPanel implements Panel {
  readonly #board: IoBoard;
  readonly #link: ByteLink;
  readonly #clock: Clock;
  readonly #pins: PinMap;
  readonly #shutterWithinMs: number;
  readonly #over = new AbortController();
  readonly #evidence = new Evidence();
  readonly #levels: Remembered<PanelSensors>;
  readonly #status: Remembered<PanelStatus>;
  readonly #shutterReports = new Remembered(0);
  readonly #outputs: Outputs;
  readonly #moves = new Lock();
  #shutter: 'open' | 'closed' = 'closed';
  #moving = false;
  #moveFailed = false;

  constructor(board: IoBoard, link: ByteLink, clock: Clock, pins: PinMap, shutterWithinMs: number) {
    this.#board = board;
    this.#link = link;
    this.#clock = clock;
    this.#pins = pins;
    this.#shutterWithinMs = shutterWithinMs;
    this.#levels = new Remembered(this.sensors);
    this.#status = new Remembered<PanelStatus>({ state: 'away', sinceMs: clock.monotonicMs() });
    this.#outputs = new Outputs(clock, this.#over.signal, (output, on) => this.#write(output, on));
    void link.closed.then((end) => this.#lost(`the link ended: ${end.reason}`));
  }

  get status() {
    return this.#status.value;
  }

  statuses(signal: AbortSignal) {
    return this.#status.changes(signal);
  }

  get sensors() {
    return this.#evidence.levels(this.#clock.monotonicMs());
  }

  watch(signal: AbortSignal) {
    return this.#levels.changes(signal);
  }

  /** Makes a board that has just said hello safe, and waits for the first word of its sensors. */
  async start(signal: AbortSignal): Promise<void> {
    this.setUp();
    void this.#beat();
    void this.#growOld();
    const known = (levels: PanelSensors) => !Object.values(levels).includes('unknown');
    const firstNews = (cut: AbortSignal) => this.#levels.until(known, cut);
    await withDeadline(this.#clock, FIRST_NEWS_WITHIN_MS, this.#with(signal), firstNews).catch((error) => {
      if (!(error instanceof DeadlineError)) throw error; // silence is a status: panel/sensor-silent
    });
    this.#publish(true);
  }

  /** Also after the board has restarted by itself: it forgot its pins, and the shutter fell shut. */
  setUp(): void {
    for (const pin of outputPins(this.#pins)) this.#board.setOutputLow(pin);
    for (const pin of Object.values(this.#pins.sensors)) this.#board.setInput(pin);
    this.#shutter = 'closed';
    this.#outputs.showAll();
    this.#askLevels();
  }

  heard(sensor: SensorName, high: boolean): void {
    this.#evidence.report(sensor, high, this.#clock.monotonicMs());
    if (sensor === 'shutterClosed') this.#shutterReports.set(this.#shutterReports.value + 1);
    if (sensor === 'mainsPresent' && !high && this.sensors.mainsPresent === true) void this.#lookAgain();
    this.#publish();
  }

  lamp(lamp: Lamp, state: 'off' | 'on' | 'blink'): void {
    this.#outputs.lamp(lamp, state);
  }

  beep(): void {
    this.#outputs.beep();
  }

  /** Aborted or failed, it lets the shutter fall shut again. */
  openShutter({ signal }: { signal: AbortSignal }) {
    return this.#moves.run(() => this.#move('open', signal));
  }

  /** Aborting stops the wait, not the shutter. */
  closeShutter({ signal }: { signal: AbortSignal }) {
    return this.#moves.run(() => this.#move('closed', signal));
  }

  async #move(to: 'open' | 'closed', signal: AbortSignal): Promise<void> {
    const both = this.#with(signal);
    both.throwIfAborted();
    this.#moving = true;
    try {
      await withDeadline(this.#clock, this.#shutterWithinMs, both, (cut) => this.#moveAndSee(to, cut));
      this.#moveFailed = false;
    } catch (error) {
      if (to === 'open') this.#drive('closed');
      if (!(error instanceof DeadlineError)) throw error;
      this.#moveFailed = true;
      const { shutterClosed } = this.sensors;
      throw new DeviceError(
        'panel/shutter-stuck',
        `told to be ${to}, after ${this.#shutterWithinMs} ms closed: ${shutterClosed}`,
      );
    } finally {
      this.#moving = false;
      this.#publish();
    }
  }

  /** Its sensor has to agree in a report that came after the command: an older one tells of the time before. */
  async #moveAndSee(to: 'open' | 'closed', signal: AbortSignal): Promise<void> {
    const reportsBefore = this.#shutterReports.value;
    this.#drive(to);
    this.#askLevels();
    await this.#shutterReports.until((count) => count > reportsBefore, signal);
    await this.#levels.until(({ shutterClosed }) => shutterClosed === (to === 'closed'), signal);
  }

  #drive(to: 'open' | 'closed'): void {
    this.#shutter = to;
    this.#board.write(this.#pins.shutterMotor, to === 'open');
  }

  #write(output: Lamp | 'beeper', on: boolean): void {
    if (this.#over.signal.aborted) return;
    this.#board.write(output === 'beeper' ? this.#pins.beeper : this.#pins.lamps[output], on);
  }

  /** Each second a question that the board has to answer: it keeps evidence young and tells the board that we live. */
  async #beat(): Promise<void> {
    while (!this.#over.signal.aborted) {
      await this.#clock.sleep(HEARTBEAT_MS, this.#over.signal).catch(() => undefined);
      if (!this.#over.signal.aborted) this.#askLevels();
    }
  }

  #askLevels(): void {
    for (const pin of onePinPerPort(this.#pins)) this.#board.askLevels(pin);
  }

  async #growOld(): Promise<void> {
    while (!this.#over.signal.aborted) {
      await this.#lookAgain();
    }
  }

  /** Publishes what changes by the passing of time alone. */
  async #lookAgain(): Promise<void> {
    const nowMs = this.#clock.monotonicMs();
    const waitMs = Math.max(1, this.#evidence.nextChangeAtMs(nowMs) - nowMs);
    await this.#clock.sleep(waitMs, this.#over.signal).catch(() => undefined);
    this.#publish();
  }

  #publish(started = this.#status.value.state !== 'away'): void {
    if (this.#over.signal.aborted) return;
    const { sensors } = this;
    if (!same(sensors, this.#levels.value)) this.#levels.set(sensors);
    const problem = this.#problem(sensors);
    const status: PanelStatus = problem ? { state: 'needs-attention', problem } : { state: 'ready' };
    if (started && !same(status, this.#status.value)) this.#status.set(status);
  }

  #problem(sensors: PanelSensors): ProblemCode | undefined {
    if (Object.values(sensors).includes('unknown')) return 'panel/sensor-silent';
    const notAsTold = !this.#moving && sensors.shutterClosed !== (this.#shutter === 'closed');
    if (this.#moveFailed || notAsTold) return 'panel/shutter-stuck';
    if (!sensors.doorClosed) return 'panel/door-open';
    return sensors.mainsPresent ? undefined : 'panel/mains-lost';
  }

  #with(signal: AbortSignal): AbortSignal {
    return AbortSignal.any([signal, this.#over.signal]);
  }

  #lost(why: string): void {
    if (this.#over.signal.aborted) return;
    this.#over.abort(new DeviceError('panel/unreachable', why));
    this.#evidence.forget();
    this.#levels.set(this.sensors);
    this.#status.set({ state: 'away', sinceMs: this.#clock.monotonicMs() });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#over.signal.aborted) {
      for (const pin of outputPins(this.#pins)) this.#board.write(pin, false);
      await withDeadline(this.#clock, LAST_WORDS_WITHIN_MS, undefined, () => this.#board.told()).catch(() => undefined);
    }
    this.#lost('closed here');
    await this.#link[Symbol.asyncDispose]();
  }
}

const same = (a: object, b: object) => JSON.stringify(a) === JSON.stringify(b);
