import { darker, lighter } from './colour.ts';
import { halfWidth } from './face.ts';
import type { Look } from './look.ts';

/** Hair and scarf: what lies behind the face, and what lies before it. */

export function hairBehind(look: Look): string {
  const half = halfWidth(look);
  const fill = look.hairStyle === 'hijab' ? darker(look.scarf, 0.18) : darker(look.hair, 0.15);
  const [left, right] = [150 - half, 150 + half];
  const paths: Partial<Record<Look['hairStyle'], string>> = {
    long: `M${left - 14},150 C${left - 18},60 ${right + 18},60 ${right + 14},150 C${right + 18},230 ${right + 24},290 ${right + 12},335 L${left - 12},335 C${left - 24},290 ${left - 18},230 ${left - 14},150 Z`,
    bob: `M${left - 12},150 C${left - 16},62 ${right + 16},62 ${right + 12},150 C${right + 16},205 ${right + 14},240 ${right - 2},262 L${left + 2},262 C${left - 14},240 ${left - 16},205 ${left - 12},150 Z`,
    tied: `M${left - 5},160 C${left - 8},66 ${right + 8},66 ${right + 5},160 L${right},196 L${left},196 Z`,
    hijab: `M${left - 18},180 C${left - 24},24 ${right + 24},24 ${right + 18},180 C${right + 22},250 ${right + 30},300 ${right + 44},340 L${left - 44},340 C${left - 30},300 ${left - 22},250 ${left - 18},180 Z`,
  };
  const path = paths[look.hairStyle];
  return path ? `<path d="${path}" fill="${fill}"/>` : '';
}

export function hairBefore(look: Look): string {
  if (look.hairStyle === 'hijab') return scarf(look);
  const half = halfWidth(look);
  const [left, right] = [150 - half - 3, 150 + half + 3];
  const shine = `<path d="M${left + 22},104 Q140,74 ${right - 40},88" fill="none" stroke="${lighter(look.hair, 0.35)}" stroke-width="5" stroke-linecap="round" opacity=".22"/>`;
  return styles[look.hairStyle](left, right, look.hair) + (look.hairStyle === 'receding' ? '' : shine);
}

type Style = (left: number, right: number, hair: string) => string;
const filled = (path: string, hair: string) => `<path d="${path}" fill="${hair}"/>`;

const styles: Record<Exclude<Look['hairStyle'], 'hijab'>, Style> = {
  'side-part': (left, right, hair) =>
    filled(
      `M${left},172 C${left - 6},92 ${left + 24},58 152,58 C${right - 18},58 ${right + 6},92 ${right},172 C${right - 2},150 ${right - 6},136 ${right - 12},124 C${right - 34},118 ${left + 62},122 ${left + 34},104 C${left + 22},118 ${left + 8},132 ${left + 5},150 Z`,
      hair,
    ),
  crew: (left, right, hair) =>
    filled(
      `M${left},170 C${left - 4},94 ${left + 26},64 150,64 C${right - 26},64 ${right + 4},94 ${right},170 C${right - 3},140 ${right - 8},122 ${right - 20},110 Q150,98 ${left + 20},110 C${left + 8},122 ${left + 3},140 ${left},170 Z`,
      hair,
    ),
  curly: (left, right, hair) => {
    const curl = (x: number, y: number, r: number) => `<circle cx="${x}" cy="${y}" r="${r}" fill="${hair}"/>`;
    const along = Array.from({ length: 9 }, (_, at) => {
      const turn = Math.PI + (Math.PI * at) / 8;
      const half = (right - left) / 2;
      return curl(150 + Math.cos(turn) * (half - 2), 138 + Math.sin(turn) * 62, 17);
    });
    return along.join('') + filled(`M${left + 4},136 Q150,30 ${right - 4},136 Q150,86 ${left + 4},136 Z`, hair);
  },
  receding: (left, right, hair) =>
    filled(`M${left},178 C${left - 7},130 ${left - 2},104 ${left + 20},92 Q${left + 14},122 ${left + 8},146 Z`, hair) +
    filled(
      `M${right},178 C${right + 7},130 ${right + 2},104 ${right - 20},92 Q${right - 14},122 ${right - 8},146 Z`,
      hair,
    ) +
    `<path d="M${left + 10},104 Q150,58 ${right - 10},104 Q150,84 ${left + 10},104 Z" fill="${hair}"/>`,
  bob: (left, right, hair) =>
    filled(
      `M${left - 8},190 C${left - 14},84 ${left + 26},60 150,60 C${right - 26},60 ${right + 14},84 ${right + 8},190 C${right + 2},160 ${right - 4},140 ${right - 10},130 Q150,112 ${left + 10},130 C${left + 4},140 ${left - 2},160 ${left - 8},190 Z`,
      hair,
    ),
  long: (left, right, hair) =>
    filled(
      `M${left - 8},215 C${left - 16},90 ${left + 26},58 150,58 C${right - 26},58 ${right + 16},90 ${right + 8},215 C${right + 2},170 ${right - 2},142 ${right - 18},120 Q${right - 48},98 152,88 Q${left + 42},98 ${left + 16},122 C${left + 2},142 ${left - 2},170 ${left - 8},215 Z`,
      hair,
    ),
  tied: (left, right, hair) =>
    filled(
      `M${left + 1},168 C${left - 6},92 ${left + 24},62 150,62 C${right - 24},62 ${right + 6},92 ${right - 1},168 C${right - 4},144 ${right - 12},122 ${right - 34},108 Q150,92 ${left + 34},108 C${left + 12},122 ${left + 4},144 ${left + 1},168 Z`,
      hair,
    ),
};

/** A plain scarf: around the face, crossed under the chin, falling over the shoulders. */
function scarf(look: Look): string {
  const half = halfWidth(look);
  const { scarf: cloth } = look;
  const [left, right] = [150 - half, 150 + half];
  const outer = `M${left - 17},190 C${left - 22},28 ${right + 22},28 ${right + 17},190 C${right + 20},240 ${right + 34},280 ${right + 52},312 C${right + 60},350 ${right + 62},380 ${right + 62},400 L${left - 62},400 C${left - 62},380 ${left - 60},350 ${left - 52},312 C${left - 34},280 ${left - 20},240 ${left - 17},190 Z`;
  const opening = `M${left + 5},182 C${left + 2},118 ${left + 26},101 150,101 C${right - 26},101 ${right - 2},118 ${right - 5},182 C${right - 6},222 ${right - 34},262 150,264 C${left + 34},262 ${left + 6},222 ${left + 5},182 Z`;
  const fold = (path: string, opacity: number) =>
    `<path d="${path}" fill="none" stroke="${darker(cloth, 0.5)}" stroke-width="2.4" stroke-linecap="round" opacity="${opacity}"/>`;
  return [
    `<path d="${outer} ${opening}" fill="${cloth}" fill-rule="evenodd"/>`,
    `<path d="${opening}" fill="none" stroke="${darker(cloth, 0.35)}" stroke-width="4" opacity=".5"/>`,
    fold(`M${left + 12},250 Q150,312 ${right + 34},318`, 0.28),
    fold(`M${left - 4},262 Q130,340 ${right + 20},362`, 0.22),
    fold(`M${right - 8},252 Q170,292 150,300`, 0.26),
    fold(`M${left - 10},150 Q${left - 2},100 124,80`, 0.16),
    fold(`M${right + 8},150 Q${right + 2},104 172,80`, 0.16),
  ].join('');
}
