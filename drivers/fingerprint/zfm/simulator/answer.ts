import { codes, instructionOf, instructions } from './instructions.ts';
import { isLocked, type Module } from './module.ts';
import { pictureHandlers } from './picture-handlers.ts';
import { settingHandlers } from './setting-handlers.ts';
import { templateHandlers } from './template-handlers.ts';

export interface Answer {
  code: number;
  /** What follows the code; where it is missing, zeros stand in its place (sheet 1.2: lengths never change). */
  extra?: ArrayLike<number>;
  /** Sent in data packets after the acknowledgement. */
  data?: Uint8Array;
  afterwards?: 'restart';
}

export type Handler = (module: Module, parameters: Uint8Array) => Answer;

const handlers = { ...pictureHandlers, ...templateHandlers, ...settingHandlers };

/** Obeys one command; undefined where this module says nothing. */
export function answerTo(module: Module, content: Uint8Array, intact: boolean): Answer | undefined {
  module.ram.receiving = null; // data that the host has not finished is not waited for
  const name = instructionOf(content[0] ?? 0);
  const { personality } = module;
  if (!intact) return padded({ code: codes.badPacket }, content);
  if (isLocked(module) && name !== 'VfyPwd') return padded({ code: codes.locked }, content);
  if (!name || !personality.instructions.includes(name)) return unknown(personality.toUnknown);
  if (personality.silentAt.includes(name)) return undefined;
  if (content.length !== instructions[name].takes + 1) return padded({ code: codes.badPacket }, content);
  return padded(handlers[name](module, content.subarray(1)), content);
}

function padded(answer: Answer, [code = 0]: Uint8Array): Answer {
  const name = instructionOf(code);
  return { ...answer, extra: answer.extra ?? new Uint8Array(name ? instructions[name].gives : 0) };
}

function unknown(answer: number | 'silence'): Answer | undefined {
  return answer === 'silence' ? undefined : { code: answer };
}

/** What a module needs for an instruction beyond its words on the wire: where no finger lies it says so at once. */
export function neededMs({ personality, platen }: Module, [code = 0]: Uint8Array): number {
  const name = instructionOf(code);
  if (name === 'Img2Tz') return personality.featuresMs;
  const captures = name === 'GenImg' || name === 'GetImageEx' || name === 'GetImageOnly';
  return captures && platen.finger ? personality.captureMs : 0;
}
