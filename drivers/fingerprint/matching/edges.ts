import { type EdgeShape, measureEdge } from './edge-shape.ts';
import { type Minutia, squaredApart } from './minutiae.ts';

/**
 * SourceAFIS, stage `edge-table`: of every minutia its star, the edges to its nearest neighbours, the shortest first. Star `i` is
 * edges `starts[i]` to `starts[i + 1]`. A neighbour need not have the edge back.
 */
export interface EdgeTable {
  starts: Int32Array;
  neighbour: Int32Array;
  length: Int32Array;
  referenceAngle: Float32Array;
  neighbourAngle: Float32Array;
}

const EDGES_A_STAR = 9;

export function edgeTable(minutiae: readonly Minutia[]): EdgeTable {
  const stars = minutiae.map((_, reference) => starOf(minutiae, reference));
  const edges = stars.flat();
  let at = 0;
  return {
    starts: Int32Array.of(0, ...stars.map((star) => (at += star.length))),
    neighbour: Int32Array.from(edges, (edge) => edge.neighbour),
    length: Int32Array.from(edges, (edge) => edge.length),
    referenceAngle: Float32Array.from(edges, (edge) => edge.referenceAngle),
    neighbourAngle: Float32Array.from(edges, (edge) => edge.neighbourAngle),
  };
}

function starOf(minutiae: readonly Minutia[], reference: number) {
  const here = minutiae[reference];
  if (!here) return [];
  const squares = new Float64Array(minutiae.length);
  for (const [i, other] of minutiae.entries()) squares[i] = squaredApart(here, other);
  const limit = squares.slice().sort()[EDGES_A_STAR] ?? Number.POSITIVE_INFINITY;
  const star: (EdgeShape & { neighbour: number })[] = [];
  for (const [neighbour, there] of minutiae.entries()) {
    if (neighbour === reference || (squares[neighbour] ?? 0) > limit) continue;
    const edge = { neighbour, length: 0, referenceAngle: 0, neighbourAngle: 0 };
    measureEdge(here, there, edge);
    star.push(edge);
  }
  return star.sort((a, b) => a.length - b.length || a.neighbour - b.neighbour).slice(0, EDGES_A_STAR);
}
