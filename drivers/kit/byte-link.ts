/** How a link came to its end. */
export type LinkEnd = { reason: 'closed-here' | 'closed-there' } | { reason: 'failed'; detail: string };

/** Out-of-band reads that some wires have: the USB printer class, requests GET_PORT_STATUS and GET_DEVICE_ID. */
export interface LinkControl {
  /** Port-status byte: 0x08 not-error, 0x10 select, 0x20 paper empty. */
  portStatus(options: { signal: AbortSignal }): Promise<number>;
  deviceId(options: { signal: AbortSignal }): Promise<string>;
}

/** A pipe of bytes to one device: serial port, USB pipe, socket or simulator. Disposing closes it. */
export interface ByteLink extends AsyncDisposable {
  /** Bytes as they come, cut anywhere. One consumer. Ends when the link does. */
  readonly incoming: AsyncIterable<Uint8Array>;
  /** Resolves when the bytes are with the operating system. Aborting stops the wait, not bytes already under way. */
  write(bytes: Uint8Array, options?: { signal?: AbortSignal }): Promise<void>;
  /** Resolves once, with the reason, when nothing more can come. */
  readonly closed: Promise<LinkEnd>;
  readonly control?: LinkControl;
}

/** Where a device is found; the same words in every cabinet file. */
export type LinkAddress =
  | { kind: 'tcp'; host: string; port: number }
  | { kind: 'unix'; path: string }
  | { kind: 'serial'; path: string; baudRate: number };

/** Opens a link, or rejects with `DeviceError` where nobody is there. Called again for every attempt to reopen. */
export type OpenLink = (options: { signal: AbortSignal }) => Promise<ByteLink>;
