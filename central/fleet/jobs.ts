import type { EntryType, PrintOutcome } from '#contract/uplink/entries.ts';
import type { Db } from '#kit/store.ts';
import { type EntryLine, linesWhere } from './entry-line.ts';

/** One attempt at one card: one blank. */
export interface Job {
  /** `leaseId/attempt` */
  subject: string;
  kiosk: string;
  visitNo: string | null;
  attempt: number;
  startedMs: number;
  endedMs: number | null;
  /** The last of the four write-ahead entries that was committed. */
  phase: EntryType;
  outcome: PrintOutcome | null;
  reason: string | null;
  place: string | null;
}

/** The newest attempts, by the kiosks' clocks; of one kiosk, or of all. */
export function recentJobs(db: Db, options: { kiosk?: string; limit: number }): Job[] {
  // Both walk back from the end and stop early; a `+` keeps the planner from sorting everything instead.
  const [of, order] = options.kiosk === undefined ? ['', 'rowid DESC'] : ['AND kiosk = ?', 'epoch DESC, seq DESC'];
  const rows = db
    .prepare(
      `SELECT subject FROM entry WHERE +type = 'print.intended' AND +subject IS NOT NULL ${of} ORDER BY ${order} LIMIT ?`,
    )
    .all(...(options.kiosk === undefined ? [] : [options.kiosk]), options.limit) as { subject: string }[];
  const jobs = rows.flatMap(({ subject }) => jobOf(db, subject) ?? []);
  return jobs.sort((a, b) => b.startedMs - a.startedMs);
}

/** Null where no attempt of this name was ever committed. */
export function jobOf(db: Db, subject: string): Job | null {
  const lines = linesWhere(db, "subject = ? AND type LIKE 'print.%' AND quarantined IS NULL", subject);
  const [first] = lines;
  const last = lines.at(-1);
  if (!first || !last) return null;
  const end = lines.find(({ type }) => type === 'print.outcome');
  return {
    subject,
    kiosk: first.kiosk,
    visitNo: first.visitNo,
    attempt: Number(subject.split('/')[1] ?? 1),
    startedMs: first.atMs,
    endedMs: end?.atMs ?? null,
    phase: last.type as EntryType,
    outcome: (end?.data.outcome as PrintOutcome | undefined) ?? null,
    reason: (end?.data.reason as string | undefined) ?? null,
    place: (end?.data.place as string | undefined) ?? null,
  };
}

/** Everything committed about one attempt: its own entries, its lease, and the visit it was made for. */
export function timelineOf(db: Db, subject: string): EntryLine[] {
  const job = jobOf(db, subject);
  if (!job) return [];
  const [leaseId = ''] = subject.split('/');
  const lines = linesWhere(db, 'subject = ? OR subject = ?', subject, leaseId);
  if (!job.visitNo) return lines;
  const epoch = lines[0]?.epoch ?? 0;
  return linesWhere(
    db,
    'subject = ? OR subject = ? OR (visit_no = ? AND kiosk = ? AND epoch = ?)',
    subject,
    leaseId,
    job.visitNo,
    job.kiosk,
    epoch,
  );
}
