import type { Scene } from '#drivers/camera/mjpeg/simulator/scene.ts';
import type { CardPath, Station } from '#drivers/card-printer/evolis/simulator/card-path.ts';
import type { PanelWiring } from '#drivers/panel/firmata/simulator/panel-wiring.ts';
import type { PaperRoll } from '#drivers/receipt-printer/escpos/simulator/paper-roll.ts';
import { lightLamp, pullShutter, sound, usePanels } from './cabinet-parts.ts';
import * as cards from './cards.ts';
import type { Physics } from './open-world.ts';
import { putPaper } from './papers.ts';
import type { World } from './plain.ts';

/** The one world as each simulator sees it. All read the same cards: what the printer presents, the exit sensor sees. */
export function cardPathOf({ now, happens, bitmaps }: Physics): CardPath {
  return {
    get feeder() {
      return { cards: cards.cardsAt(now(), 'hopper').length, ...now().feeder };
    },
    get rejectBox() {
      return { cards: cards.cardsAt(now(), 'box').length, ...now().rejectBox };
    },
    get coverClosed() {
      return now().coverClosed;
    },
    get ribbon() {
      return now().ribbon;
    },
    get inside() {
      const card = cards.cardInside(now());
      return card ? { card: card.id, at: card.place as Station } : null;
    },
    get atExit() {
      return cards.cardInBezel(now())?.id ?? null;
    },
    get cardsFed() {
      return now().cardsFed;
    },
    feed: (to) => (happens((world) => cards.feed(world, to)) ? (cards.cardInside(now())?.id ?? null) : null),
    feedTwo: (to) => (happens((world) => cards.feedTwo(world, to)) ? (cards.cardInside(now())?.id ?? null) : null),
    move: (to) => void happens((world) => cards.move(world, to)),
    present: () => happens(cards.present),
    retract: () => happens(cards.retract),
    reject: () => happens(cards.reject),
    ink: (panel, bitmap) => {
      if (cards.cardInside(now())) happens((world) => cards.ink(world, panel, bitmaps.keep(bitmap)));
    },
    usePanels: () => void happens(usePanels),
    countFeed: () => void happens((world) => ({ ...world, cardsFed: world.cardsFed + 1 })),
  };
}

/** What the receipt printer's sensors read, and its knife. */
function rollOf({ receipt }: World) {
  const { leftMm, nearEndMm, coverClosed, cutterBlocked } = receipt;
  return { out: leftMm === 0, nearEnd: leftMm < nearEndMm, coverClosed, cutterBlocked };
}

export function paperRollOf({ now, happens, bitmaps, onChange }: Physics): PaperRoll {
  return {
    get leftMm() {
      return now().receipt.leftMm;
    },
    get nearEnd() {
      return now().receipt.leftMm < now().receipt.nearEndMm;
    },
    get coverClosed() {
      return now().receipt.coverClosed;
    },
    get cutterBlocked() {
      return now().receipt.cutterBlocked;
    },
    onChange(listener) {
      onChange((after, before) => {
        if (JSON.stringify(rollOf(after)) !== JSON.stringify(rollOf(before))) listener();
      });
    },
    put: (event) => void happens((world) => putPaper(world, event, bitmaps.keep)),
  };
}

/** What the four sensors read. */
export function levels(world: World) {
  return {
    cardAtExit: cards.cardInBezel(world) !== undefined,
    shutterClosed: !world.shutter.open,
    doorClosed: world.doorClosed,
    mainsPresent: world.mains,
  };
}

export function panelWiringOf({ now, happens, onChange }: Physics): PanelWiring {
  return {
    get cardAtExit() {
      return levels(now()).cardAtExit;
    },
    get shutterClosed() {
      return levels(now()).shutterClosed;
    },
    get doorClosed() {
      return levels(now()).doorClosed;
    },
    get mainsPresent() {
      return levels(now()).mainsPresent;
    },
    lamp: (which, on) => void happens((world) => lightLamp(world, which, on)),
    beep: (on) => void happens((world) => sound(world, on)),
    shutter: (open) => void happens((world) => pullShutter(world, open)),
    onChange(listener) {
      onChange((after, before) => {
        if (JSON.stringify(levels(after)) !== JSON.stringify(levels(before))) listener();
      });
    },
  };
}

export function sceneOf({ now }: Physics): Scene {
  return {
    get held() {
      return now().scene.held;
    },
    get covered() {
      return now().scene.covered;
    },
    get stalled() {
      return now().scene.stalled;
    },
  };
}
