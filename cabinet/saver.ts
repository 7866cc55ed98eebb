import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '#kit/clock.ts';
import type { Log } from '#kit/log.ts';
import { openSaveFiles, type Saved } from './saved.ts';
import { memoryOf, type Simulators, snapshots } from './simulators.ts';
import type { OpenWorld } from './world/open-world.ts';
import { type Device, devices, type World } from './world/plain.ts';

/**
 * When the cabinet is saved. A kill must not undo what somebody knows of: what a machine told its host, and what a hand
 * did. Everything else may wait a little, since a kill a moment earlier would have undone it as well.
 */
export interface Saver {
  /** This device is about to tell its host something: what changed in it or in the world is on disk when this returns. */
  beforeTelling(device: Device): void;
  /** Whatever changed is on disk when this returns. */
  now(): void;
  /** Whatever changed is on disk before long. */
  soon(): void;
  /** As `now`, into the one file for whoever looks into the folder when the cabinet has ended. */
  wholly(): void;
  /** The last save was made. */
  end(): void;
}

export interface SaverOptions {
  clock: Clock;
  /** Without a folder nothing is ever saved. */
  folder: string | undefined;
  /** What the folder held when it was opened. */
  from: Saved | null;
  world: OpenWorld;
  simulators: Simulators;
  log: Log;
}

const SOON_MS = 20;

export function openSaver({ clock, folder, from, world, simulators, log }: SaverOptions): Saver {
  if (folder === undefined) return { beforeTelling() {}, now() {}, soon() {}, wholly() {}, end() {} };
  const files = openSaveFiles(folder, from?.turn);
  const ended = new AbortController();
  const textOf = savedText();
  let saved: { world: World; devices: Saved['devices'] } = { world: world.now, devices: {} };
  let isDue = false;
  let trouble = '';

  function save(write: (text: string) => void): void {
    const [now, memories] = [world.now, snapshots(simulators)];
    try {
      write(textOf(now, memories));
      saved = { world: now, devices: memories };
      trouble = '';
    } catch (error) {
      const { message } = error as Error;
      if (message !== trouble) log.error({ error: message }, 'the world could not be saved'); // tried again at each byte
      trouble = message;
    }
  }
  function now(): void {
    const isSame = world.now === saved.world && isDeepStrictEqual(snapshots(simulators), saved.devices);
    if (!isSame && !ended.signal.aborted) save(files.quickly);
  }
  async function later(): Promise<void> {
    await clock.sleep(SOON_MS, ended.signal);
    isDue = false;
    now();
  }

  return {
    now,
    beforeTelling(device) {
      const isSame =
        world.now === saved.world && isDeepStrictEqual(memoryOf(simulators, device), saved.devices[device]);
      if (!isSame && !ended.signal.aborted) save(files.quickly);
    },
    soon() {
      if (isDue || ended.signal.aborted) return;
      isDue = true;
      later().catch(() => undefined); // it has ended
    },
    wholly: () => save(files.wholly),
    end: () => ended.abort(),
  };
}

function savedText(): (world: World, memories: Saved['devices']) => string {
  const worldText = textKeeper();
  const memoryTexts = new Map(devices.map((device) => [device as string, textKeeper()]));
  return (world, memories) => {
    const texts = Object.entries(memories).map(([device, memory]) => {
      const text = memoryTexts.get(device)?.(memory as object);
      return `${JSON.stringify(device)}:${text}`;
    });
    return `{"world":${worldText(world)},"devices":{${texts.join(',')}}}`;
  };
}

/** JSON of one object after another, in which only the fields that differ from the last time are put into text anew. */
function textKeeper(): (object: object) => string {
  let kept = new Map<string, { value: unknown; text: string }>();
  return (object) => {
    const fields = Object.entries(object)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => {
        const last = kept.get(name);
        const isKept = last !== undefined && isDeepStrictEqual(last.value, value);
        return [name, { value, text: isKept ? last.text : JSON.stringify(value) }] as const;
      });
    kept = new Map(fields);
    return `{${fields.map(([name, { text }]) => `${JSON.stringify(name)}:${text}`).join(',')}}`;
  };
}
