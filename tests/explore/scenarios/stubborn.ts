import type { PrinterBranches } from '#drivers/card-printer/evolis/simulator/branches.ts';
import { visitor } from '../people.ts';
import { feedFailure } from './feed-failure.ts';
import { printerLost } from './printer-lost.ts';
import { ribbonChanged } from './ribbon-end.ts';
import type { Scenario } from './scenario.ts';
import { spoiled } from './spoiled.ts';
import { twoCitizens } from './two-citizens.ts';

const emptied: Scenario = {
  name: 'emptied',
  tells: 'somebody takes all blanks out of the feeder when one is about to be fed',
  visitors: [visitor('FIRST-01')],
  happens: [{ at: /^store kiosk print\.intended after/, does: ({ physics }) => physics.world.emptyFeeder('operator') }],
  allows: { unbooked: true },
};

type Unseen = {
  readonly [K in keyof PrinterBranches]: {
    values: readonly PrinterBranches[K][];
    /** Where it makes a difference without a death. */
    stories: readonly Scenario[];
    /** A printer that moves a card or prints by itself leaves doubt behind. */
    allows?: Scenario['allows'];
  };
};

const broken = [spoiled, printerLost];

/** What nobody has seen the printer do, beside what `branches.ts` takes as usual: each must do for every promise. */
const unseen: Unseen = {
  cardAtPowerUp: { values: ['eject', 'reject'], stories: broken, allows: { mayDoubt: true, mayStray: true } },
  cardAtReset: { values: ['eject', 'reject'], stories: broken, allows: { mayDoubt: true, mayStray: true } },
  settings: { values: ['kept'], stories: [twoCitizens, printerLost] },
  job: { values: ['finished'], stories: broken, allows: { mayDoubt: true, mayStray: true, inksAlone: true } },
  bitmaps: { values: ['kept'], stories: [twoCitizens, ...broken] },
  halfDownload: { values: ['kept', { timesOutAfterMs: 3_000 }], stories: [printerLost] },
  unreadReplies: { values: ['kept'], stories: [printerLost] },
  sequenceWithCard: { values: ['feeds-a-second'], stories: [twoCitizens, spoiled] },
  holdsCard: { values: ['E', 'A0', 'both'], stories: [twoCitizens, spoiled] },
  forbidCoversReject: { values: [true], stories: [twoCitizens, spoiled] },
  lastPanel: { values: ['after-reply'], stories: [twoCitizens, spoiled] },
  emptyFeed: { values: ['answers', 'accepts', 'blocks'], stories: [emptied] },
  ownRecovery: { values: ['finishes'], stories: [ribbonChanged] },
  faultTexts: { values: ['bare'], stories: [spoiled, feedFailure, ribbonChanged] },
};

/** Stories of a card, each with a printer that differs from the usual one in one thing. */
export const stubbornStories: readonly Scenario[] = Object.entries(unseen).flatMap(([branch, { values, ...where }]) =>
  values.flatMap((value) => where.stories.map((story) => withPrinter(story, branch, value, where.allows))),
);

function withPrinter(
  { beginsLike: _, ...story }: Scenario,
  branch: string,
  value: unknown,
  allows: Scenario['allows'],
): Scenario {
  const said = JSON.stringify(value).replaceAll('"', '');
  const name = `${story.name} (${branch} ${said})`;
  return { ...story, name, branches: { [branch]: value }, allows: { ...story.allows, ...allows } };
}
