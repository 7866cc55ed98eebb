import type { ByteLink, OpenLink } from '#drivers/kit/byte-link.ts';
import type { Clock } from '#kit/clock.ts';
import type { Log } from '#kit/log.ts';
import type { FingerprintScannerInfo } from '../../fingerprint-scanner.ts';
import { instructions } from '../protocol/instructions.ts';
import { type Product, parseProduct, parseSettings, type Settings } from '../protocol/settings.ts';
import { Conversation } from './conversation.ts';
import { expectAnswer, isNoAnswer, noAnswer, unreachable } from './faults.ts';
import { greet, persist } from './greeting.ts';
import { R503_SYSTEM_ID, type ZfmModel, type ZfmModelName, zfmModels } from './models.ts';
import type { Met } from './module.ts';

/** In this order, the speed of the factory first. (Sheet 1.1) */
export const usualBaudRates: readonly number[] = [57_600, 115_200, 9_600, 19_200, 38_400];

export interface Invitation {
  openLinkAt: (baudRate: number) => OpenLink;
  clock: Clock;
  log: Log;
  address: number;
  password: number;
  baudRates: readonly number[];
  model: ZfmModelName | undefined;
  calibration: Partial<Pick<ZfmModel, 'widthPx' | 'heightPx' | 'dpi'>>;
  /** Taken instead of asking for settings. */
  chunkBytes: number | undefined;
}

/**
 * Finds the speed that the module speaks at, and what it is. Rejects `fingerprint-scanner/unreachable` where nobody
 * answers at any speed, `.../locked` where the password is another; no link is left open then.
 */
export async function meet(
  invitation: Invitation,
  signal: AbortSignal,
): Promise<Met & { info: FingerprintScannerInfo }> {
  const { baudRates } = invitation;
  for (const baudRate of baudRates) {
    const link = await openAt(invitation, baudRate, signal);
    const closeEarly = () => void link[Symbol.asyncDispose]();
    signal.addEventListener('abort', closeEarly, { once: true });
    try {
      return await learn(invitation, await answering(invitation, link, baudRate));
    } catch (error) {
      await link[Symbol.asyncDispose]();
      signal.throwIfAborted();
      if (!(error instanceof NobodyThere)) throw error;
    } finally {
      signal.removeEventListener('abort', closeEarly);
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

async function learn(invitation: Invitation, talk: Conversation): Promise<Met & { info: FingerprintScannerInfo }> {
  const known = invitation.model && zfmModels[invitation.model];
  const settings = await settingsOf(talk, invitation, known);
  const hasRing = known?.hasRing ?? settings?.systemId === R503_SYSTEM_ID;
  const product = hasRing ? await productOf(talk) : undefined;
  const name = invitation.model ?? (hasRing ? 'r503' : 'zfm20');
  const { widthPx, heightPx, dpi } = { ...zfmModels[name], ...sizeOf(product), ...invitation.calibration };
  return {
    talk,
    password: invitation.password,
    chunkBytes: invitation.chunkBytes ?? settings?.chunkBytes ?? FACTORY_CHUNK_BYTES,
    hasRing,
    ...{ widthPx, heightPx, dpi },
    info: infoOf(product?.model || name, product, { widthPx, heightPx, dpi }),
  };
}
/** Sheet 1.6. */
const FACTORY_CHUNK_BYTES = 128;

/** Not asked where they are given, or where the model has none to tell: `undefined`. */
async function settingsOf(
  talk: Conversation,
  { chunkBytes, password }: Invitation,
  known: ZfmModel | undefined,
): Promise<Settings | undefined> {
  if (chunkBytes !== undefined || known?.hasSettings === false) return undefined;
  const ask = async () => expectAnswer('ReadSysPara', await talk.ask(instructions.parameters), 'done');
  const answer = await persist(talk, password, ask).catch(withHint);
  return parseSettings(answer.extra) ?? withHint();
}

function withHint(cause?: unknown): never {
  if (cause !== undefined && !isNoAnswer(cause)) throw cause;
  throw noAnswer('ReadSysPara tells nothing of use: name the model, or its chunk size, in the options', cause);
}

/** Silence and refusal are both taken for a firmware that has none. */
async function productOf(talk: Conversation): Promise<Product | undefined> {
  try {
    return parseProduct((await talk.ask(instructions.product)).extra);
  } catch (error) {
    if (!isNoAnswer(error)) throw error;
    return undefined;
  }
}

const sizeOf = (product: Product | undefined) => product && { widthPx: product.widthPx, heightPx: product.heightPx };

const infoOf = (
  model: string,
  product: Product | undefined,
  size: Pick<FingerprintScannerInfo, 'widthPx' | 'heightPx' | 'dpi'>,
): FingerprintScannerInfo => ({ model, serial: product?.serial || null, ...size, greyLevels: 16, hasPad: false });
