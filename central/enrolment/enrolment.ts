import { openEpoch } from '#central/intake/intake.ts';
import { nextEpoch } from '#central/restore/next-epoch.ts';
import { type GrantsLog, logKiosk, noGrantsLog } from '#central/rights/grants-log.ts';
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
  /** A registration and each epoch stand there too: a restored database must not open again what was closed. */
  grantsLog?: GrantsLog;
}

/** A new password: sealed to the kiosk for it, hashed for the office. */
export interface Credentials {
  passwordHash: string;
  sealedPassword: string;
}

/** The password is 256 random bits and kept as a hash only. */
export async function newCredentials({ random, sealer }: Registrar, sealingKey: PublicKey): Promise<Credentials> {
  const password = Buffer.from(random.bytes(32)).toString('base64url');
  return { passwordHash: passwordHash(password), sealedPassword: await sealer.seal(password, sealingKey) };
}

/** Makes a kiosk known, or gives a known one new credentials: its journal goes on. Refuses one whose epoch is closed. */
export async function registerKiosk(
  office: Registrar,
  request: EnrolmentRequest,
  where: { shard: string; site: SiteInfo },
): Promise<Enrolment> {
  const { store, clock } = office;
  const { kiosk } = request;
  if (!isKioskId(kiosk)) throw new Error(`${kiosk} cannot be the name of a kiosk`);
  const credentials = await newCredentials(office, request.sealingKey as PublicKey);
  const epoch = store.write('kiosk.registered', (db) => {
    db.prepare('INSERT OR REPLACE INTO kiosk VALUES (?, ?, ?, ?, ?, ?)').run(
      kiosk,
      where.shard,
      JSON.stringify(where.site),
      JSON.stringify(request.sealingKey),
      credentials.passwordHash,
      clock.wallMs(),
    );
    const open = currentEpoch(db, kiosk) ?? firstEpoch(db, kiosk, clock.wallMs());
    logKiosk(db, office.grantsLog ?? noGrantsLog, kiosk);
    return open;
  });
  return enrolmentFor(office, { kiosk, ...where }, epoch, credentials);
}

/** The file that a kiosk takes in: all it needs to speak in this epoch. */
export function enrolmentFor(
  { keys, brokerUrl }: Registrar,
  { kiosk, shard, site }: { kiosk: string; shard: string; site: SiteInfo },
  epoch: number,
  { sealedPassword }: Credentials,
): Enrolment {
  return {
    v: 1,
    ...{ kiosk, shard, epoch, site, brokerUrl, sealedPassword },
    centralSealingKey: keys.sealing as Enrolment['centralSealingKey'],
    centralSigningKey: keys.signing as Enrolment['centralSigningKey'],
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

/** The open epoch; null where there never was one. A closed one is opened again by nobody: the next one is, by two people. */
function currentEpoch(db: Db, kiosk: string): number | null {
  const row = db
    .prepare('SELECT epoch, closed_ms AS closedMs FROM epoch WHERE kiosk = ? ORDER BY epoch DESC LIMIT 1')
    .get(kiosk) as { epoch: number; closedMs: number | null } | undefined;
  if (row && row.closedMs !== null)
    throw new Error(`epoch ${row.epoch} of ${kiosk} is closed: open-epoch opens the next`);
  return row?.epoch ?? null;
}

function firstEpoch(db: Db, kiosk: string, nowMs: number): number {
  const epoch = nextEpoch(db, kiosk);
  openEpoch(db, kiosk, epoch, nowMs);
  return epoch;
}
