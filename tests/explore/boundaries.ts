/** A moment at which a process can die, or anything else can happen: around each durable write, link write and message. */
export interface Boundary {
  kind: 'store' | 'link' | 'sent' | 'delivered';
  what: string;
  /** `half` is inside a write that is long enough to be cut. */
  moment: 'before' | 'half' | 'after';
  /** Counted from 1 over the whole run. */
  no: number;
}

export interface Counts {
  readonly perKind: Record<Boundary['kind'], number>;
  readonly total: number;
  take(kind: Boundary['kind'], moment: Boundary['moment']): number;
}

export function newCounts(): Counts {
  const perKind = { store: 0, link: 0, sent: 0, delivered: 0 };
  let total = 0;
  return {
    perKind,
    get total() {
      return total;
    },
    take(kind) {
      perKind[kind] += 1;
      total += 1;
      return total;
    },
  };
}
