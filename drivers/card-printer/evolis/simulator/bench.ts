import { AsyncQueue } from '#drivers/kit/async.ts';
import type { ByteLink } from '#drivers/kit/byte-link.ts';
import { memoryLinkPair } from '#drivers/kit/memory-link.ts';
import { type PlainPath, plainPath } from './plain-path.ts';
import { type EvolisOptions, type EvolisSimulator, simulateEvolis } from './simulator.ts';

/** A host that speaks the language by hand: what a technician does with a terminal. */
export interface HandHost {
  readonly link: ByteLink;
  /** ESC, the text, CR; nobody waits. */
  say(text: string): Promise<void>;
  send(bytes: Uint8Array): Promise<void>;
  /** The next reply, without its NUL; null when the link has ended. */
  hear(): Promise<string | null>;
  /** Says it and hears one reply. */
  ask(text: string): Promise<string | null>;
  /** Asks one after another; the replies in the same order. */
  askAll(...texts: readonly string[]): Promise<(string | null)[]>;
  /** Sends a download and hears its reply. */
  download(head: string, data: Uint8Array): Promise<string | null>;
  /** Replies that have come and were not heard. */
  readonly unheard: number;
  /** Every piece of the stream as it came. */
  readonly pieces: readonly Uint8Array[];
  /** Resolves when the printer has noticed. */
  unplug(): Promise<void>;
}

/** A printer on a table: its own card path, and a cable to plug in. */
export interface Bench {
  readonly path: PlainPath;
  readonly printer: EvolisSimulator;
  /** A new cable to the same printer; the one before comes out. */
  plugIn(): HandHost;
}

type BenchOptions = Omit<EvolisOptions, 'path'> & { path?: PlainPath };

export function openBench(options: BenchOptions): Bench {
  const path = options.path ?? plainPath();
  const printer = simulateEvolis({ ...options, path });
  return {
    path,
    printer,
    plugIn() {
      const { near, far } = memoryLinkPair();
      const served = printer.serve(far);
      return handHost(near, served);
    },
  };
}

/** ESC command CR, as bytes. */
export function command(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(`\x1b${text}\r`, 'latin1'));
}

/** ESC head ; data CR, as bytes. */
export function downloadBytes(head: string, data: Uint8Array): Uint8Array {
  return new Uint8Array(Buffer.concat([Buffer.from(`\x1b${head};`, 'latin1'), data, Buffer.from('\r')]));
}

function handHost(link: ByteLink, served: Promise<void>): HandHost {
  const replies = new AsyncQueue<string>();
  const heard = replies[Symbol.asyncIterator]();
  const pieces: Uint8Array[] = [];
  void gather(link, replies, pieces);
  const host: HandHost = {
    link,
    pieces,
    say: (text) => link.write(command(text)),
    send: (bytes) => link.write(bytes),
    hear: async () => (await heard.next()).value ?? null,
    async ask(text) {
      await host.say(text);
      return host.hear();
    },
    async askAll(...texts) {
      const said: (string | null)[] = [];
      for (const text of texts) said.push(await host.ask(text));
      return said;
    },
    async download(head, data) {
      await link.write(downloadBytes(head, data));
      return host.hear();
    },
    get unheard() {
      return replies.length;
    },
    async unplug() {
      await link[Symbol.asyncDispose]();
      await served;
    },
  };
  return host;
}

async function gather(link: ByteLink, replies: AsyncQueue<string>, pieces: Uint8Array[]): Promise<void> {
  let half = '';
  for await (const piece of link.incoming) {
    pieces.push(piece);
    const texts = `${half}${Buffer.from(piece).toString('latin1')}`.split('\0');
    half = texts.pop() ?? '';
    for (const text of texts) replies.push(text);
  }
  replies.end();
}
