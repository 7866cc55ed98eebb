import { untilAborted } from '#drivers/kit/async.ts';
import type { ByteLink, OpenLink } from '#drivers/kit/byte-link.ts';
import type { Clock } from '#kit/clock.ts';
import type { Log } from '#kit/log.ts';
import { Conversation } from './conversation.ts';
import { isNoAnswer, unreachable } from './faults.ts';
import { greet } from './greeting.ts';
import { type Learnt, learn, type Told } from './learning.ts';

/** In this order, the speed of the factory first. (Sheet 1.1) */
export const usualBaudRates: readonly number[] = [57_600, 115_200, 9_600, 19_200, 38_400];

export interface Invitation extends Told {
  openLinkAt: (baudRate: number) => OpenLink;
  clock: Clock;
  log: Log;
  address: number;
  baudRates: readonly number[];
}

/**
 * Finds the speed that the module speaks at, and what it is. Rejects `fingerprint-scanner/unreachable` where nobody
 * answers at any speed, `.../locked` where the password is another; no link is left open then.
 */
export async function meet(invitation: Invitation, signal: AbortSignal): Promise<Learnt> {
  const { baudRates } = invitation;
  for (const baudRate of baudRates) {
    const link = await openAt(invitation, baudRate, signal);
    const meeting = answering(invitation, link, baudRate).then((talk) => learn(talk, invitation));
    try {
      return await untilAborted(meeting, signal);
    } catch (error) {
      await link[Symbol.asyncDispose]();
      signal.throwIfAborted();
      if (!(error instanceof NobodyThere)) throw error;
    }
  }
  throw unreachable(`nobody answers at ${baudRates.join(', ')} baud`);
}

class NobodyThere extends Error {}

async function openAt({ openLinkAt }: Invitation, baudRate: number, signal: AbortSignal): Promise<ByteLink> {
  try {
    return await openLinkAt(baudRate)({ signal });
  } catch (cause) {
    signal.throwIfAborted();
    throw unreachable(`no link at ${baudRate} baud: ${String(cause)}`, cause);
  }
}

async function answering(invitation: Invitation, link: ByteLink, baudRate: number): Promise<Conversation> {
  const { address, clock, log, password } = invitation;
  const talk = new Conversation({ link, baudRate, address, clock, log });
  try {
    await greet(talk, password);
    return talk;
  } catch (error) {
    throw isNoAnswer(error) ? new NobodyThere() : error;
  }
}
