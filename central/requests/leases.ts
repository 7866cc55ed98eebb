import { findByPerson } from '#central/gateway/records.ts';
import { policyVersion } from '#central/policy/policy-rows.ts';
import { rightOf } from '#central/rights/follow.ts';
import { type Grant, type GrantOptions, grantLease, type LeaseRequest } from '#central/rights/grant.ts';
import { GrantsLogFailed } from '#central/rights/grants-log.ts';
import { offlineExpiryMs, offlineRecord, printable } from '#central/rights/offline.ts';
import type { SiteInfo } from '#contract/uplink/enrolment.ts';
import type { Message } from '#contract/uplink/messages.ts';
import { dayAt } from '#kit/civil-date.ts';
import type { Db } from '#kit/store.ts';
import { type Rep, refusalOf, refused } from './rep.ts';
import type { Asker, RequestsOptions } from './requests.ts';
import { verdictOn } from './verdict.ts';

type StillAllowed = GrantOptions['stillAllowed'];
type LeaseAnswers = (asker: Asker, req: Message<'req'>) => Promise<Rep>;

/** Answers the question for a lease: for the person who stands before the kiosk, or ahead of time where staff ordered it. */
export function openLeaseAnswers(options: RequestsOptions): LeaseAnswers {
  const { store, clock, sealer } = options;

  function grant(request: LeaseRequest, stillAllowed: StillAllowed): Grant {
    const { random, grants } = options;
    try {
      return grantLease({ ...grants, store, clock, random, stillAllowed }, request);
    } catch (error) {
      if (!(error instanceof GrantsLogFailed)) throw error;
      return { ok: false, code: 'central/refused' };
    }
  }

  async function answered(grant: Grant): Promise<Rep> {
    if (!grant.ok) return refusalOf(grant);
    const lease = await sealer.sign(grant.claims, options.signingKey);
    return { ok: true, lease, ...(grant.sealed !== undefined && { sealed: grant.sealed }) };
  }

  /** Sealing takes a while and cannot be done inside the transaction, so that asks whether the record is still the same. */
  async function aheadOfTime({ kiosk, site }: Asker, req: Message<'req'>, rightId: string): Promise<Rep> {
    if (!req.replyKey) return refused('uplink/malformed');
    const nowMs = clock.wallMs();
    const right = store.read((db) => rightOf(db, rightId));
    const found = right && store.read((db) => printable(db, right.person, site, dayAt(nowMs)));
    if (!found) return refused('right/lease-not-asked');
    if ('code' in found) return refused(found.code);
    const record = store.read((db) => offlineRecord(db, rightId, found, options.lookupKey));
    const sealed = await sealer.seal(JSON.stringify(record), req.replyKey).catch(() => null);
    if (sealed === null) return refused('uplink/malformed'); // a key that is none
    const stillAllowed: StillAllowed = (db, person) => {
      const now = printable(db, person, site, dayAt(clock.wallMs()));
      const isSame = now && 'record' in now && sealedAs(now) === sealedAs(found);
      return isSame ? allowed(db, person, site) : { ok: false, code: 'record/changed' };
    };
    const { epoch, reqId } = req;
    const expiresMs = offlineExpiryMs(found.pickup, nowMs);
    return answered(grant({ kiosk, epoch, reqId, rightId, sealed, expiresMs }, stillAllowed));
  }

  function allowed(db: Db, person: string, site: SiteInfo): ReturnType<StillAllowed> {
    const record = findByPerson(db, person);
    if (!record) return { ok: false, code: 'right/revoked' };
    const verdict = verdictOn(record, site, dayAt(clock.wallMs()));
    if (!verdict.print) return { ok: false, code: verdict.code };
    return { ok: true, class: record.class, policy: policyVersion, rule: verdict.row.rule };
  }

  return async (asker, req) => {
    if (req.offline) return aheadOfTime(asker, req, req.offline.rightId);
    if (!req.lease) return refused('uplink/malformed');
    const { kiosk, site } = asker;
    const request = { kiosk, epoch: req.epoch, reqId: req.reqId, ...req.lease };
    return answered(grant(request, (db, person) => allowed(db, person, site)));
  };
}

type Sealed = { record: { rowHash: string }; pickup: { codeHash: string; pinVerifier: string; expiresOn: string } };

const sealedAs = ({ record, pickup }: Sealed): string =>
  [record.rowHash, pickup.codeHash, pickup.pinVerifier, pickup.expiresOn].join('|');
