import type { ZfmFault } from './faults.ts';
import type { Flash } from './module.ts';

/** Plain data. Pictures and buffers are not in it: a saved module comes back as after a power cut. */
export interface ZfmSnapshot {
  powered: boolean;
  fault: ZfmFault;
  flash: Omit<Flash, 'library' | 'notepad'> & { library: [page: number, base64: string][]; notepad: string };
}

export function pack(flash: Flash): ZfmSnapshot['flash'] {
  const library = [...flash.library].map(([page, template]): [number, string] => [page, base64(template)]);
  return { ...flash, library, notepad: base64(flash.notepad) };
}

export function unpack(saved: ZfmSnapshot['flash']): Flash {
  const library = new Map(saved.library.map(([page, template]) => [page, bytes(template)]));
  return { ...saved, library, notepad: bytes(saved.notepad) };
}

function base64(data: Uint8Array): string {
  return Buffer.from(data).toString('base64');
}

function bytes(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64'));
}
