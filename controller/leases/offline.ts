import type { ProblemCode } from '#contract/problems/codes.ts';
import { isLeaseClaims, type LeaseClaims, type Message } from '#contract/uplink/messages.ts';
import { isSealedRecord, type SealedRecord } from '#contract/uplink/record.ts';
import type { Append, Journal } from '#controller/journal/journal.ts';
import type { Clock } from '#kit/clock.ts';
import { newId, type Random } from '#kit/random.ts';
import type { KeyPair, PublicKey, Sealer } from '#kit/sealer.ts';
import type { Db, Store } from '#kit/store.ts';
import { claimsForbid, keepIn } from './claims.ts';
import { isKept, keysKept, type OfflineQuestion, type OfflineRow, questionOf } from './offline-rows.ts';

export interface OfflineOptions {
  store: Store;
  journal: Journal;
  clock: Clock;
  random: Random;
  sealer: Sealer;
  centralSigningKey: PublicKey;
  /** The kiosk's own pair: the key of each lease is wrapped in it. Without one nothing can be kept ahead of time. */
  keys: KeyPair | null;
  /** Whether what is received now must wait for central's agreement to the head. */
  mustCheck: () => boolean;
}

/** Facts that belong into the same write. */
export type Besides = (append: Append, db: Db) => void;

/** Leases asked for ahead of time, kept sealed on the disk until they are used or end. */
export interface OfflineLeases {
  /** Whether leases can be kept here at all. */
  readonly possible: boolean;
  isKept(rightId: string): boolean;
  /** The question that an order has led to and that waits for its answer; in an earlier life too. */
  questionOf(cmdId: string): OfflineQuestion | null;
  /** Makes a key for one lease, and question and wrapped key durable in one write; null where `forbids` says why not by then. */
  ask(cmdId: string, rightId: string, forbids: () => ProblemCode | null): Promise<OfflineQuestion | null>;
  /** Verifies an answer and keeps lease and record, with what else belongs into that write; or says why not. */
  receive(rep: Message<'rep'>, question: OfflineQuestion, besides: Besides): Promise<ProblemCode | null>;
  /** Opens a kept record. Rejects where it cannot be opened any more. */
  open(row: Pick<OfflineRow, 'wrappedKey' | 'sealed' | 'rightId'>): Promise<SealedRecord>;
  keysKept(): number;
}

export function openOfflineLeases(options: OfflineOptions): OfflineLeases {
  const { store, journal, clock, random, sealer, keys } = options;

  async function open({ wrappedKey, sealed, rightId }: Parameters<OfflineLeases['open']>[0]): Promise<SealedRecord> {
    if (!keys) throw new Error('this kiosk has no key of its own');
    const key = JSON.parse(await sealer.open(wrappedKey, keys.privateKey)) as KeyPair['privateKey'];
    const record: unknown = JSON.parse(await sealer.open(sealed, key));
    if (!isSealedRecord(record) || !record.identify || record.rightId !== rightId)
      throw new Error('what was sealed is no record to be used without central');
    return record;
  }

  /** The claims that an answer holds, where they are this kiosk's and the record they are bound to can be opened. */
  async function verified(rep: Message<'rep'>, question: OfflineQuestion): Promise<LeaseClaims | ProblemCode> {
    const { lease, sealed } = rep;
    const claims = lease ? await sealer.verify(lease, options.centralSigningKey).catch(() => null) : null;
    if (!sealed || !isLeaseClaims(claims)) return 'right/lease-invalid';
    return open({ ...question, sealed }).then(
      () => claims,
      () => 'right/lease-invalid' as const,
    );
  }

  return {
    possible: keys !== null,
    isKept: (rightId) => store.read((db) => isKept(db, rightId)),
    questionOf: (cmdId) => store.read((db) => questionOf(db, cmdId)),
    keysKept: () => store.read(keysKept),
    open,
    async ask(cmdId, rightId, forbids) {
      if (!keys) throw new Error('this kiosk has no key of its own');
      const pair = await sealer.newSealingKey();
      const wrappedKey = await sealer.seal(JSON.stringify(pair.privateKey), keys.publicKey);
      const question = { reqId: newId(random), rightId, cmdId, replyKey: JSON.stringify(pair.publicKey), wrappedKey };
      if (forbids()) return null;
      store.write('lease.asked-ahead', (db) => askIn(db, question));
      return question;
    },
    async receive(rep, question, besides) {
      const claims = await verified(rep, question);
      if (typeof claims === 'string') return claims;
      const asked = { ...question, sealed: rep.sealed ?? '', kiosk: journal.kiosk, epoch: journal.epoch };
      const wallMs = clock.wallMs();
      const wrong = store.read((db) => claimsForbid(db, claims, { ...asked, mode: 'offline' }, wallMs));
      if (wrong) return wrong;
      journal.record('lease.received-ahead', (append, db) => {
        const { seq } = keepIn(append, db, claims, wallMs);
        db.prepare(
          `UPDATE offline_lease SET lease_id = ?, sealed = ?, class = ?, policy = ?, rule = ?, received_seq = ?, needs_check = ?
           WHERE req_id = ?`,
        ).run(
          ...[claims.leaseId, asked.sealed, claims.class, claims.policy, claims.rule, seq],
          ...[options.mustCheck() ? 1 : 0, asked.reqId],
        );
        besides(append, db);
      });
      return null;
    },
  };
}

function askIn(db: Db, { reqId, rightId, cmdId, replyKey, wrappedKey }: OfflineQuestion): void {
  db.prepare("INSERT INTO lease_request VALUES (?, ?, 'asked')").run(reqId, rightId);
  db.prepare('INSERT INTO offline_lease (req_id, right_id, cmd_id, reply_key, wrapped_key) VALUES (?, ?, ?, ?, ?)').run(
    reqId,
    rightId,
    cmdId,
    replyKey,
    wrappedKey,
  );
}
