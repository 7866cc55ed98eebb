import { centralRestart } from './central-restart.ts';
import { centralRestored, centralRestoredWithoutLog, restoredAtAnyMoment } from './central-restored.ts';
import { epochChange, epochClosed } from './epoch-change.ts';
import { feedFailure } from './feed-failure.ts';
import { handedOver, inDoubtResolved, inDoubtWrongly } from './in-doubt.ts';
import { issued } from './issued.ts';
import { lateQuestion } from './late-question.ts';
import { lateRequests } from './late-requests.ts';
import { linkCut, linkCutNotTakenOldDisk, linkCutOldDisk } from './link-cut.ts';
import { notTaken, notTakenEpochs, notTakenOldDisk } from './not-taken.ts';
import {
  offlineLease,
  offlineNotTaken,
  offlineNotTakenOldDisk,
  offlineOldDisk,
  offlineOutageOldDisk,
  offlineRestored,
} from './offline-lease.ts';
import { oldDisk } from './old-disk.ts';
import { printerLost } from './printer-lost.ts';
import { miscounted, refill, removal } from './refill.ts';
import { retryAfterSpoil } from './retry-after-spoil.ts';
import { ordersAtAnyMoment, revocationRace } from './revocation-race.ts';
import { ribbonChanged, ribbonEnd } from './ribbon-end.ts';
import type { Scenario } from './scenario.ts';
import { secondGeneration } from './second-generation.ts';
import { secondOffer } from './second-offer.ts';
import { spoiled, spoiledEpochs } from './spoiled.ts';
import { start } from './start.ts';
import { stubbornStories } from './stubborn.ts';
import { twoCitizens } from './two-citizens.ts';

export const scenarios: readonly Scenario[] = [
  ...[start, issued, notTaken, secondOffer, spoiled, retryAfterSpoil, feedFailure, ribbonEnd, printerLost, linkCut],
  ...[
    centralRestart,
    lateRequests,
    lateQuestion,
    twoCitizens,
    refill,
    removal,
    miscounted,
    ribbonChanged,
    inDoubtResolved,
    inDoubtWrongly,
    handedOver,
    secondGeneration,
    oldDisk,
    notTakenOldDisk,
    linkCutOldDisk,
    linkCutNotTakenOldDisk,
  ],
  ...[
    offlineLease,
    offlineNotTaken,
    offlineNotTakenOldDisk,
    offlineOldDisk,
    offlineOutageOldDisk,
    revocationRace,
    ordersAtAnyMoment,
  ],
  ...[
    centralRestored,
    centralRestoredWithoutLog,
    restoredAtAnyMoment,
    offlineRestored,
    epochChange,
    notTakenEpochs,
    spoiledEpochs,
    epochClosed,
  ],
];

/** By its name, also with a stubborn printer. Throws where there is none. */
export function storyCalled(name: string): Scenario {
  const story = [...scenarios, ...stubbornStories].find((one) => one.name === name);
  if (!story) throw new Error(`there is no scenario ${name}; there are ${scenarios.map((one) => one.name).join(', ')}`);
  return story;
}
