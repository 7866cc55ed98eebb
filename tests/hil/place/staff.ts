import type { Device } from '#cabinet/world/plain.ts';
import type { Misbehaviour } from '#drivers/card-printer/evolis/simulator/misbehaviour.ts';
import { kioskOf, type Scene, screenOf } from './scene.ts';

/** Who loads and mends the things that are used up. */
export interface Operator {
  /** Puts cards into the feeder and books them, with the number of the document they came with. */
  loads(count: number, paper: { document: string }): Promise<void>;
  opensDuty(): void;
  closesDuty(): void;
  /** Knows the person at the screen by a document and the portrait in the record. */
  identifies(how?: { document?: string; reason?: string }): void;
  /** Looks at the portrait of the person at the screen. */
  looksAtThePerson(): { name: string; birthDate: string; photo: string };
  changesRibbon(): void;
  loadsPaper(): void;
  /** Has looked at a printer that spoiled two cards in a row. */
  seesToThePrinter(reason: string): void;
}

const operatorId = 'op-1';

export function operatorIn(scene: Scene): Operator {
  const { hands } = scene;
  const operators = () => kioskOf(scene).controller.operators;
  const visitNo = () => screenOf(scene).visitNo ?? 'none';
  return {
    async loads(count, { document }) {
      hands('loadHopper', count, operatorId);
      operators().load({ count, document, operatorId });
    },
    identifies: ({ document = 'KK', reason = 'worn' } = {}) =>
      kioskOf(scene).controller.kiosk.vouching.identify({ visitNo: visitNo(), operatorId, document, reason }),
    looksAtThePerson: () => kioskOf(scene).controller.kiosk.vouching.see({ visitNo: visitNo(), operatorId }),
    closesDuty: () => operators().closeDuty({ operatorId, certificateId: 'cert-1' }),
    opensDuty: () => operators().openDuty({ operatorId, certificateId: 'cert-1' }),
    changesRibbon() {
      hands('openCover', operatorId);
      hands('changeRibbon', operatorId);
      hands('closeCover', operatorId);
    },
    loadsPaper: () => void hands('loadPaper'),
    seesToThePrinter: (reason) => operators().printerSeen({ operatorId, reason }),
  };
}

/** Who pulls cables; and everything that breaks by itself. */
export interface Technician {
  unplugs(device: Device): void;
  plugsIn(device: Device): void;
  switchesOff(device: Device): void;
  switchesOn(device: Device): void;
  cutsMains(): void;
  restoresMains(): void;
  opensDoor(): void;
  closesDoor(): void;
  opensCover(): void;
  closesCover(): void;
  wedgesShutter(): void;
  freesShutter(): void;
  endsRibbon(): void;
  endsPaper(): void;
  stallsCamera(): void;
  restartsCamera(): void;
  /** The card printer goes wrong in a way that only a simulated one does on request. */
  spoils(...faults: Misbehaviour[]): void;
}

export function technicianIn(scene: Scene): Technician {
  const { hands, parts } = scene;
  return {
    unplugs: (device) => void hands('unplug', device),
    plugsIn: (device) => void hands('replug', device),
    switchesOff: (device) => void hands('switchOff', device),
    switchesOn: (device) => void hands('switchOn', device),
    cutsMains: () => void hands('cutMains'),
    restoresMains: () => void hands('restoreMains'),
    opensDoor: () => void hands('openDoor'),
    closesDoor: () => void hands('closeDoor'),
    opensCover: () => void hands('openCover'),
    closesCover: () => void hands('closeCover'),
    wedgesShutter: () => void hands('wedgeShutter'),
    freesShutter: () => void hands('freeShutter'),
    endsRibbon: () => void hands('endRibbon'),
    endsPaper: () => void hands('endPaper'),
    stallsCamera: () => void hands('stallCamera'),
    restartsCamera: () => void hands('restartCamera'),
    spoils: (...faults) => parts.cabinet.simulators['card-printer'].misbehave(...faults),
  };
}
