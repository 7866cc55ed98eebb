import type { Entry } from '#contract/uplink/entries.ts';
import type { BoxKind } from '#controller/blanko/stock.ts';
import type { Db } from '#kit/store.ts';

/** One entry of the journal that people decide on; kept as long as this epoch, also when the journal is trimmed. */
export interface DeskFact {
  seq: number;
  entry: Entry;
}

/** All of them, in order: some per day, not some per card. */
export function deskFacts(db: Db): DeskFact[] {
  const rows = db.prepare('SELECT seq, text FROM desk_fact ORDER BY seq').all() as { seq: number; text: string }[];
  return rows.map(({ seq, text }) => ({ seq, entry: JSON.parse(text) as Entry }));
}

/** A body that the machine moved to the box since people last emptied it, and whose right it carries. */
export interface BoxedBody {
  subject: string;
  visitNo: string | null;
  kind: Exclude<BoxKind, 'blank'>;
  /** Nobody knows how far it was printed. */
  doubtful: boolean;
}

/** The inked bodies that should lie in the box now. A blank there carries no right, so none is named. */
export function bodiesInBox(facts: readonly DeskFact[]): BoxedBody[] {
  const bodies = new Map<string, BoxedBody>();
  for (const { entry } of facts) {
    const { subject, visitNo = null } = entry;
    if (entry.type === 'operator.acted' && emptyings.has(entry.data.action)) bodies.clear();
    if (!subject) continue;
    const kind = kindBoxed(entry);
    if (kind) bodies.set(subject, { subject, visitNo, kind, doubtful: isDoubtful(entry) });
    else if (takesOut(entry)) bodies.delete(subject);
  }
  return [...bodies.values()];
}

const emptyings: ReadonlySet<string> = new Set(['emptied-box', 'opening-count']);

function kindBoxed(entry: Entry): BoxedBody['kind'] | null {
  if (entry.type === 'operator.acted') return entry.data.action === 'body-in-box' ? 'partial' : null;
  if (entry.type !== 'print.outcome' || entry.data.place !== 'box') return null;
  return (
    ({ retained: 'complete', spoiled: 'partial', 'in-doubt': 'partial' } as const)[entry.data.outcome as 'spoiled'] ??
    null
  );
}

function takesOut(entry: Entry): boolean {
  if (entry.type === 'card.handed-over' || entry.type === 'card.destroyed') return true;
  return entry.type === 'operator.acted' && entry.data.action === 'retained-card';
}

function isDoubtful(entry: Entry): boolean {
  return entry.type === 'operator.acted' || (entry.type === 'print.outcome' && entry.data.outcome === 'in-doubt');
}
