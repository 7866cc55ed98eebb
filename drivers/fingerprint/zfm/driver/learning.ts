import type { FingerprintScannerInfo } from '../../fingerprint-scanner.ts';
import { instructions } from '../protocol/instructions.ts';
import { type Product, parseProduct, parseSettings, type Settings } from '../protocol/settings.ts';
import type { Conversation } from './conversation.ts';
import { expectAnswer, isNoAnswer, noAnswer } from './faults.ts';
import { persist } from './greeting.ts';
import { R503_SYSTEM_ID, type ZfmModel, type ZfmModelName, zfmModels } from './models.ts';
import type { Met } from './module.ts';

/** What a cabinet file says of the module. */
export interface Told {
  password: number;
  model: ZfmModelName | undefined;
  calibration: Partial<Pick<ZfmModel, 'widthPx' | 'heightPx' | 'dpi'>>;
  /** Taken instead of asking for settings. */
  chunkBytes: number | undefined;
}

export type Learnt = Met & { info: FingerprintScannerInfo };

/** Sheet 1.6. */
const FACTORY_CHUNK_BYTES = 128;

/** Asks a module that has been greeted what it is. Rejects `fingerprint-scanner/no-answer` where it tells too little. */
export async function learn(talk: Conversation, told: Told): Promise<Learnt> {
  const known = told.model && zfmModels[told.model];
  const settings = await settingsOf(talk, told, known);
  const hasRing = known?.hasRing ?? settings?.systemId === R503_SYSTEM_ID;
  const product = hasRing ? await productOf(talk) : undefined;
  const name = told.model ?? (hasRing ? 'r503' : 'zfm20');
  const { widthPx, heightPx, dpi } = { ...zfmModels[name], ...sizeOf(product), ...told.calibration };
  return {
    talk,
    password: told.password,
    chunkBytes: told.chunkBytes ?? settings?.chunkBytes ?? FACTORY_CHUNK_BYTES,
    hasRing,
    ...{ widthPx, heightPx, dpi },
    info: infoOf(product?.model || name, product, { widthPx, heightPx, dpi }),
  };
}

/** Not asked where they are given, or where the model has none to tell: `undefined`. */
async function settingsOf(
  talk: Conversation,
  { chunkBytes, password }: Told,
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
