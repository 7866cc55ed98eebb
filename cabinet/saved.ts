import {
  closeSync,
  constants,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { type Device, newWorld, type World } from './world/plain.ts';

/** What lies on disk between two lives of the cabinet: the world, and what each device remembers. All of it is JSON. */
export interface Saved {
  version: 1;
  /** Counts the saves: of several files the one with the highest is the newest. */
  turn?: number;
  world: World;
  devices: Partial<Record<Device, unknown>>;
}

/** Where saves go. `text` is the JSON of what is saved, `version` and `turn` left out. */
export interface SaveFiles {
  /** As quick as can be: into the older of two slots. */
  quickly(text: string): void;
  /** The one file for whoever looks into the folder when the cabinet has ended. */
  wholly(text: string): void;
}

const WHOLE = 'world.json';
const SLOTS = ['world.slot-0', 'world.slot-1'] as const;

export function bitmapsIn(folder: string): string {
  return join(folder, 'bitmaps');
}

/** What was saved last in the folder, or null where it is new. Throws one clear line where it cannot be read. */
export function readSaved(folder: string): Saved | null {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, WHOLE);
  if (!existsSync(path)) return null; // the first thing that a cabinet writes, before anybody can be told anything
  const found = [parsed(readFileSync(path, 'utf8')), ...SLOTS.map((name) => readSlot(join(folder, name)))];
  if (!found[0]) throw new Error(`${path} is not a saved cabinet`);
  return found.reduce((newest, other) => (turnOf(other) > turnOf(newest) ? other : newest));
}

function turnOf(saved: Saved | null): number {
  return saved ? (saved.turn ?? 0) : -1;
}

function parsed(text: string): Saved | null {
  try {
    const saved = JSON.parse(text) as Saved | null;
    return saved?.version === 1 && Array.isArray(saved.world?.cards)
      ? { ...saved, world: complete(saved.world) }
      : null;
  } catch {
    return null;
  }
}

/** A world that was saved before there were scanners: it gets one, plugged in, with nothing on its glass. */
function complete(world: World): World {
  const { platen, switchedOn, plugged } = newWorld({ blanks: 0 });
  return {
    ...world,
    platen: world.platen ?? platen,
    switchedOn: { ...switchedOn, ...world.switchedOn },
    plugged: { ...plugged, ...world.plugged },
  };
}

/**
 * Two slots take turns, each written over in place: half of a new save before half of an old one may well be JSON, so the
 * first line holds length and CRC-32 of what follows. A kill at any moment leaves the other slot whole. Renaming, as for
 * the one whole file, would make the disk's journal wait at every save.
 */
export function openSaveFiles(folder: string, lastTurn = 0): SaveFiles {
  let turn = lastTurn;
  /** A save that failed is not counted: the next one goes where it went, and never over the last whole one. */
  const save = (text: string, write: (body: Uint8Array, turn: number) => void) => {
    write(Buffer.from(`{"version":1,"turn":${turn + 1},${text.slice(1)}`), turn + 1);
    turn += 1;
  };
  return {
    quickly: (text) => save(text, (body, turn) => writeSlot(join(folder, SLOTS[turn % 2 ? 1 : 0]), body)),
    wholly: (text) => save(text, (body) => writeWhole(join(folder, WHOLE), body)),
  };
}

function writeWhole(path: string, body: Uint8Array): void {
  writeFileSync(`${path}.new`, body);
  renameSync(`${path}.new`, path);
}

function writeSlot(path: string, body: Uint8Array): void {
  const file = openSync(path, constants.O_WRONLY | constants.O_CREAT);
  try {
    const bytes = Buffer.concat([Buffer.from(`${body.length} ${sumOf(body)}\n`), body]);
    writeFileSync(file, bytes);
    ftruncateSync(file, bytes.length);
  } finally {
    closeSync(file);
  }
}

/** Null where the slot was never written, or not to its end. */
function readSlot(path: string): Saved | null {
  if (!existsSync(path)) return null;
  const bytes = readFileSync(path);
  const headEnd = bytes.indexOf('\n');
  const [length, sum] = bytes.toString('latin1', 0, Math.max(0, headEnd)).split(' ');
  const body = bytes.subarray(headEnd + 1, headEnd + 1 + Number(length));
  return body.length === Number(length) && sumOf(body) === sum ? parsed(body.toString()) : null;
}

function sumOf(bytes: Uint8Array): string {
  return crc32(bytes).toString(16).padStart(8, '0');
}
