/** What a test needs of a clock that it moves, as `kit/manual-clock.ts` gives it. */
export interface MovableClock {
  advance(ms: number): Promise<void>;
}

const STEP_MS = 10;

/** Lets time pass until the work is done. */
export async function soon<T>(clock: MovableClock, work: Promise<T>): Promise<T> {
  let done = false;
  const end = () => {
    done = true;
  };
  work.then(end, end);
  while (!done) await clock.advance(STEP_MS);
  return work;
}

/** The code with which the work fails; null where it does not. */
export async function codeOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => null,
    (error: { code?: string; message: string }) => error.code ?? error.message,
  );
}
