import type { ProblemCode } from '#contract/problems/codes.ts';
import { limits } from '#contract/screen/limits.ts';
import type { Params } from '#contract/screen/screen-state.ts';
import type { Enrolment } from '#contract/uplink/enrolment.ts';
import type { Message, Question } from '#contract/uplink/messages.ts';
import { isSealedRecord, type SealedRecord } from '#contract/uplink/record.ts';
import type { RequestKind } from '#contract/uplink/topics.ts';
import type { Authority } from '#controller/commands/authority.ts';
import type { Lease, Leases } from '#controller/leases/leases.ts';
import type { Answer } from '#controller/uplink/questions.ts';
import type { Uplink } from '#controller/uplink/uplink.ts';
import type { Lookup } from '#controller/visit/visit.ts';
import type { Clock } from '#kit/clock.ts';
import { newId, type Random } from '#kit/random.ts';
import type { PublicKey, Sealer } from '#kit/sealer.ts';

export interface AskingPorts {
  clock: Clock;
  random: Random;
  sealer: Sealer;
  uplink: Uplink;
  leases: Leases;
  authority: Pick<Authority, 'recognition' | 'epochClosed'>;
  enrolment: Enrolment;
}

export type Refusal = { ok: false; code: ProblemCode; params: Params };
/** `keptLeaseId`: recognised without central, by the lease that is kept here for this person. */
export type Identification =
  | { ok: true; reqId: string | null; sealed: string; record: SealedRecord; keptLeaseId: string | null }
  | Refusal;

const deadlineMs = limits.asking.seconds * 1_000;
const refusal = (code: ProblemCode): Refusal => ({ ok: false, code, params: {} });

/** How a pick-up number stands: by what is kept here for its holder, otherwise by what central says. */
export async function askStatus(
  ports: AskingPorts,
  lookup: Lookup,
  signal: AbortSignal,
): Promise<{ ok: true } | Refusal> {
  const here = await ports.authority.recognition.status(lookup);
  signal.throwIfAborted();
  if (here) return here;
  const req = { ...newRequest(ports), sealed: await sealedQuestion(ports, { lookup }) };
  return askCentral(ports, 'status', req, signal);
}

/**
 * Who this is: whoever has a lease here is recognised here, also while central is there. Its answer is sealed to a key that is made for this question and lives in memory only, so the record can
 * be opened here, now, and never again.
 */
export async function askIdentify(
  ports: AskingPorts,
  lookup: Lookup,
  pin: string,
  signal: AbortSignal,
): Promise<Identification> {
  const { sealer, uplink } = ports;
  const here = await ports.authority.recognition.identify(lookup, pin, uplink.central.value === 'away');
  signal.throwIfAborted();
  if (here) return here.ok ? { ...here, reqId: null, keptLeaseId: here.leaseId } : here;
  const once = await sealer.newSealingKey();
  const req = {
    ...newRequest(ports),
    sealed: await sealedQuestion(ports, { lookup, pin }),
    replyKey: once.publicKey as never,
  };
  const answer = await askCentral(ports, 'identify', req, signal);
  if (!answer.ok) return answer;
  const { sealed } = answer.rep;
  if (!sealed) return refusal('central/refused');
  const opened = await sealer.open(sealed, once.privateKey).catch(() => 'null');
  const record: unknown = JSON.parse(opened);
  return isSealedRecord(record)
    ? { ok: true, reqId: req.reqId, sealed, record, keptLeaseId: null }
    : refusal('central/refused');
}

/** The right to print, asked for as late as possible. The question is durable before it is sent. */
export async function askRight(
  ports: AskingPorts,
  asked: {
    reqId: string;
    rightId: string;
    identifyReqId: string;
    sealed: string;
    sealedSha256: string;
    visitNo: string;
  },
  signal: AbortSignal,
): Promise<{ ok: true; lease: Lease } | Refusal> {
  const { reqId, rightId, identifyReqId, sealedSha256 } = asked;
  ports.leases.ask(reqId, rightId);
  const req = { ...newRequest(ports), reqId, lease: { rightId, identifyReqId, sealedSha256 } };
  const answer = await askCentral(ports, 'lease', req, signal);
  if (!answer.ok) return answer;
  if (!answer.rep.lease) return refusal('right/lease-invalid');
  const verdict = await ports.leases.receive(answer.rep.lease, asked, asked.visitNo);
  signal.throwIfAborted();
  return verdict.ok ? verdict : refusal(verdict.code);
}

/** Any answer may say that this kiosk's epoch is over: durable before anybody hears of it. */
async function askCentral(
  { uplink, authority }: AskingPorts,
  kind: RequestKind,
  req: Message<'req'>,
  signal: AbortSignal,
): Promise<Answer> {
  const answer = await uplink.ask(kind, req, { deadlineMs, signal });
  if (!answer.ok && answer.code === 'right/epoch-closed') authority.epochClosed();
  return answer;
}

export function newRequest({ clock, random, enrolment }: AskingPorts): Message<'req'> {
  return { v: 1, reqId: newId(random), epoch: enrolment.epoch, exp: Math.round(clock.wallMs()) + 2 * deadlineMs };
}

function sealedQuestion({ sealer, enrolment }: AskingPorts, question: Question): Promise<string> {
  return sealer.seal(JSON.stringify(question), enrolment.centralSealingKey as PublicKey);
}
