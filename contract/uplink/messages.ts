import Type, { type Static, type TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import type { ProblemCode } from '../problems/codes.ts';

/** At most so much in one message: a batch of entries, or a sealed record. */
export const maxBatchEntries = 50;
export const maxBatchBytes = 64 * 1024;
export const maxMessageBytes = 256 * 1024;
export const maxEntryBytes = 16 * 1024;
export const maxSealedBytes = 128 * 1024;

const Id = Type.String({ minLength: 1, maxLength: 64 });
const Seq = Type.Integer({ minimum: 0 });
const Hash = Type.String({ minLength: 43, maxLength: 43 });
const Epoch = Type.Integer({ minimum: 1 });
const Code = Type.String({ maxLength: 64 });
const Ms = Type.Integer({ minimum: 0 });
const V = Type.Literal(1);
const Sealed = Type.String({ minLength: 1, maxLength: maxSealedBytes });
const Head = Type.Object({ seq: Seq, hash: Hash });
const PublicJwk = Type.Object({
  kty: Type.Literal('OKP'),
  crv: Type.String({ maxLength: 16 }),
  x: Type.String({ maxLength: 64 }),
});

/** evt: entries `first`, `first`+1, ...; `prev` is the hash before the first of them. */
export const Evt = Type.Object({
  v: V,
  dev: Id,
  epoch: Epoch,
  first: Type.Integer({ minimum: 1 }),
  prev: Hash,
  evs: Type.Array(Type.String({ minLength: 2, maxLength: maxEntryBytes }), { minItems: 1, maxItems: maxBatchEntries }),
});

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
});

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
});

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

export const Cmd = Type.Object({
  v: V,
  cmdId: Id,
  kind: Code,
  exp: Ms,
  args: Type.Optional(Type.Record(Type.String({ maxLength: 24 }), Type.String({ maxLength: 200 }))),
});

/** center: central is there, and in which term of its database. */
export const Center = Type.Object({ v: V, online: Type.Boolean(), term: Type.Integer({ minimum: 1 }), at: Ms });

export const messages = { evt: Evt, ack: Ack, state: State, req: Req, rep: Rep, cmd: Cmd, center: Center } as const;
export type MessageName = keyof typeof messages;
export type Message<N extends MessageName> = Static<(typeof messages)[N]>;

/** What is sealed inside a request. PIN and numbers never travel openly, not even to an embedded broker. */
export const Lookup = Type.Object({
  kind: Type.Enum(['code', 'nik'] as ['code', 'nik']),
  value: Type.String({ minLength: 1, maxLength: 32 }),
});
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

export type Decoded<T> = { ok: true; value: T } | { ok: false; code: ProblemCode; detail: string };

const text = new TextDecoder('utf-8', { fatal: true });
const checks = new Map<TSchema, ReturnType<typeof Compile>>();

/** Checks an unknown value against a schema of the contract. Compiled on first use. */
export function matches<S extends TSchema>(schema: S, value: unknown): value is Static<S> {
  const check = checks.get(schema) ?? Compile(schema);
  checks.set(schema, check);
  return check.Check(value);
}

/** Reads a message from the wire. Never throws: an oversize, malformed or foreign payload is a value with a code. */
export function decode<N extends MessageName>(name: N, payload: Uint8Array): Decoded<Message<N>> {
  if (payload.length > maxMessageBytes)
    return { ok: false, code: 'uplink/oversize', detail: `${name}: ${payload.length} bytes` };
  let value: unknown;
  try {
    value = JSON.parse(text.decode(payload));
  } catch {
    return { ok: false, code: 'uplink/malformed', detail: `${name}: not JSON in UTF-8` };
  }
  const version = (value as { v?: unknown } | null)?.v;
  if (version !== 1)
    return {
      ok: false,
      code: 'uplink/wrong-version',
      detail: `${name}: version ${typeof version === 'number' ? version : typeof version}`,
    };
  if (!matches(messages[name], value))
    return { ok: false, code: 'uplink/malformed', detail: `${name}: does not match its schema` };
  return { ok: true, value: value as Message<N> };
}

export function encode<N extends MessageName>(_name: N, message: Message<N>): string {
  return JSON.stringify(message);
}
