import { cardInBezel } from '#cabinet/world/cards.ts';
import type { ScreenState } from '#contract/screen/screen-state.ts';
import { entriesAt, journalOf } from '../books.ts';
import type { KioskLife } from '../life.ts';
import type { Universe } from '../universe.ts';

/** Notes what a screen says while it says it, and each card that comes out. */
export function watchScreens(universe: Universe): void {
  universe.onWorld = ({ history }, before) => {
    const last = history.at(-1);
    if (last === before.history.at(-1) || !last || !universe.kiosk) return;
    const silentMs = universe.clock.nowMs - (universe.silentSinceMs ?? universe.clock.nowMs);
    if (last.what === 'card fed' && silentMs > 2_000)
      universe.told.untruths.push(`7 ${last.card} was fed, and no sensor at the slot had spoken for ${silentMs} ms`);
    if (last.what === 'card presented' && !isBeingHanded(universe.kiosk))
      universe.told.strays.push(`2 ${last.card} came out, and nobody was being handed one`);
  };
  universe.onScreen = ({ screen }: ScreenState) => {
    const { kiosk, told } = universe;
    if (!kiosk) return;
    if (screen.at === 'take-card' && !isOut(universe))
      told.untruths.push('screen: "take your card", and none is there');
    if (screen.at !== 'goodbye' || !screen.reported) return;
    const outcome = journalOf(kiosk.store).findLast(({ text }) => text.startsWith('{"type":"print.outcome"'));
    if (outcome && !told.reported.includes(outcome.hash)) told.reported.push(outcome.hash);
    const there = universe.central
      ? entriesAt(universe.central.store).some(({ hash }) => hash === outcome?.hash)
      : true;
    if (!there) told.untruths.push('screen: "reported", and central does not have it');
  };
}

/** Whether the newest step of a card is that it is presented, in this life of the program. */
function isBeingHanded({ store }: KioskLife): boolean {
  const facts = journalOf(store).filter(({ text }) => /^{"type":"(print|kiosk)\./.test(text));
  return facts.at(-1)?.text.startsWith('{"type":"print.presenting"') === true;
}

/** In the slot, or in the hand that has just taken it there. */
function isOut({ world }: Universe): boolean {
  const moves = ['card presented', 'card taken', 'card pulled back', 'card rejected', 'card fed'];
  return (
    cardInBezel(world) !== undefined ||
    world.history.findLast(({ what }) => moves.includes(what))?.what === 'card taken'
  );
}
