import { openTestOffice, type TestOffice } from '#central/fleet/test-office.ts';
import { openGeneration } from '#central/generations/generations.ts';
import { rightOf } from '#central/rights/follow.ts';
import type { RightState } from '#contract/uplink/rights.ts';
import { seededRandom } from '#kit/random.ts';
import { replayed } from './books.ts';
import { countKiosk, type Found } from './count.ts';
import { type Decision, decideRight } from './decide.ts';
import { closeEpoch, openNextEpoch } from './epochs.ts';

export const by = ['OP-DEWI', 'OP-BUDI'] as const;
export const act = { by, reason: 'the cabinet burned down' };

/** What two people at the office do, over the real tables of a test office. */
export interface Closing extends TestOffice {
  closes(kiosk: string): void;
  opens(kiosk: string): number;
  counts(kiosk: string, found: Partial<Found>): boolean;
  decides(rightId: string, as: Decision['as'], body?: string): void;
  opensGeneration(person: string): string;
  right(rightId: string): RightState | undefined;
  /** The accounts that are not 0, or an error where they are not what all movements give. */
  stock(kiosk: string): Record<string, number>;
  anomalies(): string[];
}

export function openClosing(startMs?: number): Closing {
  const office = openTestOffice(startMs);
  const { store, clock } = office;
  const random = seededRandom('closing');
  return {
    ...office,
    closes: (kiosk) => void store.write('close', (db) => closeEpoch(db, random, clock.wallMs(), kiosk, act)),
    opens: (kiosk) => store.write('open', (db) => openNextEpoch(db, random, clock.wallMs(), kiosk, act)).epoch,
    counts: (kiosk, found) =>
      store.write('count', (db) =>
        countKiosk(
          db,
          clock.wallMs(),
          kiosk,
          { hopper: 0, complete: 0, partial: 0, blank: 0, ...found },
          { by, document: 'BA-0099' },
        ),
      ).compared.equal,
    decides: (rightId, as, body) =>
      void store.write('decide', (db) =>
        decideRight(db, clock.wallMs(), {
          ...act,
          ...{ rightId, as },
          body: body === undefined ? null : { text: body, place: 'in the box' },
        }),
      ),
    opensGeneration: (person) =>
      store.write('generation', (db) => openGeneration(db, clock.wallMs(), person, act)).rightId,
    right: (rightId) => store.read((db) => rightOf(db, rightId))?.state,
    stock(kiosk) {
      const rows = store.read((db) => db.prepare('SELECT account, count FROM stock WHERE kiosk = ?').all(kiosk));
      const kept = (rows as { account: string; count: number }[]).filter(({ count }) => count !== 0);
      const again = Object.entries(store.read((db) => replayed(db, kiosk))).filter(([, count]) => count !== 0);
      const text = (list: [string, number][]) => JSON.stringify(list.sort());
      const own = kept.map(({ account, count }): [string, number] => [account, count]);
      if (text(own) !== text(again)) throw new Error(`booked ${text(own)}, replayed ${text(again)}`);
      return Object.fromEntries(own);
    },
    anomalies: () =>
      store
        .read((db) => db.prepare('SELECT what FROM anomaly ORDER BY rowid').all())
        .map((row) => (row as { what: string }).what),
  };
}
