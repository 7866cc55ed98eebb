import type { Universe } from './universe.ts';

/** Puts right what was wrong, when so much time has passed. */
export async function mendLater(universe: Universe, ms: number, mend: () => void): Promise<void> {
  universe.mends += 1;
  await universe.clock.view({ dead: false }).sleep(ms);
  universe.mends -= 1;
  mend();
  universe.stir();
}

/** Sensors that fell silent before a death speak again after it, as late as they can. */
export function mendSensors(universe: Universe): void {
  const { panel } = universe.physics.memories() as { panel?: { fault?: unknown } };
  if (panel?.fault === 'sensors-silent') silenceSensors(universe, 60_000);
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
