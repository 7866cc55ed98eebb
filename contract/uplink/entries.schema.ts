import Type, { type Static, type TObject } from 'typebox';
import { accounts } from './accounts.ts';
import { printOutcomes, proofs, visitOutcomes } from './outcomes.ts';

const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength });
const Id = Text(64);
const Code = Text(64);
const Ms = Type.Integer({ minimum: 0 });
const Count = Type.Integer({ minimum: 0, maximum: 1_000_000 });
const OneOf = <const T extends readonly string[]>(values: T) => Type.Unsafe<T[number]>({ enum: [...values] });

/** What the printer says of itself at an intent: its counters witness what the journal claims. */
export const Witness = Type.Object({
  serial: Type.Union([Text(64), Type.Null()]),
  cardsFed: Type.Union([Count, Type.Null()]),
  ribbonPrintsLeft: Type.Union([Count, Type.Null()]),
});
export type Witness = Static<typeof Witness>;

/**
 * Every fact that anyone may ask about later, by name. The envelope is `{type, subject?, visitNo?, at, data}`;
 * what follows is `data`. No personal data anywhere: rights are pseudonyms, operators are ids.
 */
export const entryDataSchemas = {
  'kiosk.started': Type.Object({ software: Text(32), cleanStop: Type.Boolean(), openAttempts: Count }),
  'lease.received': Type.Object({
    leaseId: Id,
    rightId: Id,
    reqId: Id,
    mode: OneOf(['online', 'offline']),
    class: Text(32),
    policy: Text(32),
    rule: Text(64),
    expiresAtMs: Ms,
    sealedSha256: Text(64),
  }),
  'lease.voided': Type.Object({ reqId: Id, leaseId: Type.Optional(Id), rightId: Id, reason: Code }),
  'print.intended': Type.Object({
    rightId: Id,
    leaseId: Id,
    attempt: Type.Integer({ minimum: 1, maximum: 9 }),
    witness: Witness,
  }),
  'print.inking': Type.Object({ rightId: Id }),
  'print.printed': Type.Object({ rightId: Id }),
  'print.checked': Type.Object({ rightId: Id, verdict: OneOf(['pass', 'fail', 'doubtful']) }),
  'print.presenting': Type.Object({ rightId: Id, offer: Type.Integer({ minimum: 1, maximum: 2 }) }),
  'print.outcome': Type.Object({
    rightId: Id,
    leaseId: Id,
    outcome: OneOf(printOutcomes),
    reason: Code,
    /** Where the body lies, where that is known. */
    place: OneOf(['hand', 'box', 'printer', 'exit', 'unknown', 'hopper-never-left']),
  }),
  'blanko.moved': Type.Object({
    from: OneOf(accounts),
    to: OneOf(accounts),
    count: Type.Integer({ minimum: 1, maximum: 10_000 }),
    /** What proves it: a document number, a sensor edge, a count. */
    evidence: Text(120),
    kind: Type.Optional(OneOf(['complete', 'partial', 'blank'])),
    by: Type.Optional(Type.Array(Id, { maxItems: 2 })),
  }),
  'receipt.printed': Type.Object({ paper: OneOf(['receipt', 'slip', 'referral']), reprint: Type.Boolean() }),
  'receipt.owed': Type.Object({ paper: OneOf(['receipt', 'slip', 'referral']), code: Code }),
  'card.handed-over': Type.Object({ rightId: Id, leaseId: Id, by: Type.Array(Id, { minItems: 2, maxItems: 2 }) }),
  'card.destroyed': Type.Object({
    rightId: Id,
    leaseId: Id,
    by: Type.Array(Id, { minItems: 2, maxItems: 2 }),
    document: Text(120),
  }),
  'visit.ended': Type.Object({
    outcome: OneOf(visitOutcomes),
    code: Type.Union([Code, Type.Null()]),
    right: OneOf(['kept', 'held', 'used', 'none']),
    pin: OneOf(['kept', 'used']),
    lastStep: Code,
    stepsMs: Type.Record(Type.String(), Ms),
    lang: OneOf(['id', 'en']),
    pace: Type.Integer({ minimum: 1, maximum: 3 }),
    aids: Type.Array(Code, { maxItems: 8 }),
    helpCalled: Type.Boolean(),
    proofs: Type.Array(OneOf(proofs), { maxItems: 3 }),
    tries: Count,
    /** Where a finger was asked for: how often it was compared, pictures too poor for that, and the officer who knew the person. */
    fingers: Type.Optional(Type.Object({ comparisons: Count, poor: Count, vouchedBy: Type.Optional(Id) })),
    rightId: Type.Optional(Id),
  }),
  'duty.opened': Type.Object({ operatorId: Id, certificateId: Id }),
  'duty.closed': Type.Object({ operatorId: Id, certificateId: Id }),
  'ribbon.changed': Type.Object({
    by: Type.Array(Id, { minItems: 1, maxItems: 2 }),
    oldBag: Text(64),
    printsLeft: Type.Union([Count, Type.Null()]),
  }),
  'operator.acted': Type.Object({
    action: Code,
    operatorId: Type.Optional(Id),
    /** Both, where it took two; `operatorId` is the first of them. */
    by: Type.Optional(Type.Array(Id, { maxItems: 2 })),
    document: Type.Optional(Text(120)),
    reason: Type.Optional(Text(120)),
  }),
  'device.changed': Type.Object({
    device: Code,
    state: OneOf(['ready', 'trouble', 'away']),
    code: Type.Union([Code, Type.Null()]),
  }),
  'command.received': Type.Object({ cmdId: Id, kind: Code }),
  'command.done': Type.Object({ cmdId: Id, kind: Code }),
  'command.failed': Type.Object({ cmdId: Id, kind: Code, code: Code }),
} as const satisfies Record<string, TObject>;

export type EntryType = keyof typeof entryDataSchemas;
export type EntryData<T extends EntryType> = Static<(typeof entryDataSchemas)[T]>;

/** When it happened, by three clocks: the wall may be wrong, `boot` and `upMs` order within one process life. */
export const EntryTime = Type.Object({ wallMs: Ms, boot: Id, upMs: Type.Number({ minimum: 0 }) });
export type EntryTime = Static<typeof EntryTime>;

/** What is around the data, the same for every type. */
export const Envelope = Type.Object({
  type: Type.String(),
  subject: Type.Optional(Text(80)),
  visitNo: Type.Optional(Text(24)),
  at: EntryTime,
  data: Type.Unknown(),
});
export type Envelope = Static<typeof Envelope>;
