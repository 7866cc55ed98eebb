import type { ProblemCode } from '#contract/problems/codes.ts';
import { problemIn } from './problem-texts.ts';

/** Above this a sensor sees something. Observed: 0,00 to 0,2x without, 3,92 to 5,00 with (card-printer.md 1.9). */
const SENSOR_ON_VOLTS = 1;

/** Where the transport holds a card. */
export type InsidePosition = 'none' | 'print' | 'contact' | 'contactless';

/** What a command that changes something was answered. `other` is no answer to it: a late or garbled reply. */
export type Answer = { is: 'ok' } | { is: 'problem'; code: ProblemCode } | { is: 'other' };

export function readAnswer(reply: string): Answer {
  if (reply.toUpperCase() === 'OK') return { is: 'ok' };
  const code = problemIn(reply);
  return code ? { is: 'problem', code } : { is: 'other' };
}

/** `4,98 Volts`, with a decimal comma (1.9). */
export function parseVolts(reply: string): number | undefined {
  const [, volts] = /^(\d+(?:[.,]\d+)?) ?Volts?$/i.exec(reply) ?? [];
  return volts === undefined ? undefined : Number(volts.replace(',', '.'));
}

export function parseSensor(reply: string): boolean | undefined {
  const volts = parseVolts(reply);
  return volts === undefined ? undefined : volts > SENSOR_ON_VOLTS;
}

/** `Rlr;p`: `OK` is an empty transport, as are the older `NO CARD` and `ERR CARD`; `CARD JAM` is no position (1.9). */
export function parsePosition(reply: string): InsidePosition | undefined {
  const text = reply.toUpperCase();
  if (text === 'OK' || text === 'NO CARD' || text === 'ERR CARD') return 'none';
  if (problemIn(text)) return undefined;
  if (text.startsWith('SMART CARD')) return 'contact';
  if (text.startsWith('CONTACTLESS CARD')) return 'contactless';
  return text === 'CARD' || text.startsWith('CARD ') ? 'print' : undefined;
}

/** `Rlr;h`: a card under the sensor means that the box is full, or nearly (1.9). */
export function parseRejectBox(reply: string): 'room' | 'full' | undefined {
  const text = reply.toUpperCase();
  if (text === 'NO CARD') return 'room';
  return text === 'CARD' ? 'full' : undefined;
}

/** `Rco;c`, `Rrt;count`: decimal text (1.9). */
export function parseCount(reply: string): number | undefined {
  return /^\d{1,9}$/.test(reply) ? Number(reply) : undefined;
}

/** `Rem`: the current value, then the saved one; how they are separated is not written down (1.6). */
export function parseErrorMode(reply: string): number | undefined {
  const [, current] = /^(\d{1,3})(?:\D+\d{1,3})?$/.exec(reply) ?? [];
  return current === undefined ? undefined : Number(current);
}

/** `Rsn`: any text that is not an answer to something else, so that a late reply is not taken for a serial number. */
export function parseSerial(reply: string): string | undefined {
  if (readAnswer(reply).is !== 'other' || parseVolts(reply) !== undefined) return undefined;
  return parsePosition(reply) === undefined ? reply : undefined;
}

/** `Rzp`, `Rrt;zone`: a region code such as F616; printer and ribbon must have the same (1.9). */
export function parseZone(reply: string): string | undefined {
  return /^F[0-9A-F]{3}$/i.test(reply) ? reply.toUpperCase() : undefined;
}

/** `Rcr`: `OK` while a colour ribbon is not on its end mark (1.9). */
export function parseOk(reply: string): true | undefined {
  return readAnswer(reply).is === 'ok' ? true : undefined;
}
