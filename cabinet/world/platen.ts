import { type PlacedFinger, told, type World } from './plain.ts';

/** A finger comes down on the glass, in place of any that lies there: each time it is another placement. */
export function putFinger(world: World, placed: Omit<PlacedFinger, 'placement'>): World {
  const placements = world.platen.placements + 1;
  const after = { ...world, platen: { placements, finger: { ...placed, placement: placements } } };
  return told(after, `${placed.finger} put on the glass`, { who: placed.person });
}

export function liftFinger(world: World): World {
  const { finger } = world.platen;
  if (!finger) return world;
  return told({ ...world, platen: { ...world.platen, finger: null } }, 'finger lifted', { who: finger.person });
}
