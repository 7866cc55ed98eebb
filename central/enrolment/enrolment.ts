import { openEpoch } from '#central/intake/intake.ts';
import { isKioskId } from '#contract/uplink/acl.ts';
import { sha256 } from '#contract/uplink/chain.ts';
import type { Enrolment, EnrolmentRequest, SiteInfo } from '#contract/uplink/enrolment.ts';
import type { Clock } from '#kit/clock.ts';
import type { Random } from '#kit/random.ts';
import type { PublicKey, Sealer } from '#kit/sealer.ts';
import type { Db, Store } from '#kit/store.ts';

export interface Registrar {
  store: Store;
  clock: Clock;
  random: Random;
  sealer: Sealer;
  keys: { sealing: PublicKey; signing: PublicKey };
  brokerUrl: string;
}

/** Makes a kiosk known, or gives a known one new credentials; the password is 256 random bits and kept as a hash only. */
export async function registerKiosk(
  office: Registrar,
  request: EnrolmentRequest,
  where: { shard: string; site: SiteInfo },
): Promise<Enrolment> {
  const { store, clock, random, sealer, keys } = office;
  const { kiosk } = request;
  if (!isKioskId(kiosk)) throw new Error(`${kiosk} cannot be the name of a kiosk`);
  const password = Buffer.from(random.bytes(32)).toString('base64url');
  const sealedPassword = await sealer.seal(password, request.sealingKey as PublicKey);
  const epoch = store.write('kiosk.registered', (db) => {
    db.prepare('INSERT OR REPLACE INTO kiosk VALUES (?, ?, ?, ?, ?, ?)').run(
      kiosk,
      where.shard,
      JSON.stringify(where.site),
      JSON.stringify(request.sealingKey),
      passwordHash(password),
      clock.wallMs(),
    );
    return currentEpoch(db, kiosk) ?? firstEpoch(db, kiosk, clock.wallMs());
  });
  return {
    v: 1,
    kiosk,
    shard: where.shard,
    epoch,
    site: where.site,
    centralSealingKey: keys.sealing as Enrolment['centralSealingKey'],
    centralSigningKey: keys.signing as Enrolment['centralSigningKey'],
    brokerUrl: office.brokerUrl,
    sealedPassword,
  };
}

/** 256 random bits need no slow hash: nobody can try them all. */
export function passwordHash(password: string): string {
  return Buffer.from(sha256(`mqtt|${password}`)).toString('base64url');
}

export interface KioskRow {
  kiosk: string;
  shard: string;
  site: SiteInfo;
  passwordHash: string;
}

export function kioskRow(db: Db, kiosk: string): KioskRow | null {
  const row = db.prepare('SELECT kiosk, shard, site, password_hash FROM kiosk WHERE kiosk = ?').get(kiosk) as
    | { kiosk: string; shard: string; site: string; password_hash: string }
    | undefined;
  return row
    ? { kiosk: row.kiosk, shard: row.shard, site: JSON.parse(row.site) as SiteInfo, passwordHash: row.password_hash }
    : null;
}

function currentEpoch(db: Db, kiosk: string): number | null {
  const row = db.prepare('SELECT max(epoch) AS epoch FROM epoch WHERE kiosk = ? AND closed_ms IS NULL').get(kiosk) as {
    epoch: number | null;
  };
  return row.epoch;
}

function firstEpoch(db: Db, kiosk: string, nowMs: number): number {
  openEpoch(db, kiosk, 1, nowMs);
  return 1;
}
