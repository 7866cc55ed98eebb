import { join } from 'node:path';
import type { ScreenState } from '#contract/screen/screen-state.ts';
import type { Tap } from '#contract/screen/taps.ts';
import type { KioskLife, Place as Parts } from '#tools/place/place.ts';
import type { Hands } from './hands.ts';
import type { ScreenWatch } from './screen-watch.ts';
import { eventually, type PlaceClock } from './time.ts';
import type { WriteHooks } from './write-hooks.ts';

/** What everybody in a place shares: the parts, the time, the hands, and what was seen so far. */
export interface Scene {
  readonly folder: string;
  readonly parts: Parts;
  readonly clock: PlaceClock;
  readonly hands: Hands;
  readonly watch: ScreenWatch;
  readonly writes: WriteHooks;
  /** True where the cabinet stands in the room: no world to look into, no time to hurry. */
  readonly realPorts: boolean;
  /** Codes of everybody who came. */
  readonly people: Set<string>;
  /** Visits that stood on the screen when the controller was killed: of those nothing need be written. */
  readonly cutShort: Set<string>;
  /** What central held when it was last seen; while it is away nobody can ask it. */
  centralAway: { texts: string[] } | null;
  /** From now on the controller finds another start of its board. */
  boardStartsAnew(): void;
}

export const centralFolder = (scene: Pick<Scene, 'folder'>): string => join(scene.folder, 'central');

export const kioskOf = ({ parts }: Scene): KioskLife => parts.kiosk;

export const screenOf = ({ parts }: Scene): ScreenState => parts.kiosk.controller.kiosk.screen.value;

export const tapOn = ({ parts }: Scene, tap: Tap): void => parts.kiosk.controller.kiosk.tap(tap);

/** Everything by which a story may call what the screen shows: its step, and the codes on it. */
export function namesOf({ screen }: ScreenState): string[] {
  const codes: (string | null | undefined)[] = [];
  if ('effect' in screen) codes.push(screen.effect.code);
  if ('problem' in screen) codes.push(screen.problem);
  if ('service' in screen) codes.push(screen.service.reason, screen.service.mode);
  if (screen.at === 'scan-qr') codes.push(screen.hint, screen.foreign);
  if (screen.at === 'preparing') codes.push(screen.code);
  if (screen.at === 'finger') codes.push(screen.say);
  if (screen.at === 'officer-proof') codes.push(screen.why);
  return [screen.at, ...codes.filter((code) => typeof code === 'string')];
}

/** Waits until the screen shows a step or a code. */
export async function untilShown(scene: Scene, ...wanted: string[]): Promise<void> {
  const shown = () => namesOf(screenOf(scene)).some((name) => wanted.includes(name));
  const instead = () => `waited for ${wanted.join(' or ')}, the screen shows ${JSON.stringify(screenOf(scene))}`;
  const slowDevice = scene.realPorts || screenOf(scene).screen.at === 'scan-qr';
  await eventually(scene.clock, shown, instead, slowDevice ? 'calm' : 'leaping');
}
