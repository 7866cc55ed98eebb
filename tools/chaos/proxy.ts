import { connect, createServer, type Socket } from 'node:net';
import type { Clock } from '#kit/clock.ts';
import { fraction, pick, type Random, whole } from '#kit/random.ts';
import { copyOf, openScanner, type Packet, publicationOf, types } from './mqtt-packets.ts';

/** How bad a line is: fractions of its messages, and the longest wait of any. */
export interface Badness {
  longestDelayMs: number;
  doubled: number;
  late: number;
  /** An old message comes once more, perhaps from before the last cut. */
  repeated: number;
}

export const goodLine: Badness = { longestDelayMs: 0, doubled: 0, late: 0, repeated: 0 };
export const badLine: Badness = { longestDelayMs: 40, doubled: 0.15, late: 0.15, repeated: 0.05 };

/** One line between a program and its broker. Messages on it are held up, doubled and overtaken; the line is cut. */
export interface LineProxy extends AsyncDisposable {
  readonly port: number;
  badness: Badness;
  /** Ends whatever runs over the line now; false where nothing does. */
  cut(): boolean;
  /** Nothing gets through for so long, and nobody is told. */
  pause(forMs: number): void;
  readonly counts: { doubled: number; late: number; repeated: number };
}

export interface ProxyOptions {
  clock: Clock;
  random: Random;
  targetPort: number;
  /** Every message that the two ends say, once, in their order. */
  heard?: (from: 'client' | 'broker', topic: string, payload: Buffer) => void;
}

const latestMs = 600;
const remembered = 40;

export async function openProxy(options: ProxyOptions): Promise<LineProxy> {
  const { clock, targetPort } = options;
  const sockets = new Set<Socket>();
  const line: Line = {
    ...options,
    badness: goodLine,
    pausedUntilMs: 0,
    counts: { doubled: 0, late: 0, repeated: 0 },
    past: { client: [], broker: [] },
  };
  const server = createServer({ noDelay: true }, (client) => {
    const broker = connect({ port: targetPort, host: '127.0.0.1', noDelay: true });
    for (const [one, other] of [
      [client, broker],
      [broker, client],
    ] as const) {
      sockets.add(one);
      one.on('error', () => undefined);
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
    carry(line, 'client', client, broker);
    carry(line, 'broker', broker, client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const cut = () => {
    const had = sockets.size > 0;
    for (const socket of sockets) socket.destroy();
    return had;
  };
  return {
    port,
    counts: line.counts,
    cut,
    get badness() {
      return line.badness;
    },
    set badness(badness) {
      line.badness = badness;
    },
    pause(forMs) {
      line.pausedUntilMs = Math.max(line.pausedUntilMs, clock.monotonicMs() + forMs);
    },
    async [Symbol.asyncDispose]() {
      cut();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

type Side = 'client' | 'broker';

interface Line extends ProxyOptions {
  badness: Badness;
  pausedUntilMs: number;
  counts: LineProxy['counts'];
  past: Record<Side, Packet[]>;
}

/** One direction of one connection: packets go on in order, except those that this line holds up. */
function carry(line: Line, side: Side, from: Socket, to: Socket): void {
  const scan = openScanner();
  let lastSent: Promise<void> = Promise.resolve();
  let over = false;
  const write = ({ type, bytes }: Packet) => {
    if (over || to.destroyed) return;
    over = type === types.disconnect; // nothing may follow it
    to.write(bytes);
  };
  from.on('data', (piece) => {
    try {
      for (const packet of scan(piece as Buffer)) lastSent = pass(line, side, packet, lastSent, write);
    } catch {
      from.destroy();
    }
  });
}

function pass(
  line: Line,
  side: Side,
  packet: Packet,
  before: Promise<void>,
  write: (packet: Packet) => void,
): Promise<void> {
  const { clock, random, badness, counts } = line;
  const isMessage = packet.type === types.publish;
  if (isMessage) note(line, side, packet);
  const chance = (share: number) => isMessage && fraction(random) < share;
  const later = (one: Packet) => void before.then(() => clock.sleep(whole(random, latestMs))).then(() => write(one));
  if (chance(badness.doubled)) {
    counts.doubled += 1;
    later(copyOf(packet));
  }
  if (chance(badness.repeated)) {
    counts.repeated += 1;
    later(pick(random, line.past[side]));
  }
  if (chance(badness.late)) {
    counts.late += 1;
    later(packet);
    return before;
  }
  const delayMs = whole(random, badness.longestDelayMs + 1);
  return before
    .then(() => throughPause(line))
    .then(() => (delayMs > 0 ? clock.sleep(delayMs) : undefined))
    .then(() => write(packet));
}

async function throughPause(line: Line): Promise<void> {
  for (let leftMs = 1; leftMs > 0; ) {
    leftMs = line.pausedUntilMs - line.clock.monotonicMs();
    if (leftMs > 0) await line.clock.sleep(leftMs);
  }
}

function note({ past, heard }: Line, side: Side, packet: Packet): void {
  past[side] = [...past[side], copyOf(packet)].slice(-remembered);
  if (!heard) return;
  const { topic, payload } = publicationOf(packet);
  heard(side, topic, payload);
}
