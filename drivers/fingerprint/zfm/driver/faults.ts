import { DeviceError } from '#drivers/kit/device-error.ts';
import { type Confirmation, problemOf } from '../protocol/confirmations.ts';
import type { Answer } from '../protocol/instructions.ts';

export const noAnswer = (detail: string, cause?: unknown) =>
  new DeviceError('fingerprint-scanner/no-answer', detail, { cause });

export const unreachable = (detail: string, cause?: unknown) =>
  new DeviceError('fingerprint-scanner/unreachable', detail, { cause });

export const hardware = (detail: string) => new DeviceError('fingerprint-scanner/hardware', detail);

export const isNoAnswer = (error: unknown) =>
  error instanceof DeviceError && error.code === 'fingerprint-scanner/no-answer';

/** The answer to `what` where it is one of these; else rejects with the fault it tells, doubt being `no-answer`. */
export function expectAnswer(what: string, answer: Answer, ...expected: Confirmation[]): Answer {
  if (expected.includes(answer.confirmation)) return answer;
  const code = problemOf(answer.confirmation) ?? 'fingerprint-scanner/no-answer';
  throw new DeviceError(code, `${what} was answered "${answer.confirmation}"`);
}
