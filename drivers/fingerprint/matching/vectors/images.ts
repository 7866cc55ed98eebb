import type { GreyImage } from '../../grey-image.ts';

/** Prints that nobody's finger made: rings with dislocations in their phase, each of which is one minutia. */
const WIDTH = 256;
const HEIGHT = 300;

interface Dislocation {
  x: number;
  y: number;
  sign: number;
}
const inA = Array.from({ length: 24 }, (_, k): Dislocation => {
  return { x: 24 + ((89 * k) % 208), y: 24 + ((53 * k) % 252), sign: k % 2 === 0 ? 1 : -1 };
});
const inB = Array.from({ length: 22 }, (_, k): Dislocation => {
  return { x: 26 + ((71 * k) % 204), y: 22 + ((109 * k) % 256), sign: k % 3 === 0 ? -1 : 1 };
});

function twist(u: number, v: number, list: readonly Dislocation[]): number {
  return list.reduce((sum, { x, y, sign }) => sum + sign * Math.atan2(v - y - 0.5, u - x - 0.5), 0);
}
function phaseA(u: number, v: number): number {
  return (2 * Math.PI * Math.hypot(u - 128, v - 420)) / 9 + twist(u, v, inA);
}
function phaseB(u: number, v: number): number {
  return (2 * Math.PI * Math.sqrt((u - 120.5) ** 2 + 1.3 * (v - 140.5) ** 2)) / 8.5 + twist(u, v, inB);
}
function turnedA(x: number, y: number, degrees: number): number {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  return phaseA(128 + x * cos + y * sin, 150 - x * sin + y * cos);
}
function noise(x: number, y: number): number {
  return ((31 * x * x + 17 * y * y + 13 * x * y + 7 * x + 3 * y) % 101) - 50;
}
function isOutside(x: number, y: number): boolean {
  return ((x - 128) / 112) ** 2 + ((y - 150) / 135) ** 2 > 1;
}

function draw(grey: (x: number, y: number) => number, dpi = 500): GreyImage {
  const pixels = new Uint8Array(WIDTH * HEIGHT);
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) {
      pixels[y * WIDTH + x] = Math.max(0, Math.min(255, Math.round(grey(x, y))));
    }
  }
  return { widthPx: WIDTH, heightPx: HEIGHT, dpi, pixels };
}

const a = draw((x, y) => 127 + 100 * Math.sin(phaseA(x, y)));

/**
 * The pictures the numbers were measured on. B is another finger; R is A turned by 10 degrees and moved, N is A with noise and an
 * edge, Q is A turned by 15 degrees, moved further and noisy, A560 is A said to be of 560 dpi.
 */
export const images = {
  A: a,
  B: draw((x, y) => 127 + 100 * Math.sin(phaseB(x, y))),
  R: draw((x, y) => 127 + 100 * Math.sin(turnedA(x - 135, y - 145, 10))),
  N: draw((x, y) => (isOutside(x, y) ? 255 : 127 + 60 * Math.sin(phaseA(x, y)) + noise(x, y))),
  Q: draw((x, y) => 127 + 70 * Math.sin(turnedA(x - 198, y - 205, 15)) + noise(x, y)),
  A560: { ...a, dpi: 560 },
} satisfies Record<string, GreyImage>;

export type ImageName = keyof typeof images;
export const imageNames = Object.keys(images) as ImageName[];
