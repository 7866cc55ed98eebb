import { darker, lighter, mix } from './colour.ts';
import type { Look } from './look.ts';

/** Shapes of a face on a 300 x 400 sheet; the middle of the face is at x = 150. */
const MIDDLE = 150;
const EYES_Y = 176;

/** Half the width of the head at the ears. */
export const halfWidth = (look: Look) => 63 * look.faceWidth;

export function head(look: Look): string {
  const half = halfWidth(look);
  const jaw = half * 0.86 * Math.min(look.jaw, 1.12);
  const chin = 22 * look.jaw;
  const at = (x: number, y: number) => `${(MIDDLE + x).toFixed(1)},${y}`;
  const outline = [
    `M${at(-half, 165)} C${at(-half, 112)} ${at(-half * 0.66, 84)} ${at(0, 84)}`,
    `C${at(half * 0.66, 84)} ${at(half, 112)} ${at(half, 165)}`,
    `C${at(half, 206)} ${at(jaw, 232)} ${at(chin, 256)} Q${at(0, 271)} ${at(-chin, 256)}`,
    `C${at(-jaw, 232)} ${at(-half, 206)} ${at(-half, 165)} Z`,
  ].join(' ');
  const blush = mix(look.skin, '#d4504a', 0.5);
  const cheek = (x: number) => `<ellipse cx="${MIDDLE + x}" cy="212" rx="17" ry="11" fill="${blush}" opacity=".16"/>`;
  return `${ears(look, half)}<path d="${outline}" fill="url(#skin)"/>${cheek(-36)}${cheek(36)}${age(look)}`;
}

function ears(look: Look, half: number): string {
  if (look.hairStyle === 'hijab') return '';
  const ear = (side: -1 | 1) => {
    const x = MIDDLE + side * (half + 1);
    const inner = `<ellipse cx="${x}" cy="180" rx="4" ry="10" fill="${darker(look.skin, 0.22)}" opacity=".6"/>`;
    return `<ellipse cx="${x}" cy="180" rx="9" ry="17" fill="${darker(look.skin, 0.06)}"/>${inner}`;
  };
  return ear(-1) + ear(1);
}

/** Lines that come with the years: beside the mouth, then on the brow and under the eyes. */
function age({ band, skin }: Look): string {
  if (band === 'young' || band === 'adult') return '';
  const line = (path: string, opacity: number) =>
    `<path d="${path}" fill="none" stroke="${darker(skin, 0.42)}" stroke-width="1.6" stroke-linecap="round" opacity="${opacity}"/>`;
  const mouth = line('M126,212 Q118,224 120,236', 0.4) + line('M174,212 Q182,224 180,236', 0.4);
  if (band === 'middle') return mouth;
  const brow = line('M122,126 Q150,120 178,126', 0.32) + line('M126,136 Q150,131 174,136', 0.28);
  return mouth + brow + line('M112,190 Q122,196 134,191', 0.4) + line('M166,191 Q178,196 188,190', 0.4);
}

export function eyes(look: Look): string {
  const apart = 27 * look.eyeDistance;
  return oneEye(look, -apart) + oneEye(look, apart);
}

function oneEye(look: Look, offset: number): string {
  const x = MIDDLE + offset;
  const side = Math.sign(offset);
  const wide = 12.5 * look.eyes;
  const tall = 7.2 * look.eyes * (look.band === 'old' ? 0.8 : 1);
  const upper = `M${x - wide},${EYES_Y + 1.5} Q${x},${EYES_Y - tall * 1.5} ${x + wide},${EYES_Y + 1.5 - side * 0.6}`;
  const white = `${upper} Q${x},${EYES_Y + tall * 1.15} ${x - wide},${EYES_Y + 1.5} Z`;
  const lash = look.sex === 'PEREMPUAN' ? 3 : 2.2;
  return [
    `<path d="${white}" fill="#fbf7f2"/>`,
    `<circle cx="${x}" cy="${EYES_Y - 0.2}" r="${(5.4 * look.eyes).toFixed(1)}" fill="#3b2417"/>`,
    `<circle cx="${x}" cy="${EYES_Y - 0.2}" r="2.6" fill="#100806"/><circle cx="${x + 1.8}" cy="${EYES_Y - 2.2}" r="1.4" fill="#fff"/>`,
    `<path d="${upper}" fill="none" stroke="#20140f" stroke-width="${lash}" stroke-linecap="round"/>`,
    `<path d="M${x - wide + 1},${EYES_Y - 5} Q${x},${EYES_Y - tall * 2.1} ${x + wide - 1},${EYES_Y - 5}" fill="none" stroke="${darker(look.skin, 0.35)}" stroke-width="1.2" opacity=".55"/>`,
    brow(look, x, side),
  ].join('');
}

function brow(look: Look, x: number, side: number): string {
  const inner = x - side * 14;
  const outer = x + side * 17;
  const thick = 4.6 * look.brows;
  const path = `M${inner},${154 - thick / 2} Q${x + side * 4},${147 - thick / 2} ${outer},157 Q${x + side * 4},${150 + thick / 2} ${inner},${154 + thick / 2} Z`;
  const colour = look.band === 'old' ? mix(look.hair, '#4a443f', 0.4) : look.hair;
  return `<path d="${path}" fill="${colour}" opacity=".92" stroke="${colour}" stroke-width="1" stroke-linejoin="round"/>`;
}

export function nose({ nose: size, skin }: Look): string {
  const wide = 13 * size;
  const shade = darker(skin, 0.32);
  const wing = (side: -1 | 1) =>
    `<path d="M${MIDDLE + side * wide * 0.72},203 Q${MIDDLE + side * wide * 1.15},213 ${MIDDLE + side * wide * 0.5},216" fill="none" stroke="${shade}" stroke-width="2" stroke-linecap="round" opacity=".7"/>`;
  return [
    `<path d="M${MIDDLE - 4},172 Q${MIDDLE - 6},195 ${MIDDLE - wide * 0.55},206 Q${MIDDLE},222 ${MIDDLE + wide * 0.55},206 Q${MIDDLE + 6},195 ${MIDDLE + 4},172 Z" fill="${lighter(skin, 0.3)}" opacity=".32"/>`,
    wing(-1),
    wing(1),
    `<path d="M${MIDDLE - wide * 0.5},216 Q${MIDDLE},221 ${MIDDLE + wide * 0.5},216" fill="none" stroke="${shade}" stroke-width="2.2" stroke-linecap="round" opacity=".75"/>`,
  ].join('');
}

export function mouth(look: Look): string {
  const wide = 22 * look.mouth;
  const lift = 2 + look.smile * 4;
  const lip = mix(look.skin, look.sex === 'PEREMPUAN' ? '#b3343f' : '#8f3f38', look.sex === 'PEREMPUAN' ? 0.55 : 0.4);
  const [left, right, y] = [MIDDLE - wide, MIDDLE + wide, 236];
  return [
    `<path d="M${left},${y - lift * 0.8} Q${MIDDLE - 9},${y - 7} ${MIDDLE},${y - 4} Q${MIDDLE + 9},${y - 7} ${right},${y - lift * 0.8} Q${MIDDLE},${y + lift} ${left},${y - lift * 0.8} Z" fill="${darker(lip, 0.12)}"/>`,
    `<path d="M${left + 3},${y} Q${MIDDLE},${y + 12 + lift} ${right - 3},${y} Q${MIDDLE},${y + lift} ${left + 3},${y} Z" fill="${lip}"/>`,
    `<path d="M${left},${y - lift * 0.8} Q${MIDDLE},${y + lift + 0.5} ${right},${y - lift * 0.8}" fill="none" stroke="${darker(lip, 0.5)}" stroke-width="1.5" stroke-linecap="round"/>`,
  ].join('');
}

export function beard({ beard: kind, hair }: Look): string {
  const moustache = `<path d="M124,229 Q136,219 150,223 Q164,219 176,229 Q163,226 150,229 Q137,226 124,229 Z" fill="${hair}" opacity=".88"/>`;
  if (kind === 'none') return '';
  if (kind === 'moustache') return moustache;
  return `${moustache}<path d="M133,251 Q150,247 167,251 Q164,270 150,274 Q136,270 133,251 Z" fill="${hair}" opacity=".85"/>`;
}

export function glasses({ glasses: kind, eyeDistance, faceWidth }: Look): string {
  if (kind === 'none') return '';
  const apart = 27 * eyeDistance;
  const frame =
    kind === 'round' ? { stroke: '#6d5a3a', width: 2.2, radius: 16 } : { stroke: '#1c1c22', width: 3.2, radius: 6 };
  const lens = (x: number) =>
    `<rect x="${MIDDLE + x - 20}" y="162" width="40" height="31" rx="${frame.radius}" fill="#fff" fill-opacity=".10"/>`;
  const arm = (side: -1 | 1) =>
    `<path d="M${MIDDLE + side * (apart + 20)},172 L${MIDDLE + side * 63 * faceWidth},174"/>`;
  const bridge = `<path d="M${MIDDLE - apart + 20},174 Q${MIDDLE},168 ${MIDDLE + apart - 20},174"/>`;
  return `<g fill="none" stroke="${frame.stroke}" stroke-width="${frame.width}">${lens(-apart)}${lens(apart)}${bridge}${arm(-1)}${arm(1)}</g>`;
}
