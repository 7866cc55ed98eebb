import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Detail, Figure, Ground, Measure } from './figure.ts';
import { visitByPage } from './page-client.ts';
import type { LifePickup } from './place-life.ts';
import { outputOf, repo } from './processes.ts';
import { servedCitizens } from './served-citizens.ts';
import { median, medianByName } from './stats.ts';
import { atCabinet, openThreePrograms, type ThreePrograms, untilServing } from './three-programs.ts';

const rounds = 3;
const perLife = 4;
const restMs = 2_500;

/** One pickup, whichever way it was walked. */
type Timed = Pick<LifePickup, 'totalMs' | 'phasesMs'>;
interface Lives {
  where: string;
  first: Timed[];
  later: Timed[];
}

/** The main job, with machines that take no time: what is left is ours. */
export const pickup: Figure = {
  title: 'one whole pickup with machines that take no time',
  async measure(ground) {
    const lives = await allLives(ground);
    const inPlaces = lives.filter(({ where }) => where !== byPage);
    const goodbyes = inPlaces.flatMap(({ later }) => later as LifePickup[]).map(({ goodbyeMs }) => goodbyeMs);
    return {
      measures: [...lives.flatMap(totals), toGoodbye(goodbyes)],
      details: lives.map(phases),
      notes: [
        'memory and sockets: office, kiosk and cabinet share one process and one core; three programs: one each, driven by HTTP.',
        'In memory and sockets the process has drawn portraits before, so only the three programs load sharp at the first card.',
        'The simulated cabinet saves its world many times per card; that is in these figures, and in no real cabinet.',
        'Three programs end at the farewell that says "reported": the receipt is in it, in the other two it is not.',
      ],
    };
  },
};

const byPage = 'three programs';

/** The three ways take turns, so that a slow minute of the machine falls on all of them. */
async function allLives(ground: Ground): Promise<Lives[]> {
  const { folder, clock, progress } = ground;
  const lives = ['memory', 'sockets', byPage].map((where): Lives => ({ where, first: [], later: [] }));
  await using programs = await openThreePrograms(join(folder, 'programs'), clock, 'zero');
  for (let round = 0; round < rounds; round += 1) {
    for (const { where, first, later } of lives) {
      progress(`pickup: life ${round + 1} of ${rounds}, ${where}`);
      const [one, ...others] =
        where === byPage ? await lifeByPage(programs, ground, round) : await lifeOfPlace(ground, where, round);
      if (one) first.push(one);
      later.push(...others);
    }
  }
  return lives;
}

async function lifeOfPlace({ folder }: Ground, links: string, round: number): Promise<LifePickup[]> {
  const own = join(folder, `${links}-${round}`);
  mkdirSync(own);
  const said = await outputOf([join(repo, 'tools/bench/place-life.ts'), links, own, String(perLife)]);
  return JSON.parse(said) as LifePickup[];
}

async function lifeByPage(programs: ThreePrograms, { clock }: Ground, round: number): Promise<Timed[]> {
  await using kiosk = await programs.startKiosk();
  const page = String(kiosk.ready.page);
  const visits: Timed[] = [];
  await untilServing(page, clock);
  await clock.sleep(restMs); // the facts of the start are written a second later, and are no part of a pickup
  for (const citizen of servedCitizens.slice(round * perLife, (round + 1) * perLife)) {
    await untilServing(page, clock);
    const takeCard = () => atCabinet(programs.cabinetUrl, { verb: 'takeCard' });
    visits.push(await visitByPage({ page, citizen, clock, takeCard }));
  }
  return visits;
}

function totals({ where, first, later }: Lives): Measure[] {
  const measure = (which: string, timed: Timed[]): Measure => ({
    aim: 'pickup',
    what: `${which} pickup of a life, ${where}`,
    value: median(timed.map(({ totalMs }) => totalMs)),
    unit: 'ms',
    runs: timed.length,
  });
  return [measure('first', first), measure('later', later)];
}

function toGoodbye(ms: number[]): Measure {
  const what = 'tap to farewell, later pickups, memory and sockets';
  return { aim: null, what, value: median(ms), unit: 'ms', runs: ms.length };
}

function phases({ where, first, later }: Lives): Detail {
  const [once, then] = [first, later].map((timed) => medianByName(timed.map(({ phasesMs }) => phasesMs)));
  const rows = Object.keys({ ...once, ...then }).map((name) => [name, once?.[name] ?? 0, then?.[name] ?? 0]);
  return { title: `where the time goes, ${where} (median ms)`, columns: ['phase', 'first', 'later'], rows };
}
