import { once } from 'node:events';
import { join } from 'node:path';
import type { Detail, Figure, Ground, Measure } from './figure.ts';
import { screenStates } from './page-client.ts';
import { type ProgramOptions, spawnNode } from './processes.ts';
import { median } from './stats.ts';
import { openThreePrograms, type ThreePrograms } from './three-programs.ts';

const runs = 5;

/** Milliseconds since the process was asked for. */
interface Start {
  ready: number;
  page: number;
  state: number;
  welcome: number;
}

interface Way {
  name: string;
  place: ThreePrograms;
  options: ProgramOptions;
  starts: Start[];
}

/** How long a citizen stands before a dark screen after a restart. */
export const secondStart: Figure = {
  title: "the controller's later starts, on an enrolled folder, with office and cabinet running",
  async measure(ground) {
    const { ways, emptyMs } = await interleaved(ground);
    const measures = ways.flatMap((way) => measuresOf(way));
    return {
      measures: [
        ...measures,
        { aim: null, what: 'an empty Node program, start to end', value: median(emptyMs), unit: 'ms', runs },
      ],
      details: [inDetail(ways)],
      notes: [
        'first screen = the page has its first state ("Mesin sedang disiapkan"); welcome = the kiosk takes visitors.',
        "At real pacing the welcome waits for the printer's own reset (5 s) and the panel's board (1.5 s): not ours to shorten.",
      ],
    };
  },
};

const zero = 'machines that take no time';

async function interleaved(ground: Ground): Promise<{ ways: Way[]; emptyMs: number[] }> {
  const { folder, clock, progress } = ground;
  await using quick = await openThreePrograms(join(folder, 'zero'), clock, 'zero');
  await using real = await openThreePrograms(join(folder, 'real'), clock, 'real');
  const ways: Way[] = [
    { name: zero, place: quick, options: {}, starts: [] },
    {
      name: `${zero}, no compile cache`,
      place: quick,
      options: { env: { NODE_DISABLE_COMPILE_CACHE: '1' } },
      starts: [],
    },
    { name: 'machines as in life', place: real, options: {}, starts: [] },
  ];
  const emptyMs: number[] = [];
  for (let round = 0; round <= runs; round += 1) {
    progress(`start: round ${round} of ${runs}`);
    const startMs = clock.monotonicMs();
    await once(spawnNode(['-e', '0']), 'close');
    if (round > 0) emptyMs.push(clock.monotonicMs() - startMs);
    for (const { place, options, starts } of ways) {
      const start = await oneStart(place, options, ground);
      if (round > 0) starts.push(start); // round 0 fills the compile cache and the page cache of the system
    }
  }
  return { ways, emptyMs };
}

async function oneStart(place: ThreePrograms, options: ProgramOptions, { clock }: Ground): Promise<Start> {
  const startMs = clock.monotonicMs();
  const since = () => clock.monotonicMs() - startMs;
  await using kiosk = await place.startKiosk(options);
  const ready = since();
  const url = String(kiosk.ready.page);
  const answer = await fetch(url);
  if (answer.status !== 200) throw new Error(`the page answers ${answer.status}`);
  await answer.text();
  const page = since();
  const stop = new AbortController();
  let state = 0;
  for await (const { screen } of screenStates(url, stop.signal)) {
    state ||= since();
    if (screen.at === 'welcome' && screen.service.mode === 'full') break;
  }
  const welcome = since();
  stop.abort();
  return { ready, page, state, welcome };
}

function measuresOf({ name, starts, options }: Way): Measure[] {
  const measure = (until: 'first screen' | 'welcome', aim: Measure['aim'], times: number[]): Measure => ({
    aim,
    what: `second start to ${until}, ${name}`,
    value: median(times),
    unit: 'ms',
    runs,
  });
  const aim = options.env ? null : 'start'; // the aim is for a start with compiled code
  const firstScreen = measure(
    'first screen',
    aim,
    starts.map(({ state }) => state),
  );
  const welcome = starts.map((start) => start.welcome);
  return name === zero ? [firstScreen, measure('welcome', aim, welcome)] : [firstScreen];
}

function inDetail(ways: Way[]): Detail {
  const steps = ['ready', 'page', 'state', 'welcome'] as const;
  const words = {
    ready: 'the program says it is ready',
    page: 'HTTP 200 of the page',
    state: 'first state',
    welcome: 'welcome, full service',
  };
  const rows = steps.map((step) => [
    words[step],
    ...ways.map(({ starts }) => median(starts.map((start) => start[step]))),
  ]);
  return {
    title: 'since the process was asked for (median ms)',
    columns: ['until', ...ways.map(({ name }) => name)],
    rows,
  };
}
