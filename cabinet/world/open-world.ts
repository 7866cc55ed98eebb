import type { Scene } from '#drivers/camera/mjpeg/simulator/scene.ts';
import type { CardPath } from '#drivers/card-printer/evolis/simulator/card-path.ts';
import type { PanelWiring } from '#drivers/panel/firmata/simulator/panel-wiring.ts';
import type { PaperRoll } from '#drivers/receipt-printer/escpos/simulator/paper-roll.ts';
import type { Clock } from '#kit/clock.ts';
import { type Bitmaps, memoryBitmaps } from './bitmaps.ts';
import { newWorld, type World } from './plain.ts';
import { cardPathOf, panelWiringOf, paperRollOf, sceneOf } from './slices.ts';
import { type Verbs, verbsOf } from './verbs.ts';

/** One world that is happening now: what the simulators touch, what people do, and who wants to know. */
export interface OpenWorld extends Verbs {
  /** The whole truth as plain data. A new object after each change, never changed in place. */
  readonly now: World;
  readonly bitmaps: Bitmaps;
  readonly cardPath: CardPath;
  readonly paperRoll: PaperRoll;
  readonly panelWiring: PanelWiring;
  readonly scene: Scene;
  /** Calls `listener` after each change, in the order of the changes. Gives back the way to stop. */
  onChange(listener: (now: World, before: World) => void): () => void;
}

/** What slices and verbs are made of: the world now, and the one way to change it. */
export interface Physics {
  now(): World;
  /** Lets something happen; false where the world stayed as it was. */
  happens(change: (world: World) => World): boolean;
  bitmaps: Bitmaps;
  onChange: OpenWorld['onChange'];
}

export interface OpenWorldOptions {
  clock: Pick<Clock, 'wallMs'>;
  /** Plain data saved before; else a new cabinet. */
  from?: World;
  bitmaps?: Bitmaps;
  /** Called after everybody has felt what a hand changed, before the hand gets its answer. */
  afterHand?: () => void;
}

export function openWorld(options: OpenWorldOptions): OpenWorld {
  const physics = openPhysics(options.clock, options.from ?? newWorld(), options.bitmaps ?? memoryBitmaps());
  return {
    get now() {
      return physics.now();
    },
    bitmaps: physics.bitmaps,
    cardPath: cardPathOf(physics),
    paperRoll: paperRollOf(physics),
    panelWiring: panelWiringOf(physics),
    scene: sceneOf(physics),
    onChange: physics.onChange,
    ...verbsOf(byHand(physics, options.afterHand)),
  };
}

function byHand(physics: Physics, afterHand: () => void = () => undefined): Physics {
  return {
    ...physics,
    happens(change) {
      const hasChanged = physics.happens(change);
      if (hasChanged) afterHand();
      return hasChanged;
    },
  };
}

function openPhysics(clock: Pick<Clock, 'wallMs'>, from: World, bitmaps: Bitmaps): Physics {
  let now = from;
  const listeners = new Set<(now: World, before: World) => void>();
  return {
    now: () => now,
    bitmaps,
    happens(change) {
      const before = { ...now, nowMs: clock.wallMs() };
      const after = change(before);
      if (after === before) return false;
      now = after;
      for (const listener of [...listeners]) listener(after, before);
      return true;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
