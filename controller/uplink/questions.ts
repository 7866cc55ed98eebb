import type { ProblemCode } from '#contract/problems/codes.ts';
import { isProblemCode } from '#contract/problems/codes.ts';
import type { Message } from '#contract/uplink/messages.ts';
import type { RequestKind } from '#contract/uplink/topics.ts';
import { DeadlineError, withDeadline } from '#kit/async.ts';
import type { Clock } from '#kit/clock.ts';

export type Answer =
  | { ok: true; rep: Message<'rep'> }
  | { ok: false; code: ProblemCode; params: Record<string, string | number> };

export interface Questions {
  /** Asks until answered, again every few seconds with the same id, at most for `deadlineMs`. Never throws but for `signal`. */
  ask(kind: RequestKind, req: Message<'req'>, options: { deadlineMs: number; signal: AbortSignal }): Promise<Answer>;
  answered(kind: RequestKind, rep: Message<'rep'>): void;
  /** Asks everything that waits once more: after a connection. */
  again(): void;
}

const askAgainMs = 2_500;

/** `send` hands one question to the wire, or says that there is none. A late answer to a question given up reaches `late`. */
export function openQuestions(
  clock: Clock,
  send: (kind: RequestKind, req: Message<'req'>) => boolean,
  late: (kind: RequestKind, rep: Message<'rep'>) => void,
): Questions {
  const waiting = new Map<string, { kind: RequestKind; req: Message<'req'>; take: (rep: Message<'rep'>) => void }>();
  return {
    async ask(kind, req, { deadlineMs, signal }) {
      const { promise, resolve } = Promise.withResolvers<Message<'rep'>>();
      waiting.set(req.reqId, { kind, req, take: resolve });
      try {
        return verdict(
          await withDeadline(clock, deadlineMs, signal, (stop) =>
            repeatUntil(promise, () => send(kind, req), clock, stop),
          ),
        );
      } catch (error) {
        if (error instanceof DeadlineError) return { ok: false, code: 'central/unreachable', params: {} };
        throw error;
      } finally {
        waiting.delete(req.reqId);
      }
    },
    answered(kind, rep) {
      const question = waiting.get(rep.reqId);
      if (question?.kind === kind) question.take(rep);
      else late(kind, rep);
    },
    again() {
      for (const { kind, req } of waiting.values()) send(kind, req);
    },
  };
}

async function repeatUntil<T>(answer: Promise<T>, send: () => boolean, clock: Clock, signal: AbortSignal): Promise<T> {
  const done = new AbortController();
  const stop = AbortSignal.any([signal, done.signal]);
  const repeat = async () => {
    while (!stop.aborted) {
      send();
      await clock.sleep(askAgainMs, stop).catch(() => undefined);
    }
  };
  void repeat();
  try {
    return await answer;
  } finally {
    done.abort();
  }
}

function verdict(rep: Message<'rep'>): Answer {
  if (rep.ok) return { ok: true, rep };
  const code = isProblemCode(rep.code) ? rep.code : 'central/refused';
  return { ok: false, code, params: rep.params ?? {} };
}
