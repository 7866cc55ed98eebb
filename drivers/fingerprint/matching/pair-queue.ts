/**
 * Pairs that wait to be added, the one with the shortest edge first. A binary heap of the plain kind: which of two equal pairs
 * comes first follows from how it moves them, and scores depend on it.
 */
export class PairQueue {
  size = 0;
  /** By the number of a pair. */
  probe = new Int32Array(0);
  candidate = new Int32Array(0);
  /** The pair in the tree from which it was met, and the edges that led there. */
  parent = new Int32Array(0);
  probeEdge = new Int32Array(0);
  candidateEdge = new Int32Array(0);
  #distance = new Int32Array(0);
  #heap = new Int32Array(0);
  #pairs = 0;

  /** Empties the queue and makes room for so many pairs in all. */
  clear(capacity: number): void {
    this.size = 0;
    this.#pairs = 0;
    if (this.probe.length >= capacity) return;
    this.probe = new Int32Array(capacity);
    this.candidate = new Int32Array(capacity);
    this.parent = new Int32Array(capacity);
    this.probeEdge = new Int32Array(capacity);
    this.candidateEdge = new Int32Array(capacity);
    this.#distance = new Int32Array(capacity);
    this.#heap = new Int32Array(capacity);
  }

  push(
    probe: number,
    candidate: number,
    parent: number,
    probeEdge: number,
    candidateEdge: number,
    distance: number,
  ): void {
    const pair = this.#pairs;
    this.#pairs += 1;
    this.probe[pair] = probe;
    this.candidate[pair] = candidate;
    this.parent[pair] = parent;
    this.probeEdge[pair] = probeEdge;
    this.candidateEdge[pair] = candidateEdge;
    this.#distance[pair] = distance;
    this.#moveUp(pair, distance);
  }

  /** The number of the first pair. */
  get head(): number {
    return this.#heap[0] ?? 0;
  }

  pop(): number {
    const first = this.head;
    this.size -= 1;
    if (this.size > 0) this.#moveDown(this.#heap[this.size] ?? 0);
    return first;
  }

  #moveUp(pair: number, distance: number): void {
    let slot = this.size;
    this.size += 1;
    while (slot > 0) {
      const parent = (slot - 1) >> 1;
      const above = this.#heap[parent] ?? 0;
      if (distance >= (this.#distance[above] ?? 0)) break;
      this.#heap[slot] = above;
      slot = parent;
    }
    this.#heap[slot] = pair;
  }

  #moveDown(pair: number): void {
    const distance = this.#distance[pair] ?? 0;
    let slot = 0;
    for (let child = 1; child < this.size; child = 2 * slot + 1) {
      if (child + 1 < this.size && this.#distanceAt(child + 1) < this.#distanceAt(child)) child += 1;
      if (distance <= this.#distanceAt(child)) break;
      this.#heap[slot] = this.#heap[child] ?? 0;
      slot = child;
    }
    this.#heap[slot] = pair;
  }

  #distanceAt(slot: number): number {
    return this.#distance[this.#heap[slot] ?? 0] ?? 0;
  }
}
