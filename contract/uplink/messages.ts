import type { ProblemCode } from '../problems/codes.ts';
import { maxMessageBytes } from './limits.ts';
import { messageChecks } from './messages.generated.ts';
import type { Message, MessageName } from './messages.schema.ts';

export * from './limits.ts';
export { isLeaseClaims, isQuestion } from './messages.generated.ts';
export type { LeaseClaims, Message, MessageName, Question } from './messages.schema.ts';

export type Decoded<T> = { ok: true; value: T } | { ok: false; code: ProblemCode; detail: string };

const text = new TextDecoder('utf-8', { fatal: true });

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
  if (!messageChecks[name](value))
    return { ok: false, code: 'uplink/malformed', detail: `${name}: does not match its schema` };
  return { ok: true, value: value as Message<N> };
}

export function encode<N extends MessageName>(_name: N, message: Message<N>): string {
  return JSON.stringify(message);
}
