import { once } from 'node:events';
import { chmodSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { ProblemError } from './problem-error.ts';

/** One command to a running program, and its answer, each as one line of JSON. */
export type ControlHandler = (command: string, args: Record<string, unknown>) => Promise<unknown>;

const longestLineBytes = 64 * 1024;

/** Listens on a unix socket that only its owner may open (0600). A socket left by a dead process is replaced. */
export async function serveControl(path: string, handle: ControlHandler): Promise<AsyncDisposable> {
  rmSync(path, { force: true });
  const server = createServer((socket) => {
    let text = '';
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      text += chunk.toString('utf8');
      if (text.length > longestLineBytes) socket.destroy();
      const end = text.indexOf('\n');
      if (end >= 0) void answer(text.slice(0, end)).then((line) => socket.end(`${line}\n`));
    });
  });
  async function answer(line: string): Promise<string> {
    try {
      const { command, args } = JSON.parse(line) as { command: string; args: Record<string, unknown> };
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
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  const reply = JSON.parse(text) as { ok: true; value: unknown } | { ok: false; error: string };
  if (!reply.ok) throw new Error(reply.error);
  return reply.value;
}
