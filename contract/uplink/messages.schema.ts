import Type, { type Static } from 'typebox';
import { maxBatchEntries, maxEntryBytes, maxOlderJournals, maxSealedBytes } from './limits.ts';

const Id = Type.String({ minLength: 1, maxLength: 64 });
const Seq = Type.Integer({ minimum: 0 });
const Hash = Type.String({ minLength: 43, maxLength: 43 });
const Epoch = Type.Integer({ minimum: 1 });
const Code = Type.String({ maxLength: 64 });
const Ms = Type.Integer({ minimum: 0 });
const V = Type.Literal(1);
const Sealed = Type.String({ minLength: 1, maxLength: maxSealedBytes });
export const Head = Type.Object({ seq: Seq, hash: Hash });
export type Head = Static<typeof Head>;
export const PublicJwk = Type.Object({
  kty: Type.Literal('OKP'),
  crv: Type.String({ maxLength: 16 }),
  x: Type.String({ maxLength: 64 }),
});
export type PublicJwk = Static<typeof PublicJwk>;

/** evt: entries `first`, `first`+1, ...; `prev` is the hash before the first of them. */
export const Evt = Type.Object({
  v: V,
  dev: Id,
  epoch: Epoch,
  first: Type.Integer({ minimum: 1 }),
  prev: Hash,
  evs: Type.Array(Type.String({ minLength: 2, maxLength: maxEntryBytes }), { minItems: 1, maxItems: maxBatchEntries }),
});
export type Evt = Static<typeof Evt>;

/** ack: all up to `seq`, whose hash is `hash`, is committed in term `term`. `gap`: start again at seq+1. `fork`: another history is known. */
export const Ack = Type.Object({
  v: V,
  term: Type.Integer({ minimum: 1 }),
  epoch: Epoch,
  seq: Seq,
  hash: Hash,
  gap: Type.Boolean(),
  fork: Type.Optional(Head),
});
export type Ack = Static<typeof Ack>;

/** state: all that central shows of a kiosk between its entries. Also the last will, with `online: false`. */
export const State = Type.Object({
  v: V,
  dev: Id,
  epoch: Epoch,
  online: Type.Boolean(),
  session: Id,
  at: Ms,
  head: Type.Optional(Head),
  acked: Type.Optional(Head),
  /** The heads of the journals of earlier epochs that lie in this kiosk: nothing is written there any more. */
  older: Type.Optional(Type.Array(Type.Object({ epoch: Epoch, seq: Seq, hash: Hash }), { maxItems: maxOlderJournals })),
  software: Type.Optional(Type.String({ maxLength: 32 })),
  service: Type.Optional(
    Type.Object({
      mode: Type.Enum(['full', 'status-only', 'closed'] as ['full', 'status-only', 'closed']),
      reason: Type.Union([Code, Type.Null()]),
    }),
  ),
  blanko: Type.Optional(Type.Record(Type.String({ maxLength: 24 }), Type.Integer())),
  devices: Type.Optional(
    Type.Record(
      Type.String({ maxLength: 24 }),
      Type.Object({
        state: Type.Enum(['ready', 'trouble', 'away', 'opening'] as ['ready', 'trouble', 'away', 'opening']),
        code: Type.Union([Code, Type.Null()]),
      }),
    ),
  ),
  officerCalled: Type.Optional(Type.Boolean()),
  visitNo: Type.Optional(Type.Union([Type.String({ maxLength: 24 }), Type.Null()])),
  ribbonPrintsLeft: Type.Optional(Type.Union([Type.Integer({ minimum: 0 }), Type.Null()])),
  /** The newest term this kiosk has seen, once its unanswered questions of an older one are durably over. `acked` is of this term. */
  term: Type.Optional(Type.Integer({ minimum: 1 })),
  /** Room for the journal: when the budget or the disk is used up, the kiosk stops printing rather than forget. */
  disk: Type.Optional(
    Type.Object({
      usedBytes: Type.Integer({ minimum: 0 }),
      budgetBytes: Type.Integer({ minimum: 0 }),
      freeBytes: Type.Integer({ minimum: 0 }),
    }),
  ),
});
export type State = Static<typeof State>;

/**
 * req: `sealed` is a JWE to central's key, holding what may not travel openly; the answer is sealed to `replyKey`.
 * `exp` is wall time after which central need not answer. The lease request names what it is bound to.
 */
export const Req = Type.Object({
  v: V,
  reqId: Id,
  epoch: Epoch,
  exp: Ms,
  replyKey: Type.Optional(PublicJwk),
  sealed: Type.Optional(Sealed),
  lease: Type.Optional(Type.Object({ rightId: Id, identifyReqId: Id, sealedSha256: Hash })),
  /** Asks for a right ahead of time, with its record sealed to `replyKey`: in answer to the command `take-lease`. */
  offline: Type.Optional(Type.Object({ rightId: Id })),
});
export type Req = Static<typeof Req>;

/** rep: an answer, or a refusal with a code of the problem table and what its words need (dates, places; never a person). */
export const Rep = Type.Object({
  v: V,
  reqId: Id,
  ok: Type.Boolean(),
  code: Type.Optional(Code),
  params: Type.Optional(
    Type.Record(Type.String({ maxLength: 24 }), Type.Union([Type.String({ maxLength: 200 }), Type.Number()])),
  ),
  sealed: Type.Optional(Sealed),
  /** The signed claims of a lease (JWS). */
  lease: Type.Optional(Type.String({ maxLength: 8192 })),
});
export type Rep = Static<typeof Rep>;

/**
 * cmd: a row at central, sent again on each connection until its end is in the journal. Kinds: `take-lease` {rightId},
 * `renew-lease`, `surrender-lease`, `revoke-lease` {leaseId}, `epoch-closed` {epoch}. Nothing depends on it arriving.
 */
export const Cmd = Type.Object({
  v: V,
  cmdId: Id,
  kind: Code,
  exp: Ms,
  args: Type.Optional(Type.Record(Type.String({ maxLength: 24 }), Type.String({ maxLength: 200 }))),
});
export type Cmd = Static<typeof Cmd>;

/** center: central is there, and in which term of its database. */
export const Center = Type.Object({ v: V, online: Type.Boolean(), term: Type.Integer({ minimum: 1 }), at: Ms });
export type Center = Static<typeof Center>;

export const messageSchemas = {
  evt: Evt,
  ack: Ack,
  state: State,
  req: Req,
  rep: Rep,
  cmd: Cmd,
  center: Center,
} as const;
export type MessageName = keyof typeof messageSchemas;
export type Message<N extends MessageName> = Static<(typeof messageSchemas)[N]>;

/** What is sealed inside a request. PIN and numbers never travel openly, not even to an embedded broker. */
export const Lookup = Type.Object({
  kind: Type.Enum(['code', 'nik'] as ['code', 'nik']),
  value: Type.String({ minLength: 1, maxLength: 32 }),
});
export type Lookup = Static<typeof Lookup>;
export const Question = Type.Object({ lookup: Lookup, pin: Type.Optional(Type.String({ maxLength: 16 })) });
export type Question = Static<typeof Question>;

/** The claims of a lease. `exp` only forbids; nothing is freed by time. */
export const LeaseClaims = Type.Object({
  v: V,
  rightId: Id,
  leaseId: Id,
  kiosk: Id,
  epoch: Epoch,
  reqId: Id,
  class: Code,
  policy: Type.String({ maxLength: 32 }),
  rule: Type.String({ maxLength: 64 }),
  mode: Type.Enum(['online', 'offline'] as ['online', 'offline']),
  grantedMs: Ms,
  expiresMs: Ms,
  nonce: Id,
  sealedSha256: Hash,
});
export type LeaseClaims = Static<typeof LeaseClaims>;
