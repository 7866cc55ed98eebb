import type { Device, Lamp, World } from './plain.ts';
import { newRibbon, told } from './plain.ts';

/** Levers, lamps and plugs. As with cards: the very same world where nothing changed. */

/** The motor pulls only with mains: the battery does not carry it. */
export function shutterPulledOpen(world: World): boolean {
  return world.shutter.pulled && world.mains;
}

/** Pulled it is open; let go it falls shut, or rests on what stands in the slot; stuck it stays as it is. */
export function settleShutter(world: World): World {
  const { open, stuck } = world.shutter;
  const propped = open && world.cards.some((card) => card.place === 'bezel');
  const next = stuck ? open : shutterPulledOpen(world) || propped;
  if (next === open) return world;
  return told({ ...world, shutter: { ...world.shutter, open: next } }, next ? 'shutter opened' : 'shutter fell shut');
}

export function pullShutter(world: World, pulled: boolean): World {
  if (pulled === world.shutter.pulled) return world;
  return settleShutter({ ...world, shutter: { ...world.shutter, pulled } });
}

export function wedgeShutter(world: World, stuck: boolean): World {
  if (stuck === world.shutter.stuck) return world;
  return settleShutter({ ...world, shutter: { ...world.shutter, stuck } });
}

export function lightLamp(world: World, lamp: Lamp, on: boolean): World {
  return world.lamps[lamp] === on ? world : { ...world, lamps: { ...world.lamps, [lamp]: on } };
}

export function sound(world: World, beeping: boolean): World {
  return world.beeping === beeping ? world : { ...world, beeping };
}

/** What the board's outputs do without power: nothing shines, nothing sounds, the shutter falls. */
export function darkenPanel(world: World): World {
  const lamps = { slot: false, call: false, ready: false, trouble: false };
  return pullShutter({ ...world, lamps, beeping: false }, false);
}

export function setDoor(world: World, doorClosed: boolean, who: string): World {
  if (world.doorClosed === doorClosed) return world;
  return told({ ...world, doorClosed }, doorClosed ? 'door closed' : 'door opened', { who });
}

export function setCover(world: World, coverClosed: boolean, who: string): World {
  if (world.coverClosed === coverClosed) return world;
  return told({ ...world, coverClosed }, coverClosed ? 'printer cover closed' : 'printer cover opened', { who });
}

export function setMains(world: World, mains: boolean): World {
  if (world.mains === mains) return world;
  return settleShutter(told({ ...world, mains }, mains ? 'mains came back' : 'mains cut'));
}

/** The small battery carries board, panel, screen, camera and scanner; the printers are too hungry for it. */
export function hasPower(world: World, device: Device): boolean {
  const onBattery = device !== 'card-printer' && device !== 'receipt-printer';
  return world.switchedOn[device] && (world.mains || onBattery);
}

/** Whether bytes can pass between the board and the device. */
export function hasLink(world: World, device: Device): boolean {
  return world.plugged[device] && hasPower(world, device);
}

export function switchDevice(world: World, device: Device, on: boolean): World {
  if (world.switchedOn[device] === on) return world;
  const switchedOn = { ...world.switchedOn, [device]: on };
  const after = told({ ...world, switchedOn }, `${device} switched ${on ? 'on' : 'off'}`);
  return device === 'panel' && !on ? darkenPanel(after) : after;
}

export function plugDevice(world: World, device: Device, plugged: boolean): World {
  if (world.plugged[device] === plugged) return world;
  const after = { ...world, plugged: { ...world.plugged, [device]: plugged } };
  return told(after, `${device} ${plugged ? 'plugged in' : 'unplugged'}`);
}

export function jamFeeder(world: World, jammed: boolean): World {
  if (world.feeder.jammed === jammed) return world;
  return told({ ...world, feeder: { ...world.feeder, jammed } }, jammed ? 'feeder jammed' : 'feeder freed');
}

/** One set of panels has passed the head. */
export function usePanels(world: World): World {
  if (!world.ribbon || world.ribbon.prints === 0) return world;
  return { ...world, ribbon: { ...world.ribbon, prints: world.ribbon.prints - 1 } };
}

export function endRibbon(world: World): World {
  if (!world.ribbon || world.ribbon.prints === 0) return world;
  return told({ ...world, ribbon: { ...world.ribbon, prints: 0 } }, 'ribbon ended');
}

export function tearRibbon(world: World): World {
  if (!world.ribbon || world.ribbon.broken) return world;
  return told({ ...world, ribbon: { ...world.ribbon, broken: true } }, 'ribbon torn');
}

export function takeRibbonOut(world: World, who: string): World {
  return world.ribbon ? told({ ...world, ribbon: null }, 'ribbon taken out', { who }) : world;
}

export function changeRibbon(world: World, who: string): World {
  return told({ ...world, ribbon: newRibbon() }, 'ribbon changed', { who });
}

export function showToCamera(world: World, held: World['scene']['held'], who: string): World {
  if (!held && !world.scene.held) return world;
  const after = { ...world, scene: { ...world.scene, held } };
  return told(after, held ? `code held before the camera (${held.as})` : 'code taken away', { who });
}

export function coverCamera(world: World, covered: boolean): World {
  if (world.scene.covered === covered) return world;
  const scene = { ...world.scene, covered };
  return told({ ...world, scene }, covered ? 'camera covered' : 'camera uncovered');
}

export function stallCamera(world: World, stalled: boolean): World {
  if (world.scene.stalled === stalled) return world;
  const scene = { ...world.scene, stalled };
  return told({ ...world, scene }, stalled ? 'camera stalled' : 'camera runs again');
}
