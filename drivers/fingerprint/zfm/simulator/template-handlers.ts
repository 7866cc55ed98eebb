import type { Answer, Handler } from './answer.ts';
import { u16, word } from './frames.ts';
import { codes, type Instruction } from './instructions.ts';
import type { Module } from './module.ts';
import { bufferNumber } from './picture-handlers.ts';
import { isTemplate, score, scoreOfSame } from './template.ts';

const search: Handler = (module, parameters) => {
  const { ram, flash } = module;
  const [wanted, from, count] = [ram.chars.get(bufferOf(module, parameters)), word(parameters, 1), word(parameters, 3)];
  const pages = [...flash.library.keys()].sort((a, b) => a - b).filter((page) => page >= from && page < from + count);
  const found = pages.find((page) => score(wanted, flash.library.get(page)) > 0);
  ram.lastMatched = found !== undefined;
  return found === undefined
    ? { code: codes.notFound }
    : { code: codes.ok, extra: [...u16(found), ...u16(scoreOfSame)] };
};

/** Which of several codes a real module gives for an empty buffer is not verified; ours are those the sheet allows. */
export const templateHandlers = {
  Search: search,
  HighSpeedSearch: search,

  Match({ ram }) {
    const points = score(ram.chars.get(1), ram.chars.get(2));
    ram.lastMatched = points > 0;
    return { code: points > 0 ? codes.ok : codes.noMatch, extra: u16(points) };
  },

  RegModel({ ram: { chars } }) {
    return { code: score(chars.get(1), chars.get(2)) > 0 ? codes.ok : codes.cannotCombine };
  },

  Store(module, parameters) {
    const [template, page] = [module.ram.chars.get(bufferOf(module, parameters)), word(parameters, 1)];
    if (page >= module.personality.capacity) return { code: codes.pageOutOfRange };
    if (!template) return { code: codes.flashError };
    module.flash.library.set(page, template);
    return { code: codes.ok };
  },

  LoadChar(module, parameters) {
    const page = word(parameters, 1);
    if (page >= module.personality.capacity) return { code: codes.pageOutOfRange };
    const template = module.flash.library.get(page);
    if (!template || !isTemplate(template)) return { code: codes.badTemplate };
    module.ram.chars.set(bufferOf(module, parameters), template);
    return { code: codes.ok };
  },

  UpChar(module, parameters) {
    const template = module.ram.chars.get(bufferOf(module, parameters));
    return template ? { code: codes.ok, data: template } : { code: codes.cannotSendTemplate };
  },

  DownChar(module, parameters) {
    const { ram, personality } = module;
    const buffer = bufferOf(module, parameters);
    ram.chars.delete(buffer);
    const keep = (bytes: Uint8Array) => {
      if (bytes.length === personality.templateBytes) ram.chars.set(buffer, bytes);
    };
    ram.receiving = { bytes: [], spoilt: false, keep };
    return { code: codes.ok };
  },

  DeleteChar({ flash, personality }, parameters) {
    const [from, count] = [word(parameters, 0), word(parameters, 2)];
    if (count === 0 || from + count > personality.capacity) return { code: codes.cannotDelete };
    for (let page = from; page < from + count; page += 1) flash.library.delete(page);
    return { code: codes.ok };
  },

  Empty({ flash }) {
    flash.library.clear();
    return { code: codes.ok };
  },

  TempleteNum: ({ flash }) => ({ code: codes.ok, extra: u16(flash.library.size) }),

  ReadIndexTable({ flash }, [table = 0]): Answer {
    if (table > 3) return { code: codes.badPacket };
    const bit = (page: number) => (flash.library.has(page) ? 1 << (page & 7) : 0);
    const eight = (first: number) => [0, 1, 2, 3, 4, 5, 6, 7].reduce((byte, i) => byte | bit(first + i), 0);
    return { code: codes.ok, extra: Uint8Array.from({ length: 32 }, (_, byte) => eight(table * 256 + byte * 8)) };
  },
} as const satisfies Partial<Record<Instruction, Handler>>;

function bufferOf(module: Module, [buffer = 0]: Uint8Array): number {
  return bufferNumber(module, buffer);
}
