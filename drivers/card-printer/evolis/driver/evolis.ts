import type { ByteLink, OpenLink } from '#drivers/kit/byte-link.ts';
import type { Clock } from '#kit/clock.ts';
import type { Log } from '#kit/log.ts';
import type { CardPrinter } from '../../card-printer.ts';
import { Conversation } from './conversation.ts';
import { EvolisPrinter } from './evolis-printer.ts';
import { makeKiosk } from './fence.ts';
import { readRibbon } from './inspect.ts';
import { realTiming, type Timing } from './timing.ts';

const noLog: Log = { debug() {}, info() {}, warn() {}, error() {} };

export interface EvolisOptions {
  timing?: Partial<Timing>;
  /**
   * Send nothing until `fence()` is called; every other step rejects with `card-printer/outcome-unknown` until it has
   * succeeded. For a printer that an earlier life of this program may have left in the middle of a panel: the first
   * commands could be swallowed as pixels, and the printer would look dead.
   */
  fenceFirst?: boolean;
}

export type OpenEvolis = {
  clock: Clock;
  log?: Log;
  options?: EvolisOptions;
  signal?: AbortSignal;
} & ({ link: ByteLink } | { openLink: OpenLink });

/**
 * Opens an Evolis kiosk printer (KC200B, KC Prime, KM500B; Primacy and Zenius speak the same): meets it, sends the kiosk
 * settings and reads the error mode back. Rejects with `link/unreachable`, `card-printer/unreachable` where nobody answers,
 * `device/wrong-model` where the settings are refused; the link is closed then.
 */
export async function openEvolis(given: OpenEvolis): Promise<CardPrinter> {
  const signal = given.signal ?? new AbortController().signal;
  const link = 'link' in given ? given.link : await given.openLink({ signal });
  const timing = { ...realTiming, ...given.options?.timing };
  const talk = new Conversation(link, { clock: given.clock, timing, log: given.log ?? noLog });
  if (given.options?.fenceFirst) return new EvolisPrinter(talk, 'unfenced', 'unknown');
  try {
    await talk.meet(signal);
    await makeKiosk(talk, signal);
    return new EvolisPrinter(talk, 'fenced', (await readRibbon(talk, signal)).printsLeft);
  } catch (error) {
    await link[Symbol.asyncDispose]();
    throw error;
  }
}
