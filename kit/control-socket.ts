import { once } from 'node:events';
import { chmodSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { ProblemError } from './problem-error.ts';

/** One command to a running program, and its answer, each as one line of JSON. */
export type ControlHandler = (command: string, args: Record<string, unknown>) => Promise<unknown>;

const longestLine = 64 * 1024;

/** Listens on a unix socket that only its owner may open (0600). A socket left by a dead process is replaced. */
export async function serveControl(path: string, handle: ControlHandler): Promise<AsyncDisposable> {
  rmSync(path, { force: true });
  const server = createServer((socket) => {
    let text = '';
    socket.setEncoding('utf8'); // a letter may come in two pieces
    socket.on('error', () => socket.destroy());
    const hear = (chunk: string) => {
      text += chunk;
      const end = text.indexOf('\n');
      if ((end < 0 ? text.length : end) > longestLine) return void socket.destroy();
      if (end < 0) return;
      socket.off('data', hear); // one command per connection, whatever else is said
      socket.resume();
      void answer(text.slice(0, end)).then((line) => socket.end(`${line}\n`));
    };
    socket.on('data', hear);
  });
  async function answer(line: string): Promise<string> {
    try {
      const { command, args = {} } = JSON.parse(line) as { command: unknown; args?: Record<string, unknown> };
      if (typeof command !== 'string') throw new TypeError('this is no command');
      return JSON.stringify({ ok: true, value: (await handle(command, args)) ?? null });
    } catch (error) {
      return JSON.stringify({ ok: false, error: error instanceof Error ? error.message : String(error) });
    }
  }
  server.listen(path);
  await once(server, 'listening');
  chmodSync(path, 0o600);
  return {
    async [Symbol.asyncDispose]() {
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** Sends one command; rejects with one clear line where nobody runs, or with what the program said. */
export async function askControl(
  path: string,
  command: string,
  args: Record<string, unknown>,
  signal?: AbortSignal,
): Promise<unknown> {
  const socket = connect(path);
  try {
    await once(socket, 'connect', signal ? { signal } : {});
  } catch (cause) {
    throw new ProblemError('link/unreachable', `nothing runs at ${path}; start it first`, { cause });
  }
  socket.write(`${JSON.stringify({ command, args })}\n`);
  socket.setEncoding('utf8');
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  if (!text.endsWith('\n')) throw new ProblemError('link/lost', `${path} gave no answer to ${command}`);
  const reply = JSON.parse(text) as { ok: true; value: unknown } | { ok: false; error: string };
  if (!reply.ok) throw new Error(reply.error);
  return reply.value;
}
