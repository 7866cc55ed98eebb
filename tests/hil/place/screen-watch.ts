import { cardInBezel } from '#cabinet/world/cards.ts';
import type { World } from '#cabinet/world/plain.ts';
import type { ScreenState } from '#contract/screen/screen-state.ts';
import type { KioskLife } from '#tools/place/place.ts';

/** Looks at the screen all the time, and notes what it said that was not so. */
export interface ScreenWatch {
  /** Watches the page of this life of the kiosk, until it ends. */
  follow(life: KioskLife): void;
  /** Visit numbers that stood on the screen. */
  readonly visits: ReadonlySet<string>;
  readonly untruths: readonly string[];
  /** The steps in their order, for a story to tell. */
  readonly steps: readonly string[];
  stop(): void;
}

export interface Truth {
  world(): World | null;
  /** Whether central holds the kiosk's newest outcome, text by text. */
  centralHasOutcome(): boolean;
}

export function watchScreen(truth: Truth): ScreenWatch {
  const end = new AbortController();
  const visits = new Set<string>();
  const untruths: string[] = [];
  const steps: string[] = [];

  function see({ screen, visitNo }: ScreenState): void {
    if (visitNo) visits.add(visitNo);
    if (steps.at(-1) !== screen.at) steps.push(screen.at);
    const world = truth.world();
    if (screen.at === 'take-card' && world && !isOut(world)) untruths.push('"take your card", and no card was there');
    if (screen.at === 'goodbye' && screen.reported && !truth.centralHasOutcome())
      untruths.push('"reported", and central does not have it');
  }

  async function look({ controller, running }: KioskLife): Promise<void> {
    const life = new AbortController();
    running.catch(() => undefined).finally(() => life.abort());
    const signal = AbortSignal.any([end.signal, life.signal]);
    for await (const state of controller.kiosk.screen.changes(signal)) see(state);
  }

  return {
    visits,
    untruths,
    steps,
    follow: (life) => void look(life).catch((error) => untruths.push(`the watch broke: ${error}`)),
    stop: () => end.abort(),
  };
}

const moves = ['card presented', 'card taken', 'card pulled back', 'card rejected', 'card fed'];

/** In the bezel, or in the hand that has just taken it there. */
function isOut(world: World): boolean {
  const last = world.history.findLast(({ what }) => moves.includes(what));
  return cardInBezel(world) !== undefined || last?.what === 'card taken';
}
