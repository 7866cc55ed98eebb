import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A camera program that runs. */
export interface CameraProcess {
  /** What it writes; ends when it does. */
  stdout: AsyncIterable<Uint8Array>;
  /** What it complains of, line by line. */
  onComplaint(listener: (line: string) => void): void;
  /** Resolves, in words, when it is gone or could not be started at all. Never rejects. */
  exited: Promise<string>;
  /** To the program and all that it started. */
  kill(signal: 'SIGTERM' | 'SIGKILL'): void;
}

export type SpawnCamera = (command: readonly string[]) => CameraProcess;

/** Starts the program in a process group of its own, so that a shell script's children can be ended with it. */
export const spawnCamera: SpawnCamera = ([program = '', ...args]) => {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const lines = createInterface({ input: child.stderr });
  const exited = new Promise<string>((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('exit', (code, signal) => resolve(`ended with ${signal ?? code}`));
  });
  return {
    stdout: untilItBreaks(child.stdout),
    onComplaint: (listener) => void lines.on('line', listener),
    exited,
    kill(signal) {
      if (child.pid === undefined) return;
      try {
        process.kill(-child.pid, signal);
      } catch {
        return; // the group is gone already
      }
    },
  };
};

async function* untilItBreaks(stdout: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* stdout;
  } catch {
    return; // why it ended is told by `exited`
  }
}
