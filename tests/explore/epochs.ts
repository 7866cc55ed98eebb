import { controllerMigrations } from '#controller/controller.ts';
import { openMemoryStore } from '#kit/store.ts';
import { accountsFrom, entriesAt, type Fact, factsIn, journalOf, type Row, rowsOf } from './books.ts';
import type { Universe } from './universe.ts';

/** One journal of the kiosk: the newest, or one of a disk that was given up. */
export interface JournalOfEpoch {
  epoch: number;
  rows: readonly Row[];
}

const read = new WeakMap<Uint8Array, Row[]>();

function rowsOn(bytes: Uint8Array): Row[] {
  const known = read.get(bytes);
  if (known) return known;
  const store = openMemoryStore({ migrations: controllerMigrations, from: bytes });
  const rows = journalOf(store);
  store.close();
  read.set(bytes, rows);
  return rows;
}

/** All that this kiosk ever wrote, epoch by epoch, the newest last; also what nobody has any more. */
export function journalsOf({ kiosk, authority }: Universe): JournalOfEpoch[] {
  const former = authority.former.map(({ epoch, bytes }) => ({ epoch, rows: rowsOn(bytes) }));
  return kiosk ? [...former, { epoch: authority.enrolment.epoch, rows: journalOf(kiosk.store) }] : former;
}

export const factsOf = (universe: Universe): Fact[] => journalsOf(universe).flatMap(({ rows }) => factsIn(rows));

const inCabinet = ['hopper', 'in-process', 'retained', 'spoiled', 'in-doubt'];

/** Books over all epochs: what an old one held inside the cabinet is unexplained, until the new one has counted it from there. */
export function booksOver(universe: Universe): Record<string, number> {
  const { central, authority } = universe;
  const sums: Record<string, number> = {};
  const add = (facts: readonly Fact[], named: (account: string) => string) => {
    for (const [account, count] of Object.entries(accountsFrom(facts)))
      sums[named(account)] = (sums[named(account)] ?? 0) + count;
  };
  for (const { epoch } of authority.former)
    if (central)
      add(factsIn(entriesAt(central.store, epoch)), (name) => (inCabinet.includes(name) ? 'unexplained' : name));
  add(factsIn(journalsOf(universe).at(-1)?.rows ?? []), (account) => account);
  return Object.fromEntries(Object.entries(sums).filter(([, count]) => count !== 0));
}

/** A right rests with a kiosk where it was handed out ahead and is kept there, or where people decide on its closed epoch. */
export function restsWithKiosk({ kiosk, central }: Universe, rightId: string): boolean {
  if (!kiosk || !central) return false;
  const kept = rowsOf<{ right_id: string }>(
    kiosk.store,
    'SELECT right_id FROM offline_lease WHERE lease_id IS NOT NULL',
  );
  const fenced = rowsOf<{ right_id: string }>(
    central.store,
    `SELECT right_id FROM print_right JOIN epoch USING (kiosk, epoch)
     WHERE state IN ('fenced', 'fenced-inked') AND closed_ms IS NOT NULL`,
  );
  return [...kept, ...fenced].some(({ right_id }) => right_id === rightId);
}

/** While a restored office has not heard all kiosks it grants nothing: who holds what is adopted when the first one asks. */
export function isRestoring({ central }: Universe): boolean {
  return central !== null && rowsOf(central.store, 'SELECT term FROM restore WHERE finished_ms IS NULL').length > 0;
}

/** What a replay says of rights that neither the backup nor a log knows, before they are adopted. */
export const unknownYet = /: no such right$|: the right is usable and not with this kiosk$/;

/** What a replay says of orders that the backup does not know: no log keeps them. */
export const forgottenOrder = /^command\.\w+: no such command for this kiosk$/;

/** Nothing is granted in an epoch that is over. */
export function epochFaults({ central }: Universe): string[] {
  if (!central) return [];
  const late = rowsOf<{ lease_id: string }>(
    central.store,
    `SELECT lease_id FROM lease l JOIN epoch e ON e.kiosk = l.kiosk AND e.epoch = l.epoch
     WHERE json_extract(l.claims, '$.grantedMs') > e.closed_ms
        OR l.granted_ms = e.closed_ms AND l.state = 'live'
          AND NOT EXISTS (SELECT 1 FROM print_right r WHERE r.lease_id = l.lease_id AND r.state LIKE 'fenced%')`,
  );
  return late.map(() => '6 a lease was granted in a closed epoch');
}

/** Orders of the office that have no end yet. */
export function openOrders({ central }: Pick<Universe, 'central'>): { kind: string; state: string }[] {
  const sql = "SELECT kind, state FROM command WHERE state IN ('created', 'sent', 'received')";
  return central ? rowsOf(central.store, sql) : [];
}

/** An order has an end, and a revocation that was stored is followed by no ink. */
export function orderFaults({ central }: Universe, facts: readonly Fact[]): string[] {
  if (!central) return [];
  const revocations = rowsOf<{ cmd_id: string; lease: string | null }>(
    central.store,
    "SELECT cmd_id, json_extract(args, '$.leaseId') AS lease FROM command WHERE kind = 'revoke-lease'",
  );
  const inkedAfter = (cmdId: string, lease: string) => {
    const at = (name: string) => facts.findIndex(({ type, data }) => type === name && data.cmdId === cmdId);
    const [stored, done] = [at('command.received'), at('command.done')];
    const ink = facts.findLastIndex(({ type, subject }) => type === 'print.inking' && subject.startsWith(lease));
    const issued = facts.some(
      ({ type, subject, data }) => type === 'print.outcome' && subject.startsWith(lease) && data.outcome === 'issued',
    );
    return (stored >= 0 && ink > stored) || (done >= 0 && issued);
  };
  return [
    ...openOrders({ central }).map(({ kind, state }) => `6 an order has no end: ${kind} stays ${state}`),
    ...revocations
      .filter(({ cmd_id, lease }) => lease !== null && inkedAfter(cmd_id, lease))
      .map(() => '6 a lease was revoked, and its card was printed'),
  ];
}
