import { fraction, seededRandom, whole } from '#kit/random.ts';

/** How many different signatures a population shares. */
export const signatureCount = 96;

const size = { widthPx: 320, heightPx: 120 };

/** A hand-drawn scrawl: loops along a rising line, and a sweep under it. */
export function signatureSvg(number: number): string {
  const random = seededRandom(`signature|${number}`);
  const between = (low: number, high: number) => low + fraction(random) * (high - low);
  const loops = 4 + whole(random, 5);
  const step = 210 / loops;
  let path = `M${between(20, 40).toFixed(0)},${between(60, 84).toFixed(0)}`;
  for (let at = 0; at < loops; at += 1) {
    const x = 44 + at * step;
    const height = at === 0 ? between(44, 58) : between(8, 34); // the first letter is a capital
    const base = 80 - at * between(0, 2.5);
    const [up, over, down] = [x + step * between(0.1, 0.4), x + step * between(0.5, 1.1), x + step * between(0.8, 1.2)];
    path += ` C${up.toFixed(1)},${(base - height).toFixed(1)} ${over.toFixed(1)},${(base - height * 1.1).toFixed(1)} ${(x + step * 0.6).toFixed(1)},${base.toFixed(1)}`;
    path += ` S${down.toFixed(1)},${(base - height * 0.3).toFixed(1)} ${(x + step).toFixed(1)},${(base - between(-6, 10)).toFixed(1)}`;
  }
  path += ` Q${between(280, 310).toFixed(0)},${between(40, 70).toFixed(0)} ${between(250, 300).toFixed(0)},${between(84, 100).toFixed(0)}`;
  const sweep =
    fraction(random) < 0.6
      ? `M${between(40, 80).toFixed(0)},104 Q170,${between(84, 100).toFixed(0)} ${between(230, 300).toFixed(0)},${between(92, 108).toFixed(0)}`
      : '';
  const { widthPx, heightPx } = size;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}"><path d="${path} ${sweep}" fill="none" stroke="#14161f" stroke-width="${between(2.2, 3.6).toFixed(1)}" stroke-linecap="round" stroke-linejoin="round"/></svg>`;
}
