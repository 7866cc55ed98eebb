/** The little that we use of two packages that bring no types. */
declare module 'firmata-io' {
  import type { EventEmitter } from 'node:events';

  export interface FirmataTransport extends EventEmitter {
    write(bytes: Uint8Array, done?: () => void): void;
  }

  class FirmataBoard extends EventEmitter {
    constructor(transport: FirmataTransport, options: { reportVersionTimeout: number });
    readonly transport: FirmataTransport;
    readonly isReady: boolean;
    readonly pins: readonly { readonly supportedModes: readonly number[] }[];
    readonly MODES: Readonly<Record<'INPUT' | 'OUTPUT' | 'PULLUP', number>>;
    /** Until it is set everything that comes is thrown away. */
    versionReceived: boolean;
    readonly reportVersionTimeoutId: NodeJS.Timeout;
    reportVersion(done: () => void): void;
    queryFirmware(done: () => void): void;
    /** Asks for the level of a port now, and for each change from now on. */
    reportDigitalPin(pin: number, on: 0 | 1): void;
  }
  const firmata: { Firmata: typeof FirmataBoard };
  export default firmata;
}

declare module 'johnny-five' {
  import type { EventEmitter } from 'node:events';

  class Board extends EventEmitter {
    constructor(options: { io: EventEmitter; repl: boolean; debug: boolean; sigint: boolean });
    /** Every board ever made, until somebody takes it out. */
    static readonly cache: Board[];
    readonly isReady: boolean;
    pinMode(pin: number, mode: number): this;
    digitalWrite(pin: number, level: 0 | 1): this;
    digitalRead(pin: number, onReport: (level: 0 | 1) => void): this;
  }
  const five: { Board: typeof Board };
  export default five;
}
