import { spawn } from 'node:child_process';
import { close, constants, open } from 'node:fs';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import type { ByteLink, LinkEnd } from '#drivers/kit/byte-link.ts';
import { DeviceError } from '#drivers/kit/device-error.ts';

export interface Pty {
  /** What a client opens as its serial port. */
  path: string;
  /** The end of the device. */
  link: ByteLink;
}

/** A serial port made by Debian's socat. Clients may come and go; disposing of the link takes the port away. */
export async function openPty(): Promise<Pty> {
  const socat = spawn('socat', ['-d', '-d', 'pty,raw,echo=0', 'stdio'], { stdio: ['pipe', 'pipe', 'pipe'] });
  const end = Promise.withResolvers<LinkEnd>();
  let closing = false;
  socat.on('exit', () => end.resolve({ reason: closing ? 'closed-here' : 'closed-there' }));
  const failed = new Promise<never>((_, reject) => {
    socat.on('error', (cause) => reject(new DeviceError('link/unreachable', `socat: ${cause.message}`, { cause })));
  });
  const path = await Promise.race([named(socat.stderr), failed]);
  const held = await promisify(open)(path, constants.O_RDWR | constants.O_NOCTTY); // else socat ends with its first client
  const link: ByteLink = {
    incoming: socat.stdout,
    write: (bytes) =>
      new Promise((resolve, reject) => {
        socat.stdin.write(bytes, (cause) => (cause ? reject(new DeviceError('link/lost', cause.message)) : resolve()));
      }),
    closed: end.promise,
    async [Symbol.asyncDispose]() {
      if (closing) return;
      closing = true;
      socat.kill();
      await end.promise;
      await promisify(close)(held);
    },
  };
  return { path, link };
}

async function named(words: NodeJS.ReadableStream): Promise<string> {
  const lines = createInterface({ input: words });
  for await (const line of lines) {
    const path = / PTY is (\S+)/.exec(line)?.[1];
    if (path) {
      words.resume(); // its later words are nobody's business, and must not fill the pipe
      return path;
    }
  }
  throw new DeviceError('link/unreachable', 'socat ended without opening a pty');
}
