import type { ProblemCode } from '#contract/problems/codes.ts';
import type { Message } from '#contract/uplink/messages.ts';
import type { Append } from '#controller/journal/journal.ts';
import type { Db } from '#kit/store.ts';

/** A command that was received and has no end yet. */
export interface OpenCommand {
  cmdId: string;
  kind: string;
  args: Record<string, string>;
  expiresMs: number;
}

interface Row {
  cmd_id: string;
  kind: string;
  args: string;
  expires_ms: number;
}

export function isKnown(db: Db, cmdId: string): boolean {
  return db.prepare('SELECT 1 FROM command WHERE cmd_id = ?').get(cmdId) !== undefined;
}

/** Before anything is done: from here on the command is obeyed once, over restarts and repeats. */
export function receivedIn(append: Append, db: Db, { cmdId, kind, args, exp }: Message<'cmd'>): OpenCommand {
  append({ type: 'command.received', subject: cmdId, data: { cmdId, kind } });
  db.prepare("INSERT INTO command VALUES (?, ?, ?, ?, 'received')").run(cmdId, kind, JSON.stringify(args ?? {}), exp);
  return { cmdId, kind, args: args ?? {}, expiresMs: exp };
}

/** The end of a command, once: done, or why not. */
export function endIn(append: Append, db: Db, cmdId: string, code: ProblemCode | null): void {
  const row = openCommands(db).find((one) => one.cmdId === cmdId);
  if (!row) return;
  const { kind } = row;
  append(
    code
      ? { type: 'command.failed', subject: cmdId, data: { cmdId, kind, code } }
      : { type: 'command.done', subject: cmdId, data: { cmdId, kind } },
  );
  db.prepare('UPDATE command SET state = ? WHERE cmd_id = ?').run(code ? 'failed' : 'done', cmdId);
}

/** Remembers what was found out on the way to the end. */
export function addArgs(db: Db, { cmdId, args }: OpenCommand, more: Record<string, string>): void {
  db.prepare('UPDATE command SET args = ? WHERE cmd_id = ?').run(JSON.stringify({ ...args, ...more }), cmdId);
}

export function openCommands(db: Db): OpenCommand[] {
  const rows = db.prepare("SELECT * FROM command WHERE state = 'received' ORDER BY rowid").all() as Row[];
  return rows.map((row) => ({
    cmdId: row.cmd_id,
    kind: row.kind,
    args: JSON.parse(row.args) as Record<string, string>,
    expiresMs: row.expires_ms,
  }));
}
