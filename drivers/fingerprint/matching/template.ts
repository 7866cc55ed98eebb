import { type EdgeTable, edgeTable } from './edges.ts';
import type { Minutia } from './minutiae.ts';

/** What is kept of a finger: its minutiae in stored order, and for each the edges to its neighbours. */
export interface Template {
  /** Of the picture at 500 dpi, in which the minutiae lie; for export and drawing, matching does not ask. */
  widthPx: number;
  heightPx: number;
  minutiae: readonly Minutia[];
  edges: EdgeTable;
}

const PRIME = 1_610_612_741;

export function templateOf(widthPx: number, heightPx: number, minutiae: readonly Minutia[]): Template {
  const stored = [...minutiae].sort(inStoredOrder);
  return { widthPx, heightPx, minutiae: stored, edges: edgeTable(stored) };
}

/** SourceAFIS, stage `shuffled-minutiae`: an order that says nothing, but is always the same. Scores depend on it. */
function inStoredOrder(one: Minutia, other: Minutia): number {
  return (
    keyOf(one) - keyOf(other) ||
    one.x - other.x ||
    one.y - other.y ||
    one.direction - other.direction ||
    Number(one.type === 'bifurcation') - Number(other.type === 'bifurcation')
  );
}

function keyOf({ x, y }: Minutia): number {
  return Math.imul((Math.imul(x, PRIME) + y) | 0, PRIME);
}
