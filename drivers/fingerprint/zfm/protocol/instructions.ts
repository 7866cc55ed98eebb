import { type Confirmation, confirmationOf, isAnywhere } from './confirmations.ts';
import { buildFrame } from './frame.ts';

export interface Instruction {
  /** As the manuals call it. */
  name: string;
  code: number;
  /** Bytes after the confirmation code: the same for every confirmation, also for a refusal. (Sheet 1.2) */
  extraBytes: number;
  /** What this instruction alone is answered, besides what any may be answered. */
  answers: readonly Confirmation[];
  replyWithinMs: number;
}

/** Drivers in the field wait 1 to 2 s. (Sheet 1.6) */
const REPLY_MS = 1_500;
/** A capture takes up to 1 s. (Sheet 1.6) */
const CAPTURE_MS = 2_000;

const row = (code: number, name: string, extraBytes = 0, answers: readonly Confirmation[] = []) =>
  ({ name, code, extraBytes, answers, replyWithinMs: REPLY_MS }) as const;

/** The instructions of ZFM-20, R30x and R503 as far as a kiosk or its workbench needs them. (Sheet 1.3) */
export const instructions = {
  capture: { ...row(0x01, 'GenImg', 0, ['noFinger', 'captureFailed']), replyWithinMs: CAPTURE_MS },
  extract: row(0x02, 'Img2Tz', 0, ['messy', 'tooFewPoints', 'noImage']),
  match: row(0x03, 'Match', 2, ['noMatch']),
  sendTemplate: row(0x08, 'UpChar', 0, ['templateNotSent']),
  takeTemplate: row(0x09, 'DownChar', 0, ['noDataPackets']),
  sendImage: row(0x0a, 'UpImage', 0, ['imageNotSent']),
  takeImage: row(0x0b, 'DownImage', 0, ['noDataPackets']),
  setParameter: row(0x0e, 'SetSysPara', 0, ['badRegister', 'badValue', 'flashError']),
  parameters: row(0x0f, 'ReadSysPara', 16),
  verifyPassword: row(0x13, 'VfyPwd', 0, ['wrongPassword']),
  /** The answer of no other instruction in use here is three bytes long: it tells an answer in step from a late one. */
  countTemplates: row(0x1d, 'TempleteNum', 2),
  echo: row(0x53, 'GetEcho', 0, ['alive']),
  // R503 only, by its manual alone (Sheet 1.3, B): sent only to models that are known to have them
  light: row(0x35, 'AuraLedConfig'),
  product: row(0x3c, 'ReadProdInfo', 46),
  restart: row(0x3d, 'SoftRst'),
  shakeHands: row(0x40, 'HandShake'),
} as const satisfies Record<string, Instruction>;

export function buildCommand(instruction: Instruction, parameters: readonly number[], address: number): Uint8Array {
  return buildFrame({ address, packet: 'command', content: Uint8Array.of(instruction.code, ...parameters) });
}

export interface Answer {
  confirmation: Confirmation;
  extra: Uint8Array;
}

/**
 * Reads the content of a reply as the answer to `instruction`; undefined where it cannot be one, being the late answer to
 * another. A refusal without its filling bytes is taken as well: not every clone pads it.
 */
export function answerTo(instruction: Instruction, content: Uint8Array): Answer | undefined {
  const confirmation = confirmationOf(content[0]);
  if (!confirmation || !(isAnywhere(confirmation) || instruction.answers.includes(confirmation))) return undefined;
  const isShort = content.length === 1 && confirmation !== 'done';
  if (!isShort && content.length !== 1 + instruction.extraBytes) return undefined;
  return { confirmation, extra: content.subarray(1) };
}

/** A 32-bit parameter, such as a password, as four bytes. */
export const longWord = (value: number): readonly number[] => [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff);
