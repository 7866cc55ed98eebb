import type { ProblemCode } from '#contract/problems/codes.ts';
import type { FaceRenderer } from '#controller/card-face/face-renderer.ts';
import type { Devices } from '#controller/devices/devices.ts';
import type { Journal } from '#controller/journal/journal.ts';
import type { Clock } from '#kit/clock.ts';
import type { Store } from '#kit/store.ts';
import { type Desk, type MayDecide, openDesk } from './desk.ts';
import { type Desktop, openDesktop } from './dossier.ts';
import { type FeederWatch, openFeederWatch } from './feeder-watch.ts';
import { needsOpeningCount } from './opening-count.ts';
import { type Operators, openOperators } from './operators.ts';
import { openRibbons, type Ribbons } from './ribbons.ts';
import { openStockRoom, type StockRoom } from './stock-room.ts';
import { openTraining, type Training } from './training.ts';

export interface RoomsPorts {
  journal: Journal;
  store: Store;
  clock: Clock;
  devices: Devices;
  renderer: FaceRenderer;
  /** True while nobody is served. */
  idle: () => boolean;
  /** Aborts when this process life ends. */
  life: () => AbortSignal;
  /** Something that a screen or a snapshot shows has changed. */
  changed: () => void;
  /** Why only central decides on rights now; null, or left out, while this kiosk does. */
  mayDecide?: MayDecide;
}

/** Everything that named people do at this kiosk, each room over the same journal. */
export interface Rooms {
  readonly operators: Operators;
  readonly stock: StockRoom;
  readonly desk: Desk;
  readonly desktop: Desktop;
  readonly ribbons: Ribbons;
  readonly training: Training;
  readonly feeder: FeederWatch;
  /** Why what people do, or have not done yet, closes the kiosk; null where it does not. */
  closed(): ProblemCode | null;
}

export function openRooms(ports: RoomsPorts): Rooms {
  const { journal, store, clock, devices, changed } = ports;
  const { printer, panel } = devices;
  const training = openTraining({ ...ports, printer, panel });
  return {
    operators: openOperators(journal, store, changed),
    stock: openStockRoom(journal, store, changed),
    desk: openDesk(journal, store, changed, ports.mayDecide),
    desktop: openDesktop(ports),
    ribbons: openRibbons(journal, store, changed),
    training,
    feeder: openFeederWatch(journal, store, clock, changed),
    closed() {
      if (training.on) return 'kiosk/training';
      return store.read((db) => needsOpeningCount(db, journal.epoch)) ? 'kiosk/not-counted' : null;
    },
  };
}
