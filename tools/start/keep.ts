import { once } from 'node:events';
import type { Clock } from '#kit/clock.ts';
import { begin, type Life, type Program } from './program.ts';

/** What becomes of a program after its start. */
export type News =
  | { name: string; what: 'ended'; why: string; code: number | null }
  | { name: string; what: 'back'; pid: number };

/** Starts programs, starts each again that ends by itself, and ends them all. */
export interface Keeper {
  /** Resolves with what the program says when it is ready; rejects where its first start fails. */
  start(program: Program): Promise<Record<string, unknown>>;
  /** From now on all are up: one that ends is started again. Before, it would hide a fault that a person should read. */
  allUp(): Record<string, number | undefined>;
  /** Rejects when a program cannot be kept running. */
  readonly lost: Promise<never>;
  /** Asks all to end at once; whoever has not within the time is ended. */
  stop(): Promise<void>;
}

const firstWaitMs = 250;
/** A program that lived so long had nothing wrong with it from the start. */
const healthyMs = 20_000;
const mostInARow = 6;
const longestWaitMs = 8_000;
const askedToEndMs = 1_400;
/** EX_IOERR of sysexits.h: the disk failed under it. It may be well again at any time, so nobody gives up on it. */
const diskFailedExit = 74;

export function openKeeper(clock: Clock, tell: (news: News) => void): Keeper {
  const lives = new Map<string, Life>();
  const stopping = new AbortController();
  let up = false;
  const lost = Promise.withResolvers<never>();
  lost.promise.catch(() => undefined);

  function live(program: Program): Life {
    const life = begin(program);
    lives.set(program.name, life);
    return life;
  }

  /** A life ends as it may, by a kill or a fault: the next one reads what is on the disk and goes on. */
  async function watch(program: Program, first: Life): Promise<void> {
    let life = first;
    let inARow = 0;
    for (let sinceMs = clock.monotonicMs(); ; sinceMs = clock.monotonicMs()) {
      const { why, code } = await life.ended;
      if (stopping.signal.aborted) return;
      if (!up) throw new Error(`${program.name}: ${why}`);
      inARow = clock.monotonicMs() - sinceMs > healthyMs ? 1 : inARow + 1;
      if (inARow >= mostInARow && code !== diskFailedExit)
        throw new Error(`${program.name} ended ${inARow} times in a row: ${why}`);
      tell({ name: program.name, what: 'ended', why, code });
      await clock.sleep(Math.min(firstWaitMs * 2 ** (inARow - 1), longestWaitMs), stopping.signal);
      life = live(program);
      await life.ready.then(
        () => tell({ name: program.name, what: 'back', pid: life.child.pid as number }),
        () => undefined,
      );
    }
  }

  return {
    async start(program) {
      const life = live(program);
      const ready = await life.ready;
      watch(program, life).catch((error) => stopping.signal.aborted || lost.reject(error));
      return ready;
    },
    allUp() {
      up = true;
      return Object.fromEntries([...lives].map(([name, { child }]) => [name, child.pid]));
    },
    lost: lost.promise,
    async stop() {
      stopping.abort();
      const running = [...lives.values()]
        .map(({ child }) => child)
        .filter((child) => child.exitCode === null && child.signalCode === null);
      const gone = Promise.all(running.map((child) => once(child, 'exit')));
      for (const child of running) child.kill('SIGTERM');
      await Promise.race([gone, clock.sleep(askedToEndMs)]);
      for (const child of running) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    },
  };
}
