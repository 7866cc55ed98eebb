import type { ByteLink } from '#drivers/kit/byte-link.ts';

/**
 * One cable with one device at its far end. Hosts come and go; a new one takes the cable over, so that a host that was
 * killed without a word never keeps the next one out.
 */
export interface Wire {
  attach(far: ByteLink): Promise<void>;
  /** Pulls the cable out of the host that holds it, if any. */
  cut(): Promise<void>;
  readonly inUse: boolean;
}

export interface WireOptions {
  /** Speaks to one host until the link ends. */
  serve(link: ByteLink): Promise<void>;
  /** A host came or went. */
  changed(): void;
  trouble(error: unknown): void;
}

export function openWire({ serve, changed, trouble }: WireOptions): Wire {
  let current: ByteLink | undefined;
  const hold = (link: ByteLink | undefined) => {
    const last = current;
    current = link;
    if (last !== link) changed();
    return last?.[Symbol.asyncDispose]();
  };
  return {
    get inUse() {
      return current !== undefined;
    },
    cut: async () => hold(undefined),
    async attach(far) {
      await hold(far);
      await serve(far).catch(trouble);
      if (current === far) await hold(undefined);
      else await far[Symbol.asyncDispose]();
    },
  };
}
