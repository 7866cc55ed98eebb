import type { Log } from '#kit/log.ts';
import type { Simulators } from './simulators.ts';
import type { Socket } from './sockets.ts';
import type { Wire } from './wire.ts';
import { hasLink, hasPower } from './world/cabinet-parts.ts';
import { cardsAt } from './world/cards.ts';
import type { OpenWorld } from './world/open-world.ts';
import { type Device, devices, type World } from './world/plain.ts';

interface Parts {
  world: OpenWorld;
  simulators: Simulators;
  wires: Record<Device, Wire>;
  sockets: Record<Device, Socket> | null;
  saveSoon(): void;
  log: Log;
}

/** Lets the machines feel what happens to the world: power, cables, a hand in the card path. Gives back the way to stop. */
export function followWorld(parts: Parts): () => void {
  const { world, simulators } = parts;
  return world.onChange((now, before) => {
    for (const device of devices) {
      if (hasPower(now, device) !== hasPower(before, device)) setPower(parts, device, hasPower(now, device));
      if (hasLink(now, device) !== hasLink(before, device)) setLink(parts, device, hasLink(now, device));
    }
    if (withinReach(now) !== withinReach(before)) simulators['card-printer'].pathChanged();
    parts.saveSoon();
  });
}

function setPower({ simulators, log }: Parts, device: Device, on: boolean): void {
  log.info({ device }, on ? 'power on' : 'power off');
  if (on) simulators[device].powerOn();
  else simulators[device].powerOff();
}

/** Opening comes after the power: whoever gets through finds a device that answers. */
function setLink({ sockets, wires, log }: Parts, device: Device, there: boolean): void {
  const trouble = (error: unknown) => log.error({ device, error: String(error) }, 'the cable could not be moved');
  if (there) {
    sockets?.[device].open().catch(trouble);
    return;
  }
  sockets?.[device].close().catch(trouble);
  wires[device].cut().catch(trouble);
}

/** What a hand can change in the card path, as one text to compare. */
function withinReach(world: World): string {
  const { coverClosed, feeder, ribbon } = world;
  return JSON.stringify([
    coverClosed,
    feeder.jammed,
    ribbon,
    cardsAt(world, 'hopper').length,
    cardsAt(world, 'box').length,
  ]);
}
