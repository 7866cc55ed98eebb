import type { Universe } from './universe.ts';

/** Puts right what was wrong, when so much time has passed. */
export async function mendLater(universe: Universe, ms: number, mend: () => void): Promise<void> {
  universe.mends += 1;
  await universe.clock.view({ dead: false }).sleep(ms);
  universe.mends -= 1;
  mend();
  universe.stir();
}

/** What was broken before a death is put right after it: sensors speak again as late as they can, power and cables come back, an open door falls shut. */
export function mendWhatIsBroken(universe: Universe): void {
  const { panel } = universe.physics.memories() as { panel?: { fault?: unknown } };
  if (panel?.fault === 'sensors-silent') silenceSensors(universe, 60_000);
  const { world } = universe.physics;
  if (!world.now.doorClosed) void mendLater(universe, 1_000, () => world.closeDoor('operator'));
  for (const device of ['card-printer', 'panel'] as const) {
    if (!world.now.switchedOn[device]) void mendLater(universe, 10_000, () => world.switchOn(device));
    if (!world.now.plugged[device]) void mendLater(universe, 10_000, () => world.replug(device));
  }
}

export function silenceSensors(universe: Universe, ms: number): void {
  const { panel } = universe.physics.simulators;
  panel.misbehave('sensors-silent');
  universe.silentSinceMs = universe.clock.nowMs;
  void mendLater(universe, ms, () => {
    panel.misbehave('none');
    universe.silentSinceMs = null;
  });
}
