import { SerialPort } from 'serialport';
import type { ByteLink, LinkAddress, LinkEnd } from './byte-link.ts';
import { DeviceError } from './device-error.ts';
import { quietly, written } from './open-link.ts';

/** A serial port, locked while open. Modem lines are left alone: a pty has none and says so by failing. */
export async function openSerial(address: LinkAddress & { kind: 'serial' }, signal: AbortSignal): Promise<ByteLink> {
  const { path, baudRate } = address;
  const port = new SerialPort({ path, baudRate, lock: true, autoOpen: false });
  await new Promise<void>((resolve, reject) => {
    port.open((cause) => {
      if (cause) reject(new DeviceError('link/unreachable', `${path}: ${cause.message}`, { cause }));
      else resolve();
    });
  });
  if (signal.aborted) {
    port.close();
    throw signal.reason;
  }
  const end = Promise.withResolvers<LinkEnd>();
  let closing = false;
  port.on('error', (error) => end.resolve({ reason: 'failed', detail: error.message }));
  port.on('close', () => end.resolve({ reason: closing ? 'closed-here' : 'closed-there' }));
  return {
    incoming: quietly(port.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>),
    write: (bytes, options) => written(port as never, bytes, options?.signal),
    closed: end.promise,
    async [Symbol.asyncDispose]() {
      closing = true;
      if (port.isOpen) await new Promise<void>((resolve) => port.close(() => resolve()));
    },
  };
}
