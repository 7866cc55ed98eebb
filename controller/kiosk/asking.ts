import type { ProblemCode } from '#contract/problems/codes.ts';
import { limits } from '#contract/screen/limits.ts';
import type { Params } from '#contract/screen/screen-state.ts';
import type { Enrolment } from '#contract/uplink/enrolment.ts';
import type { Message, Question } from '#contract/uplink/messages.ts';
import { isSealedRecord, type SealedRecord } from '#contract/uplink/record.ts';
import type { Lease, Leases } from '#controller/leases/leases.ts';
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
  enrolment: Enrolment;
}

export type Refusal = { ok: false; code: ProblemCode; params: Params };
export type Identification = { ok: true; reqId: string; sealed: string; record: SealedRecord } | Refusal;

const deadlineMs = limits.asking.seconds * 1_000;
const refusal = (code: ProblemCode): Refusal => ({ ok: false, code, params: {} });

/** How a pick-up number stands. */
export async function askStatus(
  ports: AskingPorts,
  lookup: Lookup,
  signal: AbortSignal,
): Promise<{ ok: true } | Refusal> {
  const req = { ...newRequest(ports), sealed: await sealedQuestion(ports, { lookup }) };
  return ports.uplink.ask('status', req, { deadlineMs, signal });
}

/**
 * Who this is. The answer is sealed to a key that is made for this question and lives in memory only, so the record can
 * be opened here, now, and never again.
 */
export async function askIdentify(
  ports: AskingPorts,
  lookup: Lookup,
  pin: string,
  signal: AbortSignal,
): Promise<Identification> {
  const { sealer } = ports;
  const once = await sealer.newSealingKey();
  const req = {
    ...newRequest(ports),
    sealed: await sealedQuestion(ports, { lookup, pin }),
    replyKey: once.publicKey as never,
  };
  const answer = await ports.uplink.ask('identify', req, { deadlineMs, signal });
  if (!answer.ok) return answer;
  const { sealed } = answer.rep;
  if (!sealed) return refusal('central/refused');
  const opened = await sealer.open(sealed, once.privateKey).catch(() => 'null');
  const record: unknown = JSON.parse(opened);
  return isSealedRecord(record) ? { ok: true, reqId: req.reqId, sealed, record } : refusal('central/refused');
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
  const answer = await ports.uplink.ask('lease', req, { deadlineMs, signal });
  if (!answer.ok) return answer;
  if (!answer.rep.lease) return refusal('right/lease-invalid');
  const verdict = await ports.leases.receive(answer.rep.lease, asked, asked.visitNo);
  signal.throwIfAborted();
  return verdict.ok ? verdict : refusal(verdict.code);
}

export function newRequest({ clock, random, enrolment }: AskingPorts): Message<'req'> {
  return { v: 1, reqId: newId(random), epoch: enrolment.epoch, exp: Math.round(clock.wallMs()) + 2 * deadlineMs };
}

function sealedQuestion({ sealer, enrolment }: AskingPorts, question: Question): Promise<string> {
  return sealer.seal(JSON.stringify(question), enrolment.centralSealingKey as PublicKey);
}
