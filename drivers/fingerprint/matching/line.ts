/**
 * The pixels from one pixel to another, both included, as indices into an image `width` wide. Steps along the longer side
 * and rounds the other; the quotient keeps its sign, so a line is not always its own way back.
 */
export function lineBetween(from: number, to: number, width: number): number[] {
  const [x, y] = [from % width, Math.trunc(from / width)];
  const dx = (to % width) - x;
  const dy = Math.trunc(to / width) - y;
  if (dx === 0 && dy === 0) return [from];
  if (Math.abs(dx) >= Math.abs(dy)) return steps(dx, dy / dx, (along, aside) => from + along + aside * width);
  return steps(dy, dx / dy, (along, aside) => from + along * width + aside);
}

function steps(length: number, slope: number, pixel: (along: number, aside: number) => number): number[] {
  const sign = Math.sign(length);
  return Array.from({ length: Math.abs(length) + 1 }, (_, i) => pixel(sign * i, sign * Math.round(i * slope)));
}
