import type { EntryPlace } from '#central/intake/intake.ts';
import type { Entry } from '#contract/uplink/entries.ts';
import type { Message } from '#contract/uplink/messages.ts';
import type { Clock } from '#kit/clock.ts';
import { newId, type Random } from '#kit/random.ts';
import type { Db } from '#kit/store.ts';

export type CommandState = 'created' | 'sent' | 'received' | 'done' | 'failed' | 'expired' | 'cancelled';

/** What a kiosk is told to do, and how far it came. */
export interface CommandRow {
  cmdId: string;
  kiosk: string;
  kind: string;
  args: Record<string, string>;
  state: CommandState;
  /** Why it failed. */
  code: string | null;
  createdMs: number;
  expiresMs: number;
  changedMs: number;
  orderedBy: string[];
}

export interface Order {
  kiosk: string;
  kind: string;
  args?: Record<string, string>;
  /** Wall time after which an order that gives something is refused by the kiosk, and sent no more. */
  expiresMs: number;
  orderedBy: readonly string[];
}

/** Makes a command in the caller's transaction and returns its id; `Central.sendCommands` sends it once that is committed. */
export function createCommand(db: Db, random: Random, nowMs: number, order: Order): string {
  const cmdId = newId(random);
  db.prepare("INSERT INTO command VALUES (?, ?, ?, ?, 'created', NULL, ?, ?, ?, ?)").run(
    cmdId,
    order.kiosk,
    order.kind,
    JSON.stringify(order.args ?? {}),
    nowMs,
    order.expiresMs,
    nowMs,
    JSON.stringify(order.orderedBy),
  );
  return cmdId;
}

/** How long a kiosk has to take up what its staff wait for. */
const orderMs = 72 * 3_600_000;

/** The same as a thing to lend: whoever orders in a transaction of their own need not know clock and random. */
export function openOrdering({ random, clock }: { random: Random; clock: Clock }) {
  return (
    db: Db,
    order: { kiosk: string; kind: string; args: Record<string, string>; by: readonly string[] },
  ): string => {
    const nowMs = clock.wallMs();
    const { by, ...what } = order;
    return createCommand(db, random, nowMs, { ...what, expiresMs: nowMs + orderMs, orderedBy: by });
  };
}

/** A kiosk that speaks in an epoch which is closed is told so, where no order says it: a restore has closed it by the log alone. */
export function tellClosed(db: Db, random: Random, nowMs: number, { kiosk, epoch }: { kiosk: string; epoch: number }) {
  const row = db
    .prepare(
      `SELECT closed_by FROM epoch e WHERE kiosk = ? AND epoch = ? AND closed_ms IS NOT NULL AND NOT EXISTS (
         SELECT 1 FROM command c WHERE c.kiosk = e.kiosk AND c.kind = 'epoch-closed'
           AND c.args ->> 'epoch' = CAST(e.epoch AS TEXT) AND c.state NOT IN ('expired', 'cancelled'))`,
    )
    .get(kiosk, epoch) as { closed_by: string | null } | undefined;
  if (!row) return;
  const orderedBy = JSON.parse(row.closed_by ?? '[]') as string[];
  const args = { epoch: String(epoch) };
  createCommand(db, random, nowMs, { kiosk, kind: 'epoch-closed', args, expiresMs: nowMs + orderMs, orderedBy });
}

const open = "state IN ('created', 'sent', 'received')";

/**
 * What only takes away is obeyed late too (decision 0024), so time alone never ends it: an order about a lease stands while that
 * lease may be used, and the end of an epoch until its kiosk has confirmed it. A kiosk may be without a line for weeks.
 */
const stands = `(kind = 'epoch-closed' OR (kind IN ('revoke-lease', 'surrender-lease') AND NOT EXISTS (
  SELECT 1 FROM lease l WHERE l.lease_id = command.args ->> 'leaseId' AND l.state <> 'live')))`;

/** Whether a command goes out for the first time or is over by time: an idle fleet writes nothing. */
export function commandsChange(db: Db, kiosk: string, nowMs: number): boolean {
  const row = db
    .prepare(
      `SELECT 1 FROM command WHERE kiosk = ? AND ${open} AND (state = 'created' OR (expires_ms <= ? AND NOT ${stands}))
       LIMIT 1`,
    )
    .get(kiosk, nowMs);
  return row !== undefined;
}

/** Before they are sent: those that are too late are over, and those that nobody had sent are on their way. */
export function changeCommands(db: Db, kiosk: string, nowMs: number): void {
  db.prepare(
    `UPDATE command SET state = 'expired', changed_ms = ?
     WHERE kiosk = ? AND ${open} AND expires_ms <= ? AND NOT ${stands}`,
  ).run(nowMs, kiosk, nowMs);
  db.prepare("UPDATE command SET state = 'sent', changed_ms = ? WHERE kiosk = ? AND state = 'created'").run(
    nowMs,
    kiosk,
  );
}

/** The commands of a kiosk whose end nobody knows yet, oldest first. */
export function commandsToSend(db: Db, kiosk: string): Message<'cmd'>[] {
  const rows = db.prepare(`SELECT * FROM command WHERE kiosk = ? AND ${open} ORDER BY rowid`).all(kiosk) as Row[];
  return rows.map((row) => ({
    ...{ v: 1, cmdId: row.cmd_id, kind: row.kind, exp: row.expires_ms },
    args: JSON.parse(row.args) as Record<string, string>,
  }));
}

/** Orders given to an epoch end with it; what the kiosk did of them all the same is still believed. */
export function cancelOpenCommands(db: Db, kiosk: string, nowMs: number): void {
  db.prepare(
    `UPDATE command SET state = 'cancelled', code = 'right/epoch-closed', changed_ms = ? WHERE kiosk = ? AND ${open}`,
  ).run(nowMs, kiosk);
}

/** All commands of a kiosk, newest first. */
export function commandsOf(db: Db, kiosk: string): CommandRow[] {
  const rows = db.prepare('SELECT * FROM command WHERE kiosk = ? ORDER BY rowid DESC LIMIT 500').all(kiosk) as Row[];
  return rows.map(rowFrom);
}

/**
 * Follows what the kiosk says of a command. Its journal decides: an act that it reports after the command was over is
 * believed; an end that is already known stays. Returns what did not fit.
 */
export function followCommand(db: Db, { kiosk }: EntryPlace, entry: Entry, nowMs: number): string | null {
  const to = endings[entry.type as keyof typeof endings];
  if (!to) return null;
  const { cmdId, code } = entry.data as { cmdId: string; code?: string };
  const row = db.prepare('SELECT * FROM command WHERE cmd_id = ?').get(cmdId) as Row | undefined;
  if (row?.kiosk !== kiosk) return `${entry.type}: no such command for this kiosk`;
  if (row.state === 'done' || row.state === 'failed') return `${entry.type}: the command is ${row.state} already`;
  const over = row.state === 'expired' || row.state === 'cancelled';
  if (to === 'received' && over) return null; // it may still end as done: then that counts
  db.prepare('UPDATE command SET state = ?, code = ?, changed_ms = ? WHERE cmd_id = ?').run(
    to,
    code ?? null,
    nowMs,
    cmdId,
  );
  return null;
}

const endings = {
  'command.received': 'received',
  'command.done': 'done',
  'command.failed': 'failed',
} as const satisfies Partial<Record<Entry['type'], CommandState>>;

interface Row {
  cmd_id: string;
  kiosk: string;
  kind: string;
  args: string;
  state: CommandState;
  code: string | null;
  created_ms: number;
  expires_ms: number;
  changed_ms: number;
  ordered_by: string;
}

function rowFrom(row: Row): CommandRow {
  return {
    cmdId: row.cmd_id,
    kiosk: row.kiosk,
    kind: row.kind,
    args: JSON.parse(row.args) as Record<string, string>,
    state: row.state,
    code: row.code,
    createdMs: row.created_ms,
    expiresMs: row.expires_ms,
    changedMs: row.changed_ms,
    orderedBy: JSON.parse(row.ordered_by) as string[],
  };
}
