import type { LinkEnd } from './byte-link.ts';

/** What the descriptors of a device say, read once when it was opened. */
export interface UsbFacts {
  vendorId: number;
  productId: number;
  /** Release of the device, binary-coded decimal: 0x0103 is 1.03. */
  release: number;
  /** As the kernel read it; null where the device has none or nobody can tell. */
  serial: string | null;
  /** Of the one interface that is claimed. */
  endpoints: readonly UsbEndpoint[];
}

export interface UsbEndpoint {
  /** With the direction bit: 0x80 and above bring bytes in. */
  address: number;
  kind: 'bulk' | 'interrupt' | 'other';
  maxPacketBytes: number;
}

/** A request on the control pipe, as the setup packet has it; its direction is the method's. */
export interface UsbRequest {
  type: 'standard' | 'class' | 'vendor';
  to: 'device' | 'interface' | 'endpoint';
  request: number;
  value: number;
  index: number;
}

export interface UsbWait {
  signal: AbortSignal;
  timeoutMs: number;
}

/**
 * One claimed interface of one USB device, or a simulator of it. A transfer rejects with `DeadlineError` when its time is
 * over, with `signal.reason`, with `link/lost` when the device is gone, and with `device/protocol` when it refuses. A
 * transfer that is given up is cancelled; bytes that came in that very moment are delivered all the same.
 */
export interface UsbDevice extends AsyncDisposable {
  readonly facts: UsbFacts;
  controlIn(request: UsbRequest, lengthBytes: number, wait: UsbWait): Promise<Uint8Array>;
  controlOut(request: UsbRequest, bytes: Uint8Array, wait: UsbWait): Promise<void>;
  /** One interrupt packet. Without a time it waits until the signal: a device may have nothing to say for days. */
  interruptIn(
    endpoint: number,
    lengthBytes: number,
    wait: { signal: AbortSignal; timeoutMs?: number },
  ): Promise<Uint8Array>;
  /** Up to so many bytes; fewer where the device ends early, also none. */
  bulkIn(endpoint: number, lengthBytes: number, wait: UsbWait): Promise<Uint8Array>;
  bulkOut(endpoint: number, bytes: Uint8Array, wait: UsbWait): Promise<void>;
  /** Resolves once when nothing more can come. Unplugging shows in a transfer: keep one waiting to learn of it at once. */
  readonly closed: Promise<LinkEnd>;
}

/** Where a device is found on the bus; the serial number tells two of one model apart. */
export interface UsbAddress {
  vendorId: number;
  productId: number;
  serial?: string;
  /** Default 0. */
  interfaceNumber?: number;
}

/** Opens the device, or rejects with `link/unreachable`. Called again for every attempt to reopen. */
export type OpenUsb = (options: { signal: AbortSignal }) => Promise<UsbDevice>;
