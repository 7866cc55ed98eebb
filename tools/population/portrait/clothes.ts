import { darker, lighter } from './colour.ts';
import type { Look } from './look.ts';

const shoulders = 'M-6,430 C0,356 34,334 102,312 Q150,330 198,312 C266,334 300,356 306,430 Z';

/** Neck, shoulders and what covers them. */
export function neckAndClothes(look: Look): string {
  const shade = darker(look.skin, 0.2);
  const neck = `<path d="M120,235 L118,312 Q150,345 182,312 L180,235 Z" fill="${look.skin}"/><path d="M119,252 Q150,292 181,252 L181,272 Q150,306 119,272 Z" fill="${shade}" opacity=".55"/>`;
  const body = `<path d="${shoulders}" fill="${look.clothes === 'batik' ? 'url(#batik)' : look.cloth}"/>`;
  const shadow = `<path d="M-6,430 C0,356 34,334 102,312 L88,430 Z M306,430 C300,356 266,334 198,312 L212,430 Z" fill="#000" opacity=".07"/>`;
  return `<g transform="translate(0 -20)">${neck}${body}${shadow}${collars[look.clothes](look)}</g>`;
}

const line = (colour: string) => `stroke="${colour}" stroke-width="1.6" stroke-linejoin="round"`;
const throat = (skin: string, depth: number) =>
  `<path d="M118,300 L118,308 Q150,${depth} 182,308 L182,300 Q150,324 118,300 Z" fill="${skin}"/>`;

const flaps = (fill: string, edge: string) =>
  `<path d="M116,300 L150,346 L126,366 L98,316 Z" fill="${fill}" ${line(edge)}/><path d="M184,300 L150,346 L174,366 L202,316 Z" fill="${fill}" ${line(edge)}/>`;
const buttons = (edge: string) =>
  `<path d="M150,346 L150,400" ${line(edge)} opacity=".6"/><circle cx="154" cy="374" r="2.4" fill="${edge}"/><circle cx="154" cy="394" r="2.4" fill="${edge}"/>`;

const collars: Record<Look['clothes'], (look: Look) => string> = {
  shirt: ({ cloth, skin }) =>
    `${throat(skin, 352)}${flaps(lighter(cloth, 0.14), darker(cloth, 0.3))}${buttons(darker(cloth, 0.3))}`,
  batik: ({ cloth, skin }) =>
    `${throat(skin, 352)}${flaps(darker(cloth, 0.25), darker(cloth, 0.55))}${buttons(lighter(cloth, 0.4))}`,
  koko: ({ cloth }) =>
    `<path d="M114,296 Q150,334 186,296 L190,314 Q150,352 110,314 Z" fill="${lighter(cloth, 0.1)}" ${line(darker(cloth, 0.3))}/><path d="M144,338 L144,400 M156,338 L156,400" ${line(darker(cloth, 0.3))} opacity=".55"/>`,
  blouse: ({ cloth, skin }) =>
    `${throat(skin, 358)}<path d="M106,308 Q150,372 194,308" fill="none" stroke="${darker(cloth, 0.28)}" stroke-width="3" opacity=".7"/>`,
};

/** A kawung-like repeat: four petals and a dot, in two tones of the cloth. */
export function batikPattern({ cloth }: Look): string {
  const petal = (turn: number) => `<ellipse cx="12" cy="5.5" rx="3" ry="5" transform="rotate(${turn} 12 12)"/>`;
  return `<pattern id="batik" width="24" height="24" patternUnits="userSpaceOnUse" patternTransform="rotate(12)"><rect width="24" height="24" fill="${darker(cloth, 0.3)}"/><g fill="${lighter(cloth, 0.35)}" opacity=".8">${[45, 135, 225, 315].map(petal).join('')}<circle cx="12" cy="12" r="1.6"/></g></pattern>`;
}
