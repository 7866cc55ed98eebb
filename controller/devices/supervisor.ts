import type { ProblemCode } from '#contract/problems/codes.ts';
import { codeOf } from '#contract/problems/codes.ts';
import { Remembered } from '#kit/async.ts';
import type { Clock } from '#kit/clock.ts';
import type { Log } from '#kit/log.ts';
import { fraction, type Random } from '#kit/random.ts';

export type Health =
  | { state: 'opening'; code: null }
  | { state: 'ready'; code: null }
  | { state: 'trouble' | 'away'; code: ProblemCode };

/** What the drivers' statuses have in common. */
export type AnyStatus =
  | { state: 'ready' | 'busy' | 'running' | 'capturing' }
  | { state: 'needs-attention'; problem: ProblemCode }
  | { state: 'away'; sinceMs: number };

export interface Supervised<D> {
  /** The driver while it is open; null between its lives. */
  readonly driver: D | null;
  readonly health: Remembered<Health>;
  /** Resolves with the driver when it is open. */
  opened(signal: AbortSignal): Promise<D>;
  /** Opens, watches and reopens until `signal`. */
  run(signal: AbortSignal): Promise<void>;
}

interface Driver extends AsyncDisposable {
  statuses(signal: AbortSignal): AsyncIterable<AnyStatus>;
}

export interface SupervisorOptions<D> {
  name: string;
  open: (signal: AbortSignal) => Promise<D>;
  unreachable: ProblemCode;
  clock: Clock;
  random: Random;
  log: Log;
}

const firstWaitMs = 500;
const longestWaitMs = 15_000;
const away = (code: ProblemCode): Health => ({ state: 'away', code });

/** Keeps one device open: a driver that ends is opened again, after a wait that grows to 15 s and is spread by half. */
export function supervise<D extends Driver>({
  name,
  open,
  unreachable,
  clock,
  random,
  log,
}: SupervisorOptions<D>): Supervised<D> {
  const current = new Remembered<D | null>(null);
  const health = new Remembered<Health>({ state: 'opening', code: null });

  function report(next: Health): void {
    const { state, code } = health.value;
    if (state === next.state && code === next.code) return;
    log.info({ device: name, state: next.state, problem: next.code }, 'device changed');
    health.set(next);
  }

  async function oneLife(signal: AbortSignal): Promise<void> {
    await using driver = await open(signal);
    current.set(driver);
    try {
      for await (const status of driver.statuses(signal)) {
        report(healthOf(status, unreachable));
        if (status.state === 'away') return;
      }
    } finally {
      current.set(null);
    }
  }

  return {
    get driver() {
      return current.value;
    },
    health,
    async opened(signal) {
      return (await current.until((driver) => driver !== null, signal)) as D;
    },
    async run(signal) {
      let waitMs = firstWaitMs;
      while (!signal.aborted) {
        const openedAtMs = clock.monotonicMs();
        await oneLife(signal).catch((error: unknown) => {
          if (!signal.aborted)
            report(away(codeOf(error, unreachable) === 'link/unreachable' ? unreachable : codeOf(error, unreachable)));
        });
        if (clock.monotonicMs() - openedAtMs > 60_000) waitMs = firstWaitMs;
        await clock.sleep(waitMs * (0.5 + fraction(random)), signal).catch(() => undefined);
        waitMs = Math.min(waitMs * 2, longestWaitMs);
      }
    },
  };
}

function healthOf(status: AnyStatus, unreachable: ProblemCode): Health {
  if (status.state === 'needs-attention') return { state: 'trouble', code: status.problem };
  return status.state === 'away' ? away(unreachable) : { state: 'ready', code: null };
}
