import { centralMigrations } from '#central/central.ts';
import { reopenKiosk } from '#central/epochs/reopen.ts';
import { applyLog } from '#central/restore/apply-log.ts';
import type { LogLine } from '#central/rights/grants-log.ts';
import { changeSetting, wholeSetting } from '#central/rights/settings.ts';
import type { Enrolment } from '#contract/uplink/enrolment.ts';
import { forgetOldEpoch } from '#controller/commands/old-epoch.ts';
import { controllerMigrations } from '#controller/controller.ts';
import { type MemoryStore, openMemoryStore } from '#kit/store.ts';
import { MONDAY_MS } from './time.ts';
import type { Town } from './town.ts';
import type { Universe } from './universe.ts';

/** Who may say what: the term of the office's database, the epoch of the kiosk's, and the disks that were there before. */
export interface Authority {
  term: number;
  enrolment: Enrolment;
  /** Disks of earlier epochs as they were when they were given up: the oracle knows them, whoever else lost them. */
  former: readonly FormerDisk[];
  /** The office's database after each commit, where somebody keeps it. */
  officeDisks: readonly Uint8Array[];
  /** The log of grants was lost once: rights and grants that only it knew come back from the kiosks' journals. */
  logLost: boolean;
}

export interface FormerDisk {
  epoch: number;
  bytes: Uint8Array;
  /** Whether it still lies in the kiosk, read-only. */
  isKept: boolean;
}

export const firstAuthority = ({ enrolment }: Town): Authority => ({
  ...{ term: 1, enrolment, former: [], officeDisks: [], logLost: false },
});

const two: [string, string] = ['op-1', 'op-2'];

/** Puts an earlier database in place, in a new term; with the log of grants applied, or without it. The office is dead. */
export function restoreOffice(universe: Universe, bytes: Uint8Array, log: 'applied' | 'lost'): void {
  const { authority, grants, clock } = universe;
  const lines = log === 'applied' ? grants.map((line) => JSON.parse(line) as LogLine) : [];
  const nowMs = MONDAY_MS + clock.nowMs;
  const term = authority.term + 1;
  const store = openMemoryStore({ migrations: centralMigrations, from: bytes });
  store.write('restored', (db) => {
    applyLog(db, lines, nowMs);
    changeSetting(db, 'term', term);
    if (log === 'lost') changeSetting(db, 'granted', wholeSetting(db, 'granted', 0) + 1);
    const way = log === 'applied' ? 'log' : 'kiosks';
    const finished = log === 'applied' ? nowMs : null;
    db.prepare('INSERT INTO restore VALUES (?, ?, ?, ?, ?, ?)').run(
      ...[term, way, JSON.stringify(two), 'the disk broke', nowMs, finished],
    );
  });
  authority.term = term;
  if (log === 'lost') authority.logLost = true;
  universe.putOfficeDisk(store.bytes());
  store.close();
  universe.trace(`the office is restored, term ${term}, its log is ${log}`);
}

/** The kiosk is dead and its disk is given up: two people of the office open its next epoch, and a new one is put in. */
export async function openNextEpoch(universe: Universe, oldDisk: 'lost' | 'drained'): Promise<void> {
  const { authority, town, central } = universe;
  if (!central) throw new Error('the office is dead');
  const { epoch, kiosk } = authority.enrolment;
  const bytes = universe.kioskDb();
  const keys = { sealing: town.keys.sealing.publicKey, signing: town.keys.signing.publicKey };
  const office = { ...central.room, keys, brokerUrl: 'post' };
  const { enrolment } = await reopenKiosk(office, kiosk, null, { by: two, reason: 'the disk broke' });
  authority.enrolment = enrolment;
  if (bytes) authority.former = [...authority.former, { epoch, bytes, isKept: oldDisk === 'drained' }];
  universe.putKioskDisk(null);
  universe.trace(`epoch ${enrolment.epoch} is opened; the old disk is ${oldDisk}`);
}

/** The old disks that lie in the kiosk, as its start opens them: keys and records are destroyed first. */
export function openOldDisks({ former }: Authority): { epoch: number; store: MemoryStore }[] {
  return former
    .filter(({ isKept }) => isKept)
    .map(({ epoch, bytes }) => {
      const store = openMemoryStore({ migrations: controllerMigrations, from: bytes });
      forgetOldEpoch(store);
      return { epoch, store };
    });
}
