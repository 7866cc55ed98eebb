import type { ProblemCode } from '#contract/problems/codes.ts';
import type { Params } from '#contract/screen/screen-state.ts';
import type { Message } from '#contract/uplink/messages.ts';

/** An answer without its envelope. */
export type Rep = Omit<Message<'rep'>, 'v' | 'reqId'>;

export const refused = (code: ProblemCode, params: Params = {}): Rep => ({ ok: false, code, params });

export function refusalOf({ code, params }: { code: ProblemCode; params?: Params }): Rep {
  return refused(code, params);
}
