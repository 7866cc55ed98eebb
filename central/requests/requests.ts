import { fingersOf } from '#central/gateway/fingers.ts';
import {
  findByCode,
  findByNik,
  type GatewayRecord,
  type Pickup,
  personOf,
  pinMatches,
} from '#central/gateway/records.ts';
import type { RightRow } from '#central/rights/follow.ts';
import { type GrantOptions, refusalFor } from '#central/rights/grant.ts';
import { ensureRight, newestRight } from '#central/rights/open-right.ts';
import { hashText, sha256 } from '#contract/uplink/chain.ts';
import type { SiteInfo } from '#contract/uplink/enrolment.ts';
import { isQuestion, type Message, type Question } from '#contract/uplink/messages.ts';
import type { SealedRecord } from '#contract/uplink/record.ts';
import type { RequestKind } from '#contract/uplink/topics.ts';
import { dayAt } from '#kit/civil-date.ts';
import type { Clock } from '#kit/clock.ts';
import type { Random } from '#kit/random.ts';
import type { PrivateKey, PublicKey, Sealer } from '#kit/sealer.ts';
import type { Db, Store } from '#kit/store.ts';
import { openLeaseAnswers } from './leases.ts';
import { countTry, type TryVerdict } from './pin-tries.ts';
import { type Rep, refusalOf, refused } from './rep.ts';
import { openUnknownNumbers } from './unknown-numbers.ts';
import { verdictOn } from './verdict.ts';

export interface RequestsOptions {
  store: Store;
  clock: Clock;
  random: Random;
  sealer: Sealer;
  sealingKey: PrivateKey;
  signingKey: PrivateKey;
  /** The secret behind the keyed hashes of NIK, number and PIN. */
  lookupKey: Uint8Array;
  grants: Omit<GrantOptions, 'store' | 'clock' | 'random' | 'stillAllowed'>;
}

export interface Asker {
  kiosk: string;
  site: SiteInfo;
}

export interface Requests {
  /** Answers one question of one kiosk. Never throws for what the question says; a repeated question gets the same answer. */
  answer(kind: RequestKind, asker: Asker, req: Message<'req'>): Promise<Message<'rep'>>;
}

type Found = { record: GatewayRecord; pickup: Pickup | null };

/** So many answers are remembered for repeated questions: a lost reply must not cost a second PIN try. */
const remembered = 2_000;
/** A question is repeated for half a minute; sealed records are kept no longer than it takes. */
const rememberedMs = 2 * 60_000;

export function openRequests(options: RequestsOptions): Requests {
  const { store, clock, sealer, lookupKey } = options;
  const answers = new Map<string, { answer: Promise<Rep>; untilMs: number }>();
  const today = () => dayAt(clock.wallMs());
  const noteUnknown = openUnknownNumbers(store, clock);
  const lease = openLeaseAnswers(options);

  async function question(req: Message<'req'>): Promise<Question | null> {
    if (!req.sealed) return null;
    try {
      const value: unknown = JSON.parse(await sealer.open(req.sealed, options.sealingKey));
      return isQuestion(value) ? value : null;
    } catch {
      return null; // not sealed to us, or no JSON inside
    }
  }

  /** A bearer code tells how it stands, without a name. */
  async function status({ site, kiosk }: Asker, req: Message<'req'>): Promise<Rep> {
    const asked = await question(req);
    if (asked?.lookup.kind !== 'code') return refused('uplink/malformed');
    const found = store.read((db) => findByCode(db, lookupKey, asked.lookup.value));
    if (!found) {
      noteUnknown(kiosk, req.epoch);
      return refused('identify/unknown-code');
    }
    return store.read((db) => {
      const verdict = verdictOn(found.record, site, today());
      if (!verdict.print) return refused(verdict.code, verdict.params);
      const right = newestRight(db, found.record.person);
      if (right && right.state !== 'usable') return notFree(db, right, kiosk);
      return found.pickup.expiresOn < today() ? refused('identify/code-expired') : { ok: true };
    });
  }

  /** Code or NIK with its PIN: the sealed record, or words that tell an outsider nothing. */
  async function identify(asker: Asker, req: Message<'req'>): Promise<Rep> {
    const asked = await question(req);
    if (!asked || !req.replyKey) return refused('uplink/malformed');
    const { kind, value } = asked.lookup;
    const found: Found | undefined = store.read((db) =>
      kind === 'code' ? findByCode(db, lookupKey, value) : findByNik(db, lookupKey, value),
    );
    const subject = found?.record.person ?? personOf(lookupKey, value);
    const pinFits = found?.pickup ? pinMatches(lookupKey, found.pickup, asked.pin ?? '') : false;
    const tried = store.write('pin.tried', (db) => countTry(db, subject, today(), pinFits));
    if (tried.verdict !== 'right' || !found?.pickup) return pinAnswer(tried);
    const verdict = verdictOn(found.record, asker.site, today());
    if (!verdict.print) return refused(verdict.code, verdict.params);
    const right = store.write('right.opened', (db) => ensureRight(db, found.record.person, clock.wallMs()));
    if (right.state !== 'usable') return store.read((db) => notFree(db, right, asker.kiosk));
    if (found.pickup.expiresOn < today()) return refused('identify/code-expired');
    const record: SealedRecord = {
      v: 1,
      rightId: right.right_id,
      class: found.record.class,
      firstCard: found.record.class === 'FIRST',
      card: found.record.card,
      identify: null,
      fingers: store.read((db) => fingersOf(db, lookupKey, found.record.person)),
    };
    const sealed = await sealer.seal(JSON.stringify(record), req.replyKey as PublicKey).catch(() => null);
    if (sealed === null) return refused('uplink/malformed'); // a key that is none
    rememberSealed(asker, req, right.right_id, sealed, verdict.row.rule);
    return { ok: true, sealed };
  }

  function notFree(db: Db, right: RightRow, kiosk: string): Rep {
    return refusalOf(refusalFor(right, { kiosk }, options.grants.siteName(db, right.kiosk ?? '')));
  }

  function rememberSealed({ kiosk }: Asker, req: Message<'req'>, rightId: string, sealed: string, rule: string): void {
    store.write('identified', (db) =>
      db
        .prepare('INSERT OR REPLACE INTO identified VALUES (?, ?, ?, ?, ?, ?, ?)')
        .run(kiosk, req.epoch, req.reqId, rightId, hashText(sha256(sealed)), rule, clock.wallMs()),
    );
  }

  /** Oldest first, as they came in. */
  function forgetOld(): void {
    for (const [key, { untilMs }] of answers) {
      if (untilMs > clock.monotonicMs() && answers.size <= remembered) return;
      answers.delete(key);
    }
  }

  return {
    async answer(kind, asker, req) {
      if (!Number.isSafeInteger(req.epoch)) return { v: 1, reqId: req.reqId, ...refused('uplink/malformed') };
      const key = `${asker.kiosk}|${req.epoch}|${kind}|${req.reqId}`;
      const work = { status, identify, lease }[kind];
      // A lease is answered anew each time: its end state may have come since.
      const known = kind === 'lease' ? undefined : answers.get(key)?.answer;
      const answer = known ?? work(asker, req);
      if (!known) answers.set(key, { answer, untilMs: clock.monotonicMs() + rememberedMs });
      forgetOld();
      return { v: 1, reqId: req.reqId, ...(await answer) };
    },
  };
}

function pinAnswer({ verdict, triesLeft }: { verdict: TryVerdict; triesLeft: number }): Rep {
  return verdict === 'locked' ? refused('identify/pin-locked') : refused('identify/not-matched', { left: triesLeft });
}
