import type { FingerPosition } from '#contract/screen/screen-state.ts';
import type { Scene } from '#drivers/camera/mjpeg/simulator/scene.ts';
import * as parts from './cabinet-parts.ts';
import * as cards from './cards.ts';
import type { Physics } from './open-world.ts';
import * as papers from './papers.ts';
import { type CardId, type Device, type Manner, type Paper, told } from './plain.ts';
import * as platen from './platen.ts';

export type HeldAs = NonNullable<Scene['held']>['as'];

/**
 * What people and accidents do to the cabinet. A verb is the hand and nothing else: opening the door first is a verb of
 * its own. A boolean says whether anything changed.
 */
export interface Verbs {
  /** Blanks from the safe into the feeder; gives the number that found room. */
  loadHopper(count: number, who?: string): number;
  /** All blanks back to the safe; gives their number. */
  emptyFeeder(who?: string): number;
  /** New blanks into the safe. */
  deliverBlanks(count: number): void;
  /** Takes the card that stands in the bezel, if the shutter lets it go; gives its id, or null. */
  takeCard(who?: string): CardId | null;
  /** The person sees the card, or does not, and walks away. */
  leaveCard(who?: string): void;
  /** Puts the card last taken into a pocket, or lets it fall. */
  pocketCard(who?: string): boolean;
  dropCard(who?: string): boolean;
  /** Out of one hand into another. */
  giveCard(card: CardId, from: string, to: string): boolean;
  /** Puts the card last taken back into the open slot. */
  pushCardBack(who?: string): boolean;
  /** Pushes something that is no blanko into the open slot. */
  pushForeignCard(who?: string): boolean;
  /** Through the open cover. */
  takeCardFromInside(who?: string): CardId | null;
  /** Takes all bodies out of the reject box; gives their number. */
  emptyRejectBox(who?: string): number;
  openDoor(who?: string): boolean;
  closeDoor(who?: string): boolean;
  openCover(who?: string): boolean;
  closeCover(who?: string): boolean;
  cutMains(): boolean;
  restoreMains(): boolean;
  switchOff(device: Device): boolean;
  switchOn(device: Device): boolean;
  unplug(device: Device): boolean;
  replug(device: Device): boolean;
  /** The feeder's rollers slip; `freeFeeder` mends it. */
  jam(): boolean;
  freeFeeder(): boolean;
  wedgeShutter(): boolean;
  freeShutter(): boolean;
  endRibbon(): boolean;
  tearRibbon(): boolean;
  takeRibbonOut(who?: string): boolean;
  changeRibbon(who?: string): boolean;
  loadPaper(): boolean;
  endPaper(): boolean;
  /** Leaves less than the near-end mark on the roll. */
  thinPaper(): boolean;
  openReceiptLid(): boolean;
  closeReceiptLid(): boolean;
  blockCutter(): boolean;
  freeCutter(): boolean;
  /** Takes all papers that lie in the tray; gives them, oldest first. */
  takePaper(who?: string): Paper[];
  holdBeforeCamera(text: string, as?: HeldAs, who?: string): boolean;
  takeFromCamera(who?: string): boolean;
  coverCamera(): boolean;
  uncoverCamera(): boolean;
  stallCamera(): boolean;
  restartCamera(): boolean;
  /** Somebody's finger on the glass of the scanner, in place of any that lies there. */
  putFinger(person: string, finger: FingerPosition, manner?: Manner): boolean;
  liftFinger(): boolean;
}

const CITIZEN = 'citizen';
const OPERATOR = 'operator';

export function verbsOf(physics: Physics): Verbs {
  return {
    ...cardVerbs(physics),
    ...cabinetVerbs(physics),
    ...paperVerbs(physics),
    ...cameraVerbs(physics),
    ...fingerVerbs(physics),
  };
}

function cardVerbs({ now, happens }: Physics) {
  const countAt = (place: 'hopper' | 'box') => cards.cardsAt(now(), place).length;
  return {
    loadHopper(count: number, who = OPERATOR) {
      const before = countAt('hopper');
      happens((world) => cards.loadHopper(world, count, who));
      return countAt('hopper') - before;
    },
    emptyFeeder(who = OPERATOR) {
      const count = countAt('hopper');
      happens((world) => cards.emptyFeeder(world, who));
      return count;
    },
    emptyRejectBox(who = OPERATOR) {
      const count = countAt('box');
      happens((world) => cards.emptyRejectBox(world, who));
      return count;
    },
    deliverBlanks: (count: number) => void happens((world) => cards.deliver(world, count)),
    takeCard(who = CITIZEN) {
      const card = cards.cardInBezel(now());
      return card && happens((world) => cards.takeCard(world, who)) ? card.id : null;
    },
    takeCardFromInside(who = OPERATOR) {
      const card = cards.cardInside(now());
      return card && happens((world) => cards.takeFromInside(world, who)) ? card.id : null;
    },
    leaveCard: (who = CITIZEN) => void happens((world) => told(world, 'walked away', { who })),
    pocketCard: (who = CITIZEN) => happens((world) => cards.putAway(world, who, `pocket:${who}`)),
    dropCard: (who = CITIZEN) => happens((world) => cards.putAway(world, who, 'floor')),
    giveCard: (card: CardId, from: string, to: string) => happens((world) => cards.giveCard(world, card, from, to)),
    pushCardBack: (who = CITIZEN) => happens((world) => cards.pushBack(world, who)),
    pushForeignCard: (who = CITIZEN) => happens((world) => cards.pushForeignCard(world, who)),
  };
}

function cabinetVerbs({ happens }: Physics) {
  return {
    openDoor: (who = OPERATOR) => happens((world) => parts.setDoor(world, false, who)),
    closeDoor: (who = OPERATOR) => happens((world) => parts.setDoor(world, true, who)),
    openCover: (who = OPERATOR) => happens((world) => parts.setCover(world, false, who)),
    closeCover: (who = OPERATOR) => happens((world) => parts.setCover(world, true, who)),
    cutMains: () => happens((world) => parts.setMains(world, false)),
    restoreMains: () => happens((world) => parts.setMains(world, true)),
    switchOff: (device: Device) => happens((world) => parts.switchDevice(world, device, false)),
    switchOn: (device: Device) => happens((world) => parts.switchDevice(world, device, true)),
    unplug: (device: Device) => happens((world) => parts.plugDevice(world, device, false)),
    replug: (device: Device) => happens((world) => parts.plugDevice(world, device, true)),
    jam: () => happens((world) => parts.jamFeeder(world, true)),
    freeFeeder: () => happens((world) => parts.jamFeeder(world, false)),
    wedgeShutter: () => happens((world) => parts.wedgeShutter(world, true)),
    freeShutter: () => happens((world) => parts.wedgeShutter(world, false)),
    endRibbon: () => happens(parts.endRibbon),
    tearRibbon: () => happens(parts.tearRibbon),
    takeRibbonOut: (who = OPERATOR) => happens((world) => parts.takeRibbonOut(world, who)),
    changeRibbon: (who = OPERATOR) => happens((world) => parts.changeRibbon(world, who)),
  };
}

function paperVerbs({ now, happens }: Physics) {
  return {
    loadPaper: () => happens((world) => papers.setPaperLeft(world, world.receipt.fullMm, 'paper roll changed')),
    endPaper: () => happens((world) => papers.setPaperLeft(world, 0, 'paper ended')),
    thinPaper: () => happens((world) => papers.setPaperLeft(world, world.receipt.nearEndMm / 2, 'paper nearly ended')),
    openReceiptLid: () => happens((world) => papers.setReceiptCover(world, false)),
    closeReceiptLid: () => happens((world) => papers.setReceiptCover(world, true)),
    blockCutter: () => happens((world) => papers.blockCutter(world, true)),
    freeCutter: () => happens((world) => papers.blockCutter(world, false)),
    takePaper(who = CITIZEN) {
      const taken = papers.papersInTray(now());
      happens((world) => papers.takePapers(world, who));
      return taken;
    },
  };
}

function cameraVerbs({ happens }: Physics) {
  return {
    holdBeforeCamera: (text: string, as: HeldAs = 'paper', who = CITIZEN) =>
      happens((world) => parts.showToCamera(world, { text, as }, who)),
    takeFromCamera: (who = CITIZEN) => happens((world) => parts.showToCamera(world, null, who)),
    coverCamera: () => happens((world) => parts.coverCamera(world, true)),
    uncoverCamera: () => happens((world) => parts.coverCamera(world, false)),
    stallCamera: () => happens((world) => parts.stallCamera(world, true)),
    restartCamera: () => happens((world) => parts.stallCamera(world, false)),
  };
}

function fingerVerbs({ happens }: Physics) {
  return {
    putFinger: (person: string, finger: FingerPosition, manner: Manner = 'well') =>
      happens((world) => platen.putFinger(world, { person, finger, manner })),
    liftFinger: () => happens(platen.liftFinger),
  };
}
