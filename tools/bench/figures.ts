import { acknowledgement } from './acknowledgement.ts';
import { backlog } from './backlog.ts';
import { cardStream } from './card-stream.ts';
import { durableWrites } from './durable-writes.ts';
import type { Figure } from './figure.ts';
import { fingerprint } from './fingerprint.ts';
import { idleMemory } from './idle-memory.ts';
import { longJournal } from './long-journal.ts';
import { pageSize } from './page-size.ts';
import { pickup } from './pickup.ts';
import { secondStart } from './second-start.ts';
import { worlds } from './worlds.ts';

/** Every figure by the name that --only takes, the quick ones first. */
export const figures = {
  page: pageSize,
  'card-stream': cardStream,
  fingerprint,
  acknowledgement,
  pickup,
  writes: durableWrites,
  start: secondStart,
  memory: idleMemory,
  backlog,
  'long-journal': longJournal,
  worlds,
} as const satisfies Record<string, Figure>;

export type FigureName = keyof typeof figures;
export const figureNames = Object.keys(figures) as FigureName[];
