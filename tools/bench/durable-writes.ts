import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Detail, Figure, Findings, Ground } from './figure.ts';
import { visitByPage } from './page-client.ts';
import type { LifePickup } from './place-life.ts';
import { outputOf, repo } from './processes.ts';
import { servedCitizens } from './served-citizens.ts';
import { median, medianByName } from './stats.ts';
import { hasStrace, readSyncs, type Sync, underStrace } from './syncs.ts';
import { atCabinet, openThreePrograms, untilServing } from './three-programs.ts';

const cards = 4;
/** The kiosk writes down what was acknowledged after a second without news. */
const restMs = 3_000;

/** What one card costs on the disk: each write is a wait for it, and wears it. */
export const durableWrites: Figure = {
  title: "the controller's durable writes and fsyncs per card, from the tap until it rests again",
  async measure(ground) {
    const byName = await writesByName(ground);
    const found = hasStrace() ? await syncsPerCard(ground) : null;
    const writes = byName.map((names) => Object.values(names).reduce((sum, count) => sum + count, 0));
    const measures: Findings['measures'] = [
      { aim: null, what: 'durable writes per card', value: median(writes), unit: '', runs: writes.length },
    ];
    if (found)
      measures.unshift({
        aim: 'fsyncs',
        what: 'fsyncs of the controller per card',
        value: median(found.perCard),
        unit: '',
        runs: cards,
      });
    return {
      measures,
      details: [namesDetail(byName), ...(found ? [found.byFile] : [])],
      notes: [
        found
          ? 'Counted by strace on the real controller; sensors and pages cost none.'
          : 'strace is not there: fsyncs were not counted.',
      ],
    };
  },
};

async function writesByName({ folder, progress }: Ground): Promise<Record<string, number>[]> {
  progress('writes: by name, in one life of a place');
  const own = join(folder, 'by-name');
  mkdirSync(own);
  const said = await outputOf([join(repo, 'tools/bench/place-life.ts'), 'sockets', own, String(cards + 1)]);
  return (JSON.parse(said) as LifePickup[]).slice(1).map(({ writes }) => writes); // the first sets visit numbers aside
}

function namesDetail(byName: Record<string, number>[]): Detail {
  const rows = Object.entries(medianByName(byName)).map(([name, count]) => [name, count]);
  return { title: 'durable writes by name (median per card)', columns: ['write', 'per card'], rows };
}

async function syncsPerCard({ folder, clock, progress }: Ground): Promise<{ perCard: number[]; byFile: Detail }> {
  await using programs = await openThreePrograms(join(folder, 'programs'), clock, 'zero');
  const trace = join(folder, 'syncs.txt');
  const marksMs: number[] = [];
  {
    await using kiosk = await programs.startKiosk(underStrace(trace));
    const page = String(kiosk.ready.page);
    await untilServing(page, clock);
    await clock.sleep(restMs);
    for (const citizen of servedCitizens.slice(0, cards + 1)) {
      progress(`writes: ${citizen.code} under strace`);
      await untilServing(page, clock);
      marksMs.push(clock.wallMs());
      await visitByPage({ page, citizen, clock, takeCard: () => atCabinet(programs.cabinetUrl, { verb: 'takeCard' }) });
      await clock.sleep(restMs);
    }
    marksMs.push(clock.wallMs());
  }
  const syncs = await readSyncs(trace, clock);
  const later = marksMs.slice(1); // the first card of a life also sets visit numbers aside
  const cardsOf = later.slice(0, -1).map((fromMs, index) => between(syncs, fromMs, later[index + 1] ?? 0));
  return { perCard: cardsOf.map((one) => one.length), byFile: filesDetail(cardsOf) };
}

const between = (syncs: Sync[], fromMs: number, toMs: number) =>
  syncs.filter(({ wallMs }) => wallMs >= fromMs && wallMs < toMs);

function filesDetail(cardsOf: Sync[][]): Detail {
  const counts = cardsOf.map((syncs) => {
    const byFile: Record<string, number> = {};
    for (const { what } of syncs) byFile[what] = (byFile[what] ?? 0) + 1;
    return byFile;
  });
  const rows = Object.entries(medianByName(counts)).map(([what, count]) => [what, count]);
  return { title: 'fsyncs by file (median per card)', columns: ['call', 'per card'], rows };
}
