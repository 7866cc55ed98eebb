import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { followWorld } from '#cabinet/follow-world.ts';
import { cardPrinterControl, openSimulators, type Simulators, snapshots, usualPins } from '#cabinet/simulators.ts';
import { openWire, type Wire } from '#cabinet/wire.ts';
import type { Bitmaps } from '#cabinet/world/bitmaps.ts';
import { hasLink } from '#cabinet/world/cabinet-parts.ts';
import { type OpenWorld, openWorld } from '#cabinet/world/open-world.ts';
import { type Device, devices, type World } from '#cabinet/world/plain.ts';
import type { PrinterBranches } from '#drivers/card-printer/evolis/simulator/branches.ts';
import type { PrinterSnapshot } from '#drivers/card-printer/evolis/simulator/snapshot.ts';
import type { ByteLink } from '#drivers/kit/byte-link.ts';
import { DeviceError } from '#drivers/kit/device-error.ts';
import { memoryLinkPair } from '#drivers/kit/memory-link.ts';
import { blankBand } from '#drivers/receipt-printer/escpos/simulator/band.ts';
import type { Clock } from '#kit/clock.ts';
import { silentLog } from '#kit/log.ts';
import type { Random } from '#kit/random.ts';

/** A cabinet as it lies there: the world, what each machine remembers, and bytes that have left the board. */
export interface CabinetState {
  world: World;
  machines: Partial<Record<Device, unknown>>;
  /** Bytes on a cable whose host died before they arrived. */
  onTheWire: { device: Device; bytes: Uint8Array } | null;
  /** Of the printer in it; the usual one where nothing stands. */
  printerSerial?: string;
}

export interface Physics {
  readonly world: OpenWorld;
  readonly simulators: Simulators;
  /** The near end of a device's cable; throws where nothing is plugged in. */
  plugIn(device: Device): ByteLink;
  save(): CabinetState;
  /** What each machine remembers now. */
  memories(): CabinetState['machines'];
}

export interface PhysicsOptions {
  from: CabinetState;
  branches: Partial<PrinterBranches>;
  clock: Clock;
  random: Random;
  bitmaps: Album;
}

/** Opens the cabinet of `cabinet/` from plain data: the same world and the same machines as everywhere else. */
export function openPhysics({ from, branches, clock, random, bitmaps }: PhysicsOptions): Physics {
  const { printerSerial } = from;
  const world = openWorld({ clock, from: from.world, bitmaps });
  const simulators = openSimulators({
    ...{ world, clock, random, pins: usualPins, pacing: 'zero', from: from.machines },
    cardPrinter: { branches, pieces: 'whole', ...(printerSerial && { serial: printerSerial }) },
    receiptPrinter: { drawSymbol: async (_, widthDots) => [blankBand(widthDots, 1)] }, // wasm takes real time: no world could be told again
  });
  const wires = Object.fromEntries(
    devices.map((device) => [
      device,
      openWire({
        serve: (link) => simulators[device].serve(link),
        changed: () => undefined,
        trouble: (error) => {
          throw error;
        },
      }),
    ]),
  ) as Record<Device, Wire>;
  followWorld({ world, simulators, wires, sockets: null, saveSoon: () => undefined, log: silentLog });
  const plugIn = (device: Device): ByteLink => {
    if (!hasLink(world.now, device)) throw new DeviceError('link/unreachable', `the ${device} is not plugged in`);
    const control = device === 'card-printer' ? cardPrinterControl(simulators[device]) : undefined;
    const { near, far } = memoryLinkPair(control);
    void wires[device].attach(far);
    return near;
  };
  const { onTheWire } = from;
  if (onTheWire && hasLink(world.now, onTheWire.device)) arrive(plugIn(onTheWire.device), onTheWire.bytes);
  return {
    ...{ world, simulators, plugIn },
    memories: () => memories(simulators, bitmaps),
    save: () => ({
      ...{ world: world.now, machines: memories(simulators, bitmaps), onTheWire: null },
      ...(printerSerial && { printerSerial }),
    }),
  };
}

/** What was on the cable still arrives; then the cable has no host. */
function arrive(link: ByteLink, bytes: Uint8Array): void {
  link.write(bytes).catch(() => undefined);
  void link[Symbol.asyncDispose]();
}

/** All pictures of all universes, once each, named by their content. The 32 bytes of a name stand for its picture. */
export interface Album extends Bitmaps {
  /** The packed picture as a packed name. */
  nameOf(packed: string): string;
}

export function sharedBitmaps(): Album {
  const kept = new Map<string, Uint8Array>();
  const names = new WeakMap<Uint8Array, string>();
  const packedNames = new Map<string, string>();
  const isName = (bytes: Uint8Array) => bytes.length === 32 && kept.has(Buffer.from(bytes).toString('hex'));
  const keep = (bytes: Uint8Array): string => {
    if (isName(bytes)) return Buffer.from(bytes).toString('hex');
    const hash = names.get(bytes) ?? createHash('sha256').update(bytes).digest('hex');
    names.set(bytes, hash);
    if (!kept.has(hash)) kept.set(hash, bytes.slice());
    return hash;
  };
  return {
    keep,
    find: (hash) => kept.get(hash) ?? null,
    nameOf(packed) {
      const known = packedNames.get(packed);
      if (known) return known;
      const bytes = new Uint8Array(inflateRawSync(Buffer.from(packed, 'base64')));
      const name = bytes.length === 32 ? packed : deflateRawSync(Buffer.from(keep(bytes), 'hex')).toString('base64');
      packedNames.set(packed, name);
      return name;
    },
  };
}

/** What each machine remembers. A panel that is on a card already is kept by its name: half a megabyte less in every world. */
function memories(simulators: Simulators, album: Album): CabinetState['machines'] {
  const remembered = snapshots(simulators);
  return { ...remembered, 'card-printer': lightMemory(remembered['card-printer'] as PrinterSnapshot, album) };
}

/** The printer's memory without the moment of its last byte and without pictures that wait for nothing. */
export function lightMemory(printer: PrinterSnapshot, album: Album): PrinterSnapshot {
  const pending = printer.sequence?.pending;
  const panels = Object.entries(printer.panels).map(([panel, packed]) => [
    panel,
    panel === pending ? packed : album.nameOf(packed),
  ]);
  return { ...printer, lastByteAtMs: 0, panels: Object.fromEntries(panels) };
}
