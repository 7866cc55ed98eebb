import { emptyField, type Field, valueAt } from './field.ts';

/** Solved on every so many pixels: it varies slowly. */
const CELL_PX = 8;
const ROUNDS = 600;
const STEP = 0.2;
/** How hard the distance is drawn back to the usual one; else it would grow without end around a core. */
const HOME = 0.004;
const MOST = 0.25;

/**
 * Where ridges part, skin has either wider valleys or new ridges. This is by how much the distance between ridges would have to
 * grow (as the logarithm of a factor) so that the fewest new ones are needed: along a ridge with direction t it changes as the flow
 * spreads, t * grad(u) = div(t), solved by least squares. Without it all fingers of a class would have the same minutiae under the core.
 */
export function spreadOf(flow: Field): Field {
  const coarse = sampled(flow);
  const system: System = {
    spread: emptyField(coarse.widthPx, coarse.heightPx),
    alongX: coarse.cells.map(Math.cos),
    alongY: coarse.cells.map(Math.sin),
    parting: partingOf(coarse),
    pullX: new Float32Array(coarse.cells.length),
    pullY: new Float32Array(coarse.cells.length),
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    measure(system);
    yieldTo(system);
  }
  return enlarged(system.spread, flow);
}

interface System {
  spread: Field;
  /** The direction of the flow, and how fast it parts there. */
  alongX: Float32Array;
  alongY: Float32Array;
  parting: Float32Array;
  /** By how much the spread is too flat or too steep. */
  pullX: Float32Array;
  pullY: Float32Array;
}

function measure({ spread, alongX, alongY, parting, pullX, pullY }: System): void {
  const { widthPx: width, heightPx: height, cells } = spread;
  for (let y = 0; y + 1 < height; y += 1) {
    for (let x = 0; x + 1 < width; x += 1) {
      const i = y * width + x;
      const here = cells[i] ?? 0;
      const [tx, ty] = [alongX[i] ?? 0, alongY[i] ?? 0];
      const miss = tx * ((cells[i + 1] ?? 0) - here) + ty * ((cells[i + width] ?? 0) - here) - (parting[i] ?? 0);
      pullX[i] = tx * miss;
      pullY[i] = ty * miss;
    }
  }
}

function yieldTo({ spread, pullX, pullY }: System): void {
  const { widthPx: width, cells } = spread;
  for (let i = width; i < cells.length; i += 1) {
    const pull = (pullX[i] ?? 0) - (pullX[i - 1] ?? 0) + (pullY[i] ?? 0) - (pullY[i - width] ?? 0);
    const here = cells[i] ?? 0;
    cells[i] = Math.max(-MOST, Math.min(MOST, here + STEP * (pull - HOME * here)));
  }
}

function sampled({ widthPx, heightPx, cells }: Field): Field {
  const to = emptyField(Math.ceil(widthPx / CELL_PX), Math.ceil(heightPx / CELL_PX));
  for (let i = 0; i < to.cells.length; i += 1) {
    const [x, y] = [(i % to.widthPx) * CELL_PX, Math.floor(i / to.widthPx) * CELL_PX];
    to.cells[i] = cells[y * widthPx + x] ?? 0;
  }
  return to;
}

/** How fast neighbouring lines part, a cell: the turn of the flow from one line to the next. */
function partingOf({ widthPx, cells }: Field): Float32Array {
  return cells.map((angle, i) => {
    const across = halfTurn((cells[i + 1] ?? angle) - angle);
    const down = halfTurn((cells[i + widthPx] ?? angle) - angle);
    const parting = -Math.sin(angle) * across + Math.cos(angle) * down;
    return Math.max(-0.3, Math.min(0.3, parting)); // beside a core it is no number at all
  });
}

/** A difference of directions, -90 to 90 degrees. */
function halfTurn(angle: number): number {
  return angle - Math.PI * Math.round(angle / Math.PI);
}

function enlarged(coarse: Field, like: Field): Field {
  const to = emptyField(like.widthPx, like.heightPx);
  const { widthPx: width, heightPx: height } = coarse;
  for (let i = 0; i < to.cells.length; i += 1) {
    const x = Math.min(width - 1.001, (i % to.widthPx) / CELL_PX);
    const y = Math.min(height - 1.001, Math.floor(i / to.widthPx) / CELL_PX);
    to.cells[i] = valueAt(coarse, x, y, 0);
  }
  return to;
}
