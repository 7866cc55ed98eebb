import type { Card } from '#cabinet/world/plain.ts';
import type { WaitingCard } from '#controller/operators/desk.ts';
import { rowsOf, stockIn } from './books.ts';
import { isWhole, named } from './cards.ts';
import type { Universe } from './universe.ts';

/**
 * The body in the hands of op-1 that can only be the card of this row: there is one more than the books place in the box or
 * with staff, and it is the one that fell in last. A card in doubt may bear no ink at all. Null: none is.
 */
export function bodyOf({ kiosk, world }: Universe, { state }: WaitingCard): Card | null {
  const bodies = world.cards.filter(({ kind, place }) => kind === 'blanko' && place === 'hand:op-1');
  const { retained = 0, spoiled = 0, destroyed = 0 } = kiosk ? stockIn(kiosk.store) : {};
  const explained = retained + spoiled + destroyed - (state === 'held' ? 1 : 0);
  if (bodies.length <= explained) return null;
  const last = bodies.at(-1);
  return last && (state !== 'blank-in-doubt' || last.ink.length === 0) ? last : null;
}

/** The same, where it is a whole card and shows the person whose right it is. */
export function wholeBodyOf(universe: Universe, row: WaitingCard): Card | null {
  const { town, central } = universe;
  const body = bodyOf(universe, row);
  if (!body || !central || !isWhole(town, body)) return null;
  const rights = rowsOf<{ right_id: string; person: string }>(
    central.store,
    'SELECT right_id, person FROM print_right',
  );
  const owner = rights.find(({ right_id }) => right_id === row.rightId)?.person;
  const bearer = town.citizens.find(({ code }) => code === named(town, body)[0]);
  return bearer && bearer.person === owner ? body : null;
}
