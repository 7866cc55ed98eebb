/** From here on everything this process makes is its owner's alone: databases hold names and numbers. */
export function keepToOwner(): void {
  process.umask(0o077);
}

/** Aborts when the process is asked to stop; a second request while stopping changes nothing. */
export function untilStopped(): AbortSignal {
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => stop.abort());
  return stop.signal;
}

/** One line that a person can act on, and the exit code; a stack would only hide it. */
export function exitWith(error: unknown, code = 1): void {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  process.stderr.write(`${line}\n`);
  process.exitCode = code;
}

/** Tells the parent, or whoever reads, that this program is ready: one line of JSON. */
export function sayReady(facts: Record<string, unknown>): void {
  process.stdout.write(`${JSON.stringify({ ready: true, ...facts })}\n`);
}
