import { enrolmentFor, kioskRow, newCredentials, type Registrar } from '#central/enrolment/enrolment.ts';
import { logKiosk, noGrantsLog } from '#central/rights/grants-log.ts';
import type { Enrolment } from '#contract/uplink/enrolment.ts';
import type { PublicKey } from '#kit/sealer.ts';
import type { Db } from '#kit/store.ts';
import { type Act, type Closed, openNextEpoch } from './epochs.ts';

export interface Reopened {
  enrolment: Enrolment;
  closed: Closed | null;
  /** Cards that the old books held inside: the two people who count the new beginning take them from there. */
  unexplained: number;
}

/**
 * Opens the next epoch and makes the enrolment file that a kiosk begins it with. The old password is over with it.
 * `sealingKey` is the new key of a kiosk that lost its own; null keeps the known one.
 */
export async function reopenKiosk(
  office: Registrar,
  kiosk: string,
  sealingKey: PublicKey | null,
  act: Act,
): Promise<Reopened> {
  const { store, clock, random } = office;
  const row = store.read((db) => kioskRow(db, kiosk));
  if (!row) throw new Error(`there is no kiosk ${kiosk}`);
  const key = sealingKey ?? store.read((db) => knownKey(db, kiosk));
  const credentials = await newCredentials(office, key);
  const { epoch, ...opened } = store.write('epoch.opened', (db) => {
    db.prepare('UPDATE kiosk SET password_hash = ?, sealing_key = ? WHERE kiosk = ?').run(
      credentials.passwordHash,
      JSON.stringify(key),
      kiosk,
    );
    const next = openNextEpoch(db, random, clock.wallMs(), kiosk, act);
    logKiosk(db, office.grantsLog ?? noGrantsLog, kiosk);
    return next;
  });
  return { enrolment: enrolmentFor(office, row, epoch, credentials), ...opened };
}

function knownKey(db: Db, kiosk: string): PublicKey {
  const row = db.prepare('SELECT sealing_key AS text FROM kiosk WHERE kiosk = ?').get(kiosk) as { text: string };
  return JSON.parse(row.text) as PublicKey;
}
