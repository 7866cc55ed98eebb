/** What the pins of the I/O board are soldered to; the same map stands in the cabinet file. */
export interface PinMap {
  lamps: { slot: number; call: number; ready: number; trouble: number };
  beeper: number;
  /** High = open. */
  shutterMotor: number;
  sensors: { cardAtExit: number; shutterClosed: number; doorClosed: number; mainsPresent: number };
}

/** The slice of the physical world that the panel touches. */
export interface PanelWiring {
  /** Levels the sensors see now; the world calls `changed` of the simulator when one changes. */
  readonly cardAtExit: boolean;
  readonly shutterClosed: boolean;
  readonly doorClosed: boolean;
  readonly mainsPresent: boolean;
  lamp(which: 'slot' | 'call' | 'ready' | 'trouble', on: boolean): void;
  beep(on: boolean): void;
  /** The motor pulls the shutter open or lets it fall shut; the world moves it, and its sensor follows. */
  shutter(open: boolean): void;
  /** Tells the board when a level changed. */
  onChange(listener: () => void): void;
}
