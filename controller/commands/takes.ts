import { isProblemCode, type ProblemCode } from '#contract/problems/codes.ts';
import type { Message } from '#contract/uplink/messages.ts';
import type { Journal } from '#controller/journal/journal.ts';
import { endLease, endQuestion, type Held } from '#controller/leases/ending.ts';
import type { OfflineLeases } from '#controller/leases/offline.ts';
import { type OfflineQuestion, offlineRow } from '#controller/leases/offline-rows.ts';
import type { Uplink } from '#controller/uplink/uplink.ts';
import type { Clock } from '#kit/clock.ts';
import type { Store } from '#kit/store.ts';
import { addArgs, endIn, type OpenCommand } from './book.ts';

export interface TakePorts {
  store: Store;
  journal: Journal;
  clock: Clock;
  uplink: Pick<Uplink, 'ask' | 'ackedSeq'>;
  offline: OfflineLeases;
  /** Why no lease may be kept here now. */
  forbids: () => ProblemCode | null;
  /** What may not be called unused yet. */
  held: () => Held;
  /** Central has said that this epoch is over. */
  epochClosed: () => void;
}

type ReplyKey = NonNullable<Message<'req'>['replyKey']>;

const askForMs = 30_000;

/** Asks for one right ahead of time until it is answered or the order is too old; a later life goes on where this one ended. */
export async function takeLease(ports: TakePorts, command: OpenCommand, signal: AbortSignal): Promise<void> {
  const { offline } = ports;
  const { cmdId, args } = command;
  const question = offline.questionOf(cmdId) ?? (await askFirst(ports, cmdId, args.rightId ?? ''));
  signal.throwIfAborted();
  if (!question) return;
  while (offline.questionOf(cmdId)) {
    if (ports.clock.wallMs() >= command.expiresMs) return giveUp(ports, question, 'right/lease-expired');
    const options = { deadlineMs: askForMs, signal };
    const answer = await ports.uplink.ask('lease', request(ports, question), options);
    if (!offline.questionOf(cmdId)) return; // voided meanwhile: nothing is taken in any more
    if (answer.ok) return keep(ports, answer.rep, question);
    if (answer.code === 'right/epoch-closed') return ports.epochClosed();
    if (answer.code !== 'central/unreachable') return giveUp(ports, question, answer.code);
  }
}

/** Null where the order cannot be obeyed here: then it has its end. */
async function askFirst(ports: TakePorts, cmdId: string, rightId: string): Promise<OfflineQuestion | null> {
  const { offline, journal } = ports;
  const why = () => ports.forbids() ?? (offline.isKept(rightId) || !offline.possible ? 'right/not-usable' : null);
  const refused = why() ? null : await offline.ask(cmdId, rightId, why);
  if (refused) return refused;
  journal.record('command.failed', (append, db) => endIn(append, db, cmdId, why() ?? 'right/not-usable'));
  return null;
}

function request({ journal, clock }: TakePorts, { reqId, replyKey, rightId }: OfflineQuestion): Message<'req'> {
  const exp = Math.round(clock.wallMs()) + 2 * askForMs;
  return { v: 1, reqId, epoch: journal.epoch, exp, replyKey: JSON.parse(replyKey) as ReplyKey, offline: { rightId } };
}

async function keep(ports: TakePorts, rep: Message<'rep'>, question: OfflineQuestion): Promise<void> {
  const { cmdId } = question;
  const wrong = await ports.offline.receive(rep, question, (append, db) => endIn(append, db, cmdId, null));
  if (wrong && ports.offline.questionOf(cmdId)) giveUp(ports, question, wrong);
}

function giveUp({ journal, held }: TakePorts, { reqId, cmdId }: OfflineQuestion, code: ProblemCode): void {
  journal.record('lease.voided', (append, db) => {
    endQuestion(append, db, reqId, code, held());
    endIn(append, db, cmdId, isProblemCode(code) ? code : 'central/refused');
  });
}

/** A lease for the same right with a new term of use: the old one ends first, and central knows it before it is asked anew. */
export async function renewLease(ports: TakePorts, command: OpenCommand, signal: AbortSignal): Promise<void> {
  const rightId = command.args.rightId ?? endOld(ports, command);
  if (!rightId) return;
  const { seq } = ports.journal.head();
  if (!ports.offline.questionOf(command.cmdId)) await ports.uplink.ackedSeq.until((acked) => acked >= seq, signal);
  await takeLease(ports, { ...command, args: { ...command.args, rightId } }, signal);
}

function endOld({ journal }: TakePorts, command: OpenCommand): string | null {
  const { leaseId = '' } = command.args;
  return journal.record('lease.voided', (append, db) => {
    const row = offlineRow(db, leaseId);
    const verdict = row ? endLease(append, db, leaseId, { reason: 'renewed', until: 'idle' }) : 'unknown';
    if (row && verdict === 'ended') {
      addArgs(db, command, { rightId: row.rightId });
      return row.rightId;
    }
    endIn(append, db, command.cmdId, 'right/not-usable');
    return null;
  });
}
