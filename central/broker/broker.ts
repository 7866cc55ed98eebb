import { createServer, type Socket } from 'node:net';
import { Aedes, type Client } from 'aedes';
import { may, maySubscribe, type Speaker } from '#contract/uplink/acl.ts';
import { maxMessageBytes } from '#contract/uplink/messages.ts';
import { ProblemError } from '#kit/problem-error.ts';
import { packetLimit } from './packet-limit.ts';

export interface BrokerOptions {
  host: string;
  /** 0 = chosen by the system. */
  port: number;
  /** Who this is, or null where the credentials do not fit. Client id and user name are the same by then. */
  authenticate: (name: string, password: string) => Speaker | null;
}

export interface Broker extends AsyncDisposable {
  readonly port: number;
  /** Ends a kiosk's live connection: revoking its password alone would leave it connected. */
  disconnect(name: string): void;
}

/** Rejects with `kiosk/port-taken` where something else listens already. */
export async function openBroker({ host, port, authenticate }: BrokerOptions): Promise<Broker> {
  const speakers = new WeakMap<Client, Speaker>();
  const clients = new Map<string, Client>();
  const speakerOf = (client: Client | null) => (client ? speakers.get(client) : undefined);
  const aedes = await Aedes.createBroker({
    connectTimeout: 10_000,
    authenticate(client, username, password, done) {
      const speaker = username === client.id ? authenticate(client.id, password?.toString('utf8') ?? '') : null;
      if (speaker) {
        speakers.set(client, speaker);
        clients.set(client.id, client);
      }
      done(null, speaker !== null);
    },
    authorizePublish(client, packet, done) {
      const speaker = speakerOf(client);
      const allowed =
        speaker !== undefined && may(speaker, 'publish', packet.topic) && packet.payload.length <= maxMessageBytes;
      done(allowed ? null : new Error(`not allowed: ${packet.topic}`)); // closes the link, as Mosquitto does
    },
    authorizeSubscribe(client, subscription, done) {
      const speaker = speakerOf(client);
      done(null, speaker && maySubscribe(speaker, subscription.topic) ? subscription : null);
    },
    authorizeForward(client, packet) {
      const speaker = speakerOf(client);
      return speaker && may(speaker, 'read', packet.topic) ? packet : null;
    },
  });
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    limitPackets(socket);
    aedes.handle(socket);
  });
  await listen(server, port, host);
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    disconnect: (name) => clients.get(name)?.close(),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await new Promise<void>((resolve) => aedes.close(() => resolve()));
    },
  };
}

/** Topic and header come on top of the payload. */
const maxPacketBytes = maxMessageBytes + 1_024;

/** aedes pulls its bytes with `read()`: they are looked at on the way, and a stream that announces too much ends there. */
function limitPackets(socket: Socket): void {
  const fits = packetLimit(maxPacketBytes);
  const read = socket.read.bind(socket);
  socket.read = (size?: number) => {
    const bytes: Buffer | null = read(size);
    if (bytes === null || fits(bytes)) return bytes;
    socket.destroy();
    return null;
  };
}

function listen(server: ReturnType<typeof createServer>, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const taken = cause.code === 'EADDRINUSE';
      reject(taken ? new ProblemError('kiosk/port-taken', `port ${port} of ${host} is taken`, { cause }) : cause);
    });
    server.listen(port, host, resolve);
  });
}
