import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashText } from '#contract/uplink/chain.ts';
import { encode, maxBatchBytes, maxBatchEntries } from '#contract/uplink/messages.ts';
import { controllerMigrations } from '#controller/controller.ts';
import { type Journal, openJournal } from '#controller/journal/journal.ts';
import { withDeadline } from '#kit/async.ts';
import { openMqttCarrier } from '#kit/mqtt-carrier.ts';
import { openFileStore } from '#kit/store.ts';
import type { Figure, Findings, Ground } from './figure.ts';
import { fillJournal } from './fill-journal.ts';
import { enrol, uplinkOver } from './kiosk-uplink.ts';
import { startProgram } from './processes.ts';
import { publishRate } from './publish-rate.ts';
import { median } from './stats.ts';

const entries = 100_000;
const runs = 3;
const patienceMs = 120_000;

interface Drain {
  perSecond: number;
  /** The same batches over the same wire, answered at once by somebody who stores nothing. */
  wirePerSecond: number;
  rssBeforeMb: number;
  /** Of the office, after each tenth of the backlog. */
  rssMb: number[];
}

/** A kiosk that was long without a line: how fast central has all of it, and what that costs central's memory. */
export const backlog: Figure = {
  title: `a backlog of ${entries.toLocaleString('en')} entries, over loopback TCP to an office on SQLite`,
  async measure(ground) {
    const drains: Drain[] = [];
    for (let round = 1; round <= runs; round += 1) {
      ground.progress(`backlog: round ${round} of ${runs}`);
      drains.push(await drainOnce({ ...ground, folder: join(ground.folder, `round-${round}`) }));
    }
    return findingsOf(drains);
  },
};

async function drainOnce(ground: Ground): Promise<Drain> {
  const { folder, clock } = ground;
  await using office = await startProgram('tools/bench/office.ts', [join(folder, 'central')]);
  const { enrolment, password } = await enrol(String(office.ready.controlPath));
  const { kiosk, epoch, brokerUrl: url } = enrolment;
  mkdirSync(join(folder, 'kiosk'), { recursive: true });
  using store = openFileStore(join(folder, 'kiosk/journal.db'), { migrations: controllerMigrations });
  fillJournal(store, { kiosk, epoch, entries, isAcked: false }, clock.wallMs());
  const journal = openJournal({ store, clock, kiosk, epoch, boot: 'bench-boot' });
  const wirePerSecond = await publishRate(ground, batchesOf(journal));
  const rssBeforeMb = rssMbOf(office.pid);
  const rssMb: number[] = [];
  const stop = new AbortController();
  const startMs = clock.monotonicMs();
  await using carrier = openMqttCarrier({ url, clientId: kiosk, username: kiosk, password });
  const uplink = uplinkOver(ground, journal, carrier, enrolment);
  uplink.run(stop.signal).catch(() => undefined); // without it nothing is acknowledged, and that shows
  for (let part = 1; part <= 10; part += 1) {
    const upTo = (entries / 10) * part;
    await withDeadline(clock, patienceMs, undefined, (signal) => uplink.ackedSeq.until((seq) => seq >= upTo, signal));
    rssMb.push(rssMbOf(office.pid));
  }
  const perSecond = (entries / (clock.monotonicMs() - startMs)) * 1_000;
  stop.abort();
  return { perSecond, wirePerSecond: wirePerSecond * maxBatchEntries, rssBeforeMb, rssMb };
}

/** The backlog as the sender packs it. */
function batchesOf(journal: Journal): string[] {
  const batches: string[] = [];
  for (let seq = 0; ; ) {
    const batch = journal.batchAfter(seq, maxBatchEntries, maxBatchBytes);
    if (!batch) return batches;
    const { first, prev, texts } = batch;
    seq = first + texts.length - 1;
    const { kiosk: dev, epoch } = journal;
    batches.push(encode('evt', { v: 1, dev, epoch, first, prev: hashText(prev), evs: texts }));
  }
}

function rssMbOf(pid: number): number {
  const kb = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kb) / 1_024);
}

function findingsOf(drains: readonly Drain[]): Findings {
  const perSecond = median(drains.map((drain) => drain.perSecond));
  const wire = median(drains.map((drain) => drain.wirePerSecond));
  return {
    measures: [
      { aim: 'backlog', what: 'backlog, drained and acknowledged', value: perSecond, unit: '/s', runs },
      { aim: null, what: 'the same batches over the wire alone', value: wire, unit: '/s', runs },
      { aim: null, what: 'backlog beside the wire alone', value: perSecond / wire, unit: 'x', runs },
    ],
    details: [
      {
        title: "the office's memory (MB), before and after each tenth of the backlog",
        columns: ['round', 'before', ...Array.from({ length: 10 }, (_, index) => `${(index + 1) * 10} %`)],
        rows: drains.map(({ rssBeforeMb, rssMb }, index) => [`${index + 1}`, rssBeforeMb, ...rssMb]),
      },
    ],
    notes: [
      'Kiosk and office are two processes; the office has broker and intake in one, and commits with WAL and FULL.',
      'The wire alone: the same client, broker, batches and window, answered at once by a process that stores nothing.',
    ],
  };
}
