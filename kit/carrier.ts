/** What a carrier reports, in the order it happened. */
export type CarrierEvent =
  | { type: 'connected' }
  | { type: 'disconnected' }
  | { type: 'message'; topic: string; payload: Uint8Array };

export interface PublishOptions {
  qos: 0 | 1;
  retain?: boolean;
}

/**
 * Carries messages between kiosk and central and promises nothing: each may be lost, late, doubled or reordered.
 * Every guarantee is made above it, from the journal.
 */
export interface Carrier extends AsyncDisposable {
  readonly connected: boolean;
  /** One consumer; ends when the carrier is disposed. */
  readonly incoming: AsyncIterable<CarrierEvent>;
  /** Hands a message to the wire; false where there is no connection and nothing was done. Never queues while offline. */
  publish(topic: string, payload: string | Uint8Array, options: PublishOptions): boolean;
  /** Filters are kept and asked for again on every connection. */
  subscribe(filters: readonly string[]): void;
}
