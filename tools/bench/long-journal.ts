import { join } from 'node:path';
import { controllerMigrations } from '#controller/controller.ts';
import { walkChain } from '#controller/journal/chain.ts';
import { openFileStore } from '#kit/store.ts';
import { demoKiosk } from '#tools/place/place.ts';
import type { Figure, Ground } from './figure.ts';
import { fillJournal } from './fill-journal.ts';
import { screenStates } from './page-client.ts';
import { median } from './stats.ts';
import { openThreePrograms, type ThreePrograms } from './three-programs.ts';

const entries = 1_000_000;
const runs = 3;

/** Years of a busy kiosk in one file: how long a citizen waits after a restart, and how long the walk over all of it takes. */
export const longJournal: Figure = {
  title: `the controller's start with ${entries.toLocaleString('en')} entries in its journal`,
  async measure(ground) {
    const { folder, clock, progress } = ground;
    await using programs = await openThreePrograms(join(folder, 'programs'), clock, 'zero');
    const before = await starts(programs, ground);
    progress('long-journal: writing the entries');
    const walkMs = await fill(join(folder, 'programs/kiosk/journal-1.db'), ground);
    progress('long-journal: starting over them');
    const after = await starts(programs, ground);
    const measure = (aim: 'long-journal' | null, what: string, times: number[]) => ({
      ...{ aim, what, value: median(times), unit: 'ms', runs },
    });
    return {
      measures: [
        measure(
          'long-journal',
          'start to first screen, long journal',
          after.map(({ screen }) => screen),
        ),
        measure(
          'long-journal',
          'start to welcome, long journal',
          after.map(({ welcome }) => welcome),
        ),
        measure(
          null,
          'start to first screen, short journal',
          before.map(({ screen }) => screen),
        ),
        measure(
          null,
          'start to welcome, short journal',
          before.map(({ welcome }) => welcome),
        ),
        { aim: null, what: 'the whole chain, walked beside everything else', value: walkMs, unit: 'ms', runs: 1 },
      ],
      details: [],
      notes: [
        'The last 2,000 entries are verified before the journal is used; the walk over all others is three quarters of its time at rest.',
      ],
    };
  },
};

async function fill(path: string, { clock }: Ground): Promise<number> {
  using store = openFileStore(path, { migrations: controllerMigrations });
  const name = { kiosk: demoKiosk, epoch: 1 };
  fillJournal(store, { ...name, entries, isAcked: true }, clock.wallMs());
  const startMs = clock.monotonicMs();
  await walkChain({ store, clock, name, toSeq: entries }, new AbortController().signal, () => undefined);
  return clock.monotonicMs() - startMs;
}

async function starts(programs: ThreePrograms, { clock }: Ground): Promise<{ screen: number; welcome: number }[]> {
  const times: { screen: number; welcome: number }[] = [];
  for (let round = 0; round <= runs; round += 1) {
    const startMs = clock.monotonicMs();
    const since = () => clock.monotonicMs() - startMs;
    await using kiosk = await programs.startKiosk();
    const stop = new AbortController();
    let first = 0;
    for await (const { screen } of screenStates(String(kiosk.ready.page), stop.signal)) {
      first ||= since();
      if (screen.at === 'welcome') break;
    }
    if (round > 0) times.push({ screen: first, welcome: since() }); // the first one fills the caches
    stop.abort();
  }
  return times;
}
