/** A moment at which a process can die, or anything else can happen: around each durable write, link write and message. */
export interface Boundary {
  kind: 'store' | 'link' | 'sent' | 'delivered';
  what: string;
  /** `half` is inside a write that is long enough to be cut. */
  moment: 'before' | 'half' | 'after';
  /** Counted from 1 over the whole run. */
  no: number;
  /** Counted from 1 over those of the same name: this stays when the product says something more elsewhere. */
  nth: number;
}

/** What a boundary is called, in seeds and traces. */
export const whatOf = ({ kind, what, moment }: Pick<Boundary, 'kind' | 'what' | 'moment'>): string =>
  `${moment} ${kind} ${what}`;

/** One boundary of a run, told apart by its name: `after store kiosk print.inking#1`. */
export interface Mark {
  what: string;
  nth: number;
}

export const isAt = (boundary: Boundary, { what, nth }: Mark): boolean =>
  boundary.nth === nth && whatOf(boundary) === what;

export interface Counts {
  readonly perKind: Record<Boundary['kind'], number>;
  readonly total: number;
  /** The boundary that is met now, numbered. */
  take(met: Omit<Boundary, 'no' | 'nth'>): Boundary;
  /** The write that was announced last was refused by its own work: nothing was to become durable, so it is no boundary. */
  takeBack(kind: Boundary['kind']): void;
}

export function newCounts(): Counts {
  const perKind = { store: 0, link: 0, sent: 0, delivered: 0 };
  const perName = new Map<string, number>();
  let total = 0;
  return {
    perKind,
    get total() {
      return total;
    },
    take(met) {
      const name = whatOf(met);
      const nth = (perName.get(name) ?? 0) + 1;
      perName.set(name, nth);
      perKind[met.kind] += 1;
      total += 1;
      return { ...met, no: total, nth };
    },
    takeBack(kind) {
      perKind[kind] -= 1;
    },
  };
}
