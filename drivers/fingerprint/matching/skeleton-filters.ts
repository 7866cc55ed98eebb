import { lineBetween } from './line.ts';
import { connect, type Ridge, type Skeleton, type SkeletonNode } from './skeleton.ts';

const LONGEST_PORE_ARM = 41;
const SHORTEST_TAIL = 21;
const SHORTEST_FRAGMENT = 22;

/*
 * SourceAFIS, stages `removed-dots` to `removed-fragments`, all but the gaps. Each walks the nodes in order and acts at once, so a
 * later node sees what an earlier one changed; that is part of the rules. Lengths count pixels, both ends included.
 */

/** Nodes without ridges. */
export function removeDots(skeleton: Skeleton): void {
  skeleton.nodes = skeleton.nodes.filter((node) => node.ridges.length > 0);
}

/** A sweat pore splits a ridge for a few pixels: two arms between the same two forks become one line. */
export function removePores(skeleton: Skeleton): void {
  for (const node of skeleton.nodes) if (node.ridges.length === 3) closePore(node, skeleton.width);
  removeKnots(skeleton);
}

function closePore(node: SkeletonNode, width: number): void {
  for (let exit = 0; exit < 3; exit += 1) {
    const [way, one, other] = [node.ridges[exit], node.ridges[(exit + 1) % 3], node.ridges[(exit + 2) % 3]];
    const far = one?.end;
    if (!way || !one || !other || !far || !isPore(node, far, way, other)) continue;
    if (far.ridges.length !== 3 || one.length > LONGEST_PORE_ARM || other.length > LONGEST_PORE_ARM) return;
    one.detach();
    other.detach();
    connect(lineBetween(node.at, far.at, width), node, far);
    return;
  }
}

function isPore(node: SkeletonNode, far: SkeletonNode, way: Ridge, other: Ridge): boolean {
  return other.end === far && way.end !== far && far !== node && way.end !== node;
}

/** A node with two ridges is a point of one line. */
export function removeKnots(skeleton: Skeleton): void {
  for (const { ridges } of skeleton.nodes) {
    const [first, second] = ridges;
    if (ridges.length !== 2 || !first || !second || first.reversed === second) continue;
    if (first.length >= second.length) join(first, second);
    else join(second, first);
  }
  removeDots(skeleton);
}

/** Both start at the knot; the longer one takes over the pixels of the shorter. */
function join(longer: Ridge, shorter: Ridge): void {
  longer.reversed.extend(shorter);
  longer.startAt(shorter.end);
  shorter.detach();
}

/** Short spurs beside a line. */
export function removeTails(skeleton: Skeleton): void {
  for (const { ridges } of skeleton.nodes) {
    const [ridge] = ridges;
    if (ridges.length !== 1 || !ridge?.end) continue;
    if (ridge.end.ridges.length >= 3 && ridge.length < SHORTEST_TAIL) ridge.detach();
  }
  removeDots(skeleton);
  removeKnots(skeleton);
}

/** Short lines that hang nowhere. */
export function removeFragments(skeleton: Skeleton): void {
  for (const { ridges } of skeleton.nodes) {
    const [ridge] = ridges;
    if (ridges.length !== 1 || !ridge?.end) continue;
    if (ridge.end.ridges.length === 1 && ridge.length < SHORTEST_FRAGMENT) ridge.detach();
  }
  removeDots(skeleton);
}
