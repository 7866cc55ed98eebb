import type { OpenLink } from '#drivers/kit/byte-link.ts';
import type { Clock } from '#kit/clock.ts';
import type { Log } from '#kit/log.ts';
import type { Judge } from '../../capture.ts';
import type { FingerprintScanner } from '../../fingerprint-scanner.ts';
import { ANY_ADDRESS } from '../protocol/frame.ts';
import { meet, usualBaudRates } from './meeting.ts';
import type { ZfmModelName } from './models.ts';
import { ZfmScanner } from './scanner.ts';

export { usualBaudRates } from './meeting.ts';
export { type ZfmModel, type ZfmModelName, zfmModels } from './models.ts';

export interface ZfmOptions {
  /** What the module is; where it is not said an R503 is recognised, and any other is taken for a ZFM-20. */
  model?: ZfmModelName;
  /** What was measured of this module, instead of its model's row. */
  calibration?: { widthPx?: number; heightPx?: number; dpi?: number };
  /** Its password, where one was set. */
  password?: number;
  /** Its address, where one was set: frames of any other are not its own. */
  address?: number;
  /** The speeds to try, in this order. A line that has no speed, such as a socket, needs one only. */
  baudRates?: readonly number[];
  /** The size of its packets: where it is given the module is not asked for its settings, which an R308 does not tell. */
  chunkBytes?: number;
}

export interface OpenZfm {
  /** Called per attempt, one link at a time: the last one is closed before the next is opened. */
  openLinkAt: (baudRate: number) => OpenLink;
  clock: Clock;
  judge: Judge;
  log?: Log;
  options?: ZfmOptions;
  signal?: AbortSignal;
}

const noLog: Log = { debug() {}, info() {}, warn() {}, error() {} };

/**
 * Opens a module of the ZFM-20 family (ZFM-20, R30x, R503): finds its speed, shows the password, learns its settings.
 * Rejects `fingerprint-scanner/unreachable` where no link opens or nobody answers, `.../locked` where the password is
 * another, `.../no-answer` where it answers but tells too little; no link is left open then.
 *
 * A module that falls silent for good is closed by the driver and its status is `away`, since it may have changed its
 * speed: whoever watches opens it anew.
 */
export async function openZfmScanner(given: OpenZfm): Promise<FingerprintScanner> {
  const { openLinkAt, clock, judge, log = noLog, options = {} } = given;
  const { model, chunkBytes, calibration = {} } = options;
  const { address = ANY_ADDRESS, password = 0, baudRates = usualBaudRates } = options;
  const invitation = { openLinkAt, clock, log, address, password, baudRates, model, calibration, chunkBytes };
  const { info, ...met } = await meet(invitation, given.signal ?? new AbortController().signal);
  return new ZfmScanner(met, info, { clock, judge });
}
