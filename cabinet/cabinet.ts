import { fileURLToPath } from 'node:url';
import type { LinkAddress, OpenLink } from '#drivers/kit/byte-link.ts';
import { DeviceError } from '#drivers/kit/device-error.ts';
import { memoryLinkPair } from '#drivers/kit/memory-link.ts';
import { linkOpener } from '#drivers/kit/open-link.ts';
import type { PinMap } from '#drivers/panel/firmata/simulator/panel-wiring.ts';
import type { Clock } from '#kit/clock.ts';
import { type Log, silentLog } from '#kit/log.ts';
import type { Random } from '#kit/random.ts';
import { type DevicesFile, devicesFile } from './devices-file.ts';
import type { FingerPicture } from './finger-picture.ts';
import { followWorld } from './follow-world.ts';
import type { Pacing } from './pacing.ts';
import { bitmapsIn, readSaved } from './saved.ts';
import { openSaver, type Saver } from './saver.ts';
import { controlSavesFirst, savesFirst } from './saves-first.ts';
import {
  type CardPrinterTraits,
  cardPrinterControl,
  openSimulators,
  type Simulators,
  usualPins,
} from './simulators.ts';
import { claimFolder, type Socket, socketPath, tcpSocket, unixSocket } from './sockets.ts';
import { openWire, type Wire } from './wire.ts';
import { folderBitmaps, memoryBitmaps } from './world/bitmaps.ts';
import { hasLink } from './world/cabinet-parts.ts';
import { type OpenWorld, openWorld } from './world/open-world.ts';
import { type Device, devices, type NewWorld, newWorld } from './world/plain.ts';

export interface CabinetOptions {
  clock: Clock;
  random: Random;
  /** Where hosts plug in: ends in this process's memory, unix sockets in a folder, or TCP ports of the loopback. */
  links: 'memory' | 'tcp' | { socketsIn: string };
  pacing: Pacing;
  /** Where the world is saved and continued from; without it the world lives in memory. */
  folder?: string;
  /** How a new world begins; of no effect where one was saved. */
  begin?: NewWorld;
  pins?: PinMap;
  cardPrinter?: CardPrinterTraits;
  /** Where pictures of fingers come from; without it no scanner stands here. */
  fingerPicture?: FingerPicture;
  log?: Log;
}

/** Where a device is found, in the words of the cabinet file; a camera is a child program that writes its stream. */
export type DeviceAddress = LinkAddress | { kind: 'command'; command: string[] };

/** One simulated cabinet: the world, the machines that touch it, and the cables to them. */
export interface Cabinet extends AsyncDisposable {
  readonly world: OpenWorld;
  /** The machines themselves, to misbehave on request. */
  readonly simulators: Simulators;
  readonly pins: PinMap;
  /** Whether there is a glass to put a finger on. */
  readonly hasScanner: boolean;
  /** The near end of the device's cable, anew at each call of what it gives; rejects while nothing is plugged in. */
  openLink(device: Device): OpenLink;
  /** Throws where the links are in memory. */
  addresses(): Record<Device, DeviceAddress>;
  /** What a controller's cabinet file says of these devices. */
  devicesFile(): DevicesFile;
  isConnected(device: Device): boolean;
  /** Calls `listener` when a host came or went. Gives back the way to stop. */
  onPlug(listener: () => void): () => void;
  /** The next card jams under the head, half-way through its third panel; a hand in the open cover frees it. */
  jamCard(): void;
  /** Writes everything into the one file of its folder, as at an orderly end; nothing where it has no folder. */
  save(): void;
}

/** Rejects with one clear line where a folder cannot be used, a saved world not be read, or another cabinet is there. */
export async function openCabinet(options: CabinetOptions): Promise<Cabinet> {
  const { clock, folder, links, pins = usualPins, log = silentLog } = options;
  const claim = typeof links === 'string' ? null : await claimFolder(links.socketsIn);
  const saved = folder === undefined ? null : readSaved(folder);
  const bitmaps = folder === undefined ? memoryBitmaps() : folderBitmaps(bitmapsIn(folder));
  const afterHand = () => saver.now();
  const world = openWorld({ clock, bitmaps, from: saved?.world ?? newWorld(options.begin), afterHand });
  const simulators = openSimulators({ ...options, world, pins, from: saved?.devices ?? {} });
  const plugListeners = new Set<() => void>();
  const saver = openSaver({ clock, folder, from: saved, world, simulators, log });
  const plugged = () => {
    saver.soon();
    for (const listener of [...plugListeners]) listener();
  };
  const wires = openWires(simulators, saver, plugged, log);
  saver.wholly();
  const sockets = links === 'memory' ? null : await openSockets(links, wires);
  const stop = followWorld({ world, simulators, wires, sockets, saveSoon: saver.soon, log });
  for (const device of devices) if (hasLink(world.now, device)) await sockets?.[device].open();
  return {
    ...{ world, simulators, pins, save: saver.wholly, hasScanner: options.fingerPicture !== undefined },
    openLink: (device) =>
      sockets ? linkOpener(sockets[device].address) : memoryOpener(device, world, simulators, wires, saver),
    addresses: () => addressesOf(sockets),
    devicesFile: () => devicesFile(sockets && addressesOf(sockets), pins, options),
    isConnected: (device) => wires[device].inUse,
    onPlug(listener) {
      plugListeners.add(listener);
      return () => plugListeners.delete(listener);
    },
    jamCard() {
      simulators['card-printer'].misbehave({ fault: 'jam', atPanel: 3, freedBy: 'person' });
      saver.now();
    },
    async [Symbol.asyncDispose]() {
      stop();
      saver.wholly();
      saver.end();
      for (const device of devices) await sockets?.[device].close();
      for (const device of devices) await wires[device].cut();
      await claim?.[Symbol.asyncDispose]();
    },
  };
}

function forEachDevice<T>(make: (device: Device) => T): Record<Device, T> {
  return Object.fromEntries(devices.map((device) => [device, make(device)])) as Record<Device, T>;
}

function openWires(simulators: Simulators, saver: Saver, changed: () => void, log: Log): Record<Device, Wire> {
  return forEachDevice((device) =>
    openWire({
      serve: (link) => simulators[device].serve(savesFirst(link, device, saver)),
      changed,
      trouble: (error) => log.error({ device, error: String(error) }, 'a simulator broke down'),
    }),
  );
}

async function openSockets(
  links: 'tcp' | { socketsIn: string },
  wires: Record<Device, Wire>,
): Promise<Record<Device, Socket>> {
  const open = (device: Device) => {
    const plugIn = (far: Parameters<Wire['attach']>[0]) => void wires[device].attach(far);
    return links === 'tcp' ? tcpSocket(plugIn) : unixSocket(socketPath(links.socketsIn, device), plugIn);
  };
  const opened = await Promise.all(devices.map(async (device) => [device, await open(device)] as const));
  return Object.fromEntries(opened) as Record<Device, Socket>;
}

function memoryOpener(
  device: Device,
  world: OpenWorld,
  simulators: Simulators,
  wires: Record<Device, Wire>,
  saver: Saver,
): OpenLink {
  return async () => {
    if (!hasLink(world.now, device)) throw new DeviceError('link/unreachable', `the ${device} is not plugged in`);
    const control =
      device === 'card-printer' ? controlSavesFirst(cardPrinterControl(simulators[device]), device, saver) : undefined;
    const { near, far } = memoryLinkPair(control);
    void wires[device].attach(far);
    return near;
  };
}

function addressesOf(sockets: Record<Device, Socket> | null): Record<Device, DeviceAddress> {
  if (!sockets) throw new Error('a cabinet in memory has no addresses: use openLink');
  const found = forEachDevice<DeviceAddress>((device) => sockets[device].address);
  return { ...found, camera: { kind: 'command', command: feedCommand(sockets.camera.address) } };
}

const FEED = fileURLToPath(new URL('../drivers/camera/mjpeg/simulator/feed.mjs', import.meta.url));

/** Stands where `rpicam-vid` would. */
function feedCommand(address: Socket['address']): string[] {
  const where = address.kind === 'unix' ? `unix:${address.path}` : `tcp:${address.host}:${address.port}`;
  return [process.execPath, FEED, where];
}
