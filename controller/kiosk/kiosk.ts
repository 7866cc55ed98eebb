import type { ProblemCode } from '#contract/problems/codes.ts';
import { codeOf } from '#contract/problems/codes.ts';
import { limits } from '#contract/screen/limits.ts';
import type { Language, ScreenState, ServiceLevel } from '#contract/screen/screen-state.ts';
import type { Tap } from '#contract/screen/taps.ts';
import type { Enrolment } from '#contract/uplink/enrolment.ts';
import { hopperCount } from '#controller/blanko/stock.ts';
import type { FaceRenderer } from '#controller/card-face/face-renderer.ts';
import type { Authority } from '#controller/commands/authority.ts';
import type { Devices } from '#controller/devices/devices.ts';
import type { Journal } from '#controller/journal/journal.ts';
import type { Leases } from '#controller/leases/leases.ts';
import type { Duty } from '#controller/operators/operators.ts';
import type { Uplink } from '#controller/uplink/uplink.ts';
import type { Happening } from '#controller/visit/happenings.ts';
import { nextStep } from '#controller/visit/next-step.ts';
import { limitedStep, screenOf } from '#controller/visit/screen.ts';
import { serviceLevel } from '#controller/visit/service.ts';
import type { Visit } from '#controller/visit/visit.ts';
import { Remembered } from '#kit/async.ts';
import type { Clock } from '#kit/clock.ts';
import type { Log } from '#kit/log.ts';
import type { Random } from '#kit/random.ts';
import type { Sealer } from '#kit/sealer.ts';
import type { Store } from '#kit/store.ts';
import { openEffects } from './effects.ts';
import { forgetFingers } from './fingers.ts';
import { nextOpening, usualHours } from './hours.ts';
import { printOwed } from './paperwork.ts';
import { openReadiness, type Readiness, type ReadinessPorts } from './readiness.ts';
import { enterStep, newSession, type Session } from './session.ts';
import { happeningOf } from './tap-happening.ts';
import { openTimer } from './timer.ts';
import { openVisitBook } from './visit-book.ts';
import { openVouching, type Vouching } from './vouching.ts';

export interface KioskPorts extends Pick<ReadinessPorts, 'closedBy' | 'training' | 'feeder'> {
  clock: Clock;
  random: Random;
  log: Log;
  store: Store;
  journal: Journal;
  uplink: Uplink;
  leases: Leases;
  authority: Authority;
  devices: Devices;
  duty: Duty;
  sealer: Sealer;
  renderer: FaceRenderer & { warm?(): void };
  enrolment: Enrolment;
  secondsPerCard: number;
  dayLimit: number;
  selfTest?: (signal: AbortSignal) => Promise<void>;
  /** Sets room for all entries of one card aside; throws `kiosk/disk-full`. */
  reserveSpace?: () => void;
}

export interface Kiosk {
  /** What the page shows, whole. */
  readonly screen: Remembered<ScreenState>;
  /** A finger on the page; taps that make no sense now change nothing. */
  tap(tap: Tap): void;
  /** Something outside the visit changed: stock, duty, a device. */
  refresh(): void;
  readonly officerCalled: boolean;
  /** Nobody is being served, and no card is under way. */
  readonly idle: boolean;
  readonly service: () => ReturnType<typeof serviceLevel>;
  readonly readiness: Readiness;
  /** What an officer does where a finger does not do. */
  readonly vouching: Vouching;
  /** Prints a paper that was owed; rejects in words where there is none or the printer still cannot. */
  printOwed(visitNo: string, operatorId: string): Promise<void>;
  /** Runs until `signal`; rejects when the store breaks. */
  run(signal: AbortSignal): Promise<void>;
}

/** What changes on a screen without changing what a touch of it means. */
const volatile = new Set([
  'rev',
  'secondsLeft',
  'warning',
  'fraction',
  'minutesLeft',
  'phase',
  'part',
  'slow',
  'reported',
  'slip',
]);

/** The steps in which the slot is in use. */
const cardInProcess: ReadonlySet<Visit['at']> = new Set(['printing', 'take-card', 'offer-again', 'storing', 'receipt']);

const numbersRestMs = 60_000;

/** How often an idle kiosk looks at printer and slot. */
const lookEveryMs = 15_000;

export function openKiosk(ports: KioskPorts): Kiosk {
  const { clock, log, journal, devices, uplink, duty, enrolment, store } = ports;
  const fatal = Promise.withResolvers<never>();
  const book = openVisitBook(journal, store, enrolment.site.code);
  const readiness = openReadiness({
    ...ports,
    settled(compared) {
      if (compared) ports.authority.printerCompared();
      if (ports.authority.mayEnd()) ports.leases.voidAllUnused('restart');
      book.closeLost();
      return ports.authority.mayEnd();
    },
  });
  let selfTestFault: ProblemCode | null = null;
  let level: ServiceLevel | null = null;
  let visit: Visit = { at: 'welcome', service: service() };
  let session: Session | null = null;
  let officerCalled = false;
  let numbersRestUntilMs = 0;
  let rev = 0;
  let shown = '';
  let lang: Language = 'id';
  let started = false;
  let life = new AbortController().signal;
  const timer = openTimer(clock, publish, timeUp, () => devices.panel.beep());
  const screen = new Remembered<ScreenState>(composed());
  const effects = openEffects({
    ...ports,
    book,
    happen,
    fatal: fatal.reject,
    session: () => session as Session,
    begin,
    end: wipe,
    callOfficer: setOfficerCalled,
    officerCalled: () => officerCalled,
    life: () => life,
    nextAt,
  });

  /** While a card is in process its open shutter and full exit are no faults: the level of before stands. */
  function service(): ServiceLevel {
    if (level && cardInProcess.has(visit.at)) return level;
    level = serviceNow();
    return level;
  }

  function serviceNow(): ServiceLevel {
    return serviceLevel({
      siteName: enrolment.site.name,
      officerPresent: duty.officerPresent(),
      centralPresent: uplink.central.value === 'present',
      servedWithoutCentral: uplink.central.value === 'present' ? 0 : ports.authority.recognition.usable(),
      blocked: uplink.fork.value ? 'kiosk/journal-fork' : readiness.closed(),
      faults: [...devices.faults(), ...readiness.faults(), ...notClear()],
      hopper: hopperCount(store),
      ribbonPrintsLeft: readiness.ribbonPrintsLeft,
      printedToday: book.printedToday(clock.wallMs()),
      dayLimit: ports.dayLimit,
      nextAt: nextAt(),
    });
  }

  function nextAt(): string | null {
    return nextOpening(enrolment.site.hours ?? usualHours, clock.wallMs());
  }

  function notClear(): ProblemCode[] {
    if (selfTestFault) return [selfTestFault];
    if (book.spoiledTwice()) return ['card-printer/spoiled-twice'];
    return readiness.clear ? [] : ['kiosk/starting'];
  }

  function happen(now: Happening): void {
    const step = nextStep(visit, now);
    if (!step) {
      log.debug({ at: visit.at, happening: now.type }, 'ignored');
      return;
    }
    const [next, ...todo] = step;
    const moved = next.at !== visit.at;
    const over = todo.some((effect) => effect.do === 'end-visit'); // then the step that is left is the visit's last
    if (moved && session && !over) enterStep(session.account, next.at, clock.monotonicMs());
    visit = next;
    if (session && 'person' in next && 'given' in next) session.account.proofs = [...next.given];
    if (next.at === 'answer' && next.answer.code === 'identify/too-many-tries')
      numbersRestUntilMs = clock.monotonicMs() + numbersRestMs;
    if (moved || next.at === 'number' || next.at === 'proving')
      timer.restart(limitedStep(next.at), session?.account.pace ?? 1);
    for (const effect of todo) effects.carryOut(effect);
    show();
  }

  function begin(): void {
    ports.renderer.warm?.();
    session = newSession(book.begin(), clock.monotonicMs(), lang);
    enterStep(session.account, visit.at, clock.monotonicMs());
    show();
  }

  /** The end of a visit: nothing of the person remains, and the next welcome says what the machine can do now. */
  function wipe(): void {
    session?.stop.abort();
    if (session) forgetFingers(session);
    session = null;
    if (visit.at === 'welcome') refresh();
  }

  function timeUp(): void {
    if (visit.at === 'goodbye') backToWelcome();
    else happen({ type: 'time-up' });
  }

  function backToWelcome(): void {
    lang = 'id';
    book.forgetOutcome();
    happen({ type: 'service', service: service() });
  }

  function refresh(): void {
    const now = service();
    lightLamps(now.mode === 'full');
    if (visit.at === 'welcome') happen({ type: 'service', service: now });
    uplink.stateChanged();
  }

  /** Seen from across the hall: green while cards can be printed, red while something is wrong. */
  function lightLamps(full: boolean): void {
    devices.panel.lamp('ready', full ? 'on' : 'off');
    devices.panel.lamp('trouble', full ? 'off' : 'on');
  }

  function setOfficerCalled(called: boolean): void {
    officerCalled = called;
    if (called && session) session.account.helpCalled = true;
    devices.panel.lamp('call', called ? 'blink' : 'off');
    uplink.stateChanged();
  }

  function tap(tapped: Tap): void {
    if (tapped.tap === 'language') lang = tapped.lang;
    if (session) noteTap(session, tapped);
    if (visit.at === 'goodbye') {
      backToWelcome();
      return;
    }
    const now = happeningOf(tapped, duty.officerPresent());
    if (limits[limitedStep(visit.at)].dismissable) timer.restart(limitedStep(visit.at), session?.account.pace ?? 1);
    if (now) happen(paused(now));
    if (tapped.tap === 'retry' && endedByTouch()) startAnew();
    show();
  }

  const endedByTouch = () => visit.at === 'goodbye' || visit.at === 'welcome';

  /** "Coba lagi": the visit that has its answer ends, and another begins at once. */
  function startAnew(): void {
    const kept = lang;
    backToWelcome();
    lang = kept;
    happen({ type: 'start' });
  }

  /** After too many unknown numbers the keypad rests for a minute, whoever stands there. */
  function paused(now: Happening): Happening {
    if (now.type !== 'number' || clock.monotonicMs() >= numbersRestUntilMs) return now;
    return { type: 'number-wrong', problem: 'identify/too-many-tries', params: {} };
  }

  function noteTap({ account }: Session, tapped: Tap): void {
    if (tapped.tap === 'language') account.lang = tapped.lang;
    if (tapped.tap !== 'more-time') return;
    account.pace = 3;
    account.aids.add('more-time');
  }

  function composed(): ScreenState {
    const around = {
      cameraPresent: devices.camera !== null,
      slow: timer.state.slow,
      reported: book.outcomeReported(uplink.ackedSeq.value),
      nextAt: nextAt(),
      officerPresent: duty.officerPresent(),
    };
    return {
      rev,
      lang,
      pace: session?.account.pace ?? 1,
      visitNo: session?.visitNo ?? book.lastVisitNo(visit.at),
      secondsLeft: timer.state.secondsLeft,
      warning: timer.state.warning,
      officerCalled,
      screen: started ? screenOf(visit, around) : { at: 'preparing', code: null },
    };
  }

  /** Where what a tap means has changed, taps that saw the old screen are stale from here on; mere progress makes none stale. */
  function show(): void {
    const next = JSON.stringify(composed(), (name, value: unknown) => (volatile.has(name) ? undefined : value));
    if (next !== shown) rev += 1;
    shown = next;
    publish();
  }

  function publish(): void {
    screen.set(composed());
  }

  async function keepReady(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      if (visit.at === 'welcome') await readiness.look(signal);
      if (!started && (readiness.clear || clock.monotonicMs() - startedMs > 4_000)) started = true;
      refresh();
      await waitForNews(signal);
    }
  }

  let startedMs = 0;
  let wake: () => void = () => undefined;

  /** Until something at a device changes while nobody is served, or the next look is due. */
  async function waitForNews(signal: AbortSignal): Promise<void> {
    const due = new AbortController();
    wake = () => due.abort();
    const waitMs = readiness.clear ? lookEveryMs : 500;
    await clock.sleep(waitMs, AbortSignal.any([signal, due.signal])).catch(() => undefined);
  }

  async function testItself(signal: AbortSignal): Promise<void> {
    await ports.selfTest?.(signal).catch((error: unknown) => {
      if (signal.aborted) return;
      selfTestFault = codeOf(error, 'kiosk/font-missing');
      log.error({ problem: selfTestFault }, 'the self-test failed');
      refresh();
    });
  }

  return {
    screen,
    tap,
    refresh,
    readiness,
    service,
    vouching: openVouching({ journal, duty, happen, visit: () => visit, session: () => session }),
    printOwed: (visitNo, operatorId) => printOwed({ ...ports, signal: life }, visitNo, operatorId),
    get idle() {
      return visit.at === 'welcome';
    },
    get officerCalled() {
      return officerCalled;
    },
    async run(signal) {
      life = signal;
      startedMs = clock.monotonicMs();
      timer.restart('welcome', 1);
      devices.onChange(() => {
        wake();
        refresh();
      });
      const watchPanel = async () => {
        for await (const _ of devices.panel.watch(signal)) refresh();
      };
      const watchCentral = async () => {
        for await (const _ of uplink.central.changes(signal)) refresh();
      };
      const watchReports = async () => {
        for await (const _ of uplink.ackedSeq.changes(signal)) if (visit.at === 'goodbye') show();
      };
      const quiet = (work: Promise<void>) =>
        work.catch((error: unknown) => void (signal.aborted || fatal.reject(error)));
      const work = [keepReady(signal), watchPanel(), watchCentral(), watchReports(), testItself(signal)].map(quiet);
      await Promise.race([Promise.all(work), fatal.promise]).finally(() => {
        timer.stop();
        session?.stop.abort();
        if (session) forgetFingers(session);
      });
    },
  };
}
