import type { SiteInfo } from '#contract/uplink/enrolment.ts';
import type { Message } from '#contract/uplink/messages.ts';
import type { Db } from '#kit/store.ts';
import { type Stock, stockOf } from './stock.ts';

/** How old a report may be before it is called old, and before it is left out of sums. */
export const oldAfterMs = 15 * 60_000;
export const excludedAfterMs = 24 * 3_600_000;
/** A kiosk may have spoken in the moments while central was opening. */
const openingMs = 5_000;

type State = Message<'state'>;

/** One kiosk in honest degrees: each is a fact of its own, and none of them is health. */
export interface KioskNow {
  kiosk: string;
  site: Pick<SiteInfo, 'code' | 'name' | 'kind'>;
  registeredMs: number;
  /** `unheard`: nothing since central began to listen, so nobody knows. */
  link: 'connected' | 'gone' | 'unheard';
  /** When central last had any word of it. */
  lastWordMs: number | null;
  /** The last fact that was committed: by the kiosk's clock, and when it came in. */
  lastEntry: { atMs: number; receivedMs: number } | null;
  epoch: number | null;
  /** Its authority was ended: it prints for nobody until the next epoch is opened. */
  epochClosed: boolean;
  committedSeq: number;
  /** Facts that are still at the kiosk; null where it has not said how many it has. */
  backlog: number | null;
  service: NonNullable<State['service']> | null;
  /** `sinceMs` is known of those that are not ready. */
  devices: { device: string; state: string; code: string | null; sinceMs: number | null }[];
  ribbonPrintsLeft: number | null;
  officerCalled: boolean;
  software: string | null;
  stock: Stock;
}

interface Mark {
  epoch: number;
  seq: number;
  closed_ms: number | null;
}

interface Row {
  kiosk: string;
  site: string;
  registered_ms: number;
  state: string | null;
  state_ms: number | null;
}

/** All kiosks by name. `listeningSinceMs` is when this central began: older snapshots say nothing about now. */
export function kiosksNow(db: Db, listeningSinceMs: number): KioskNow[] {
  const rows = db
    .prepare(
      `SELECT k.kiosk, k.site, k.registered_ms, s.state, s.received_ms AS state_ms
       FROM kiosk k LEFT JOIN kiosk_state s ON s.kiosk = k.kiosk ORDER BY k.kiosk`,
    )
    .all() as Row[];
  return rows.map((row) => kioskNow(db, row, listeningSinceMs));
}

function kioskNow(db: Db, row: Row, listeningSinceMs: number): KioskNow {
  const { code, name, kind } = JSON.parse(row.site) as SiteInfo;
  const state = row.state ? (JSON.parse(row.state) as State) : null;
  const mark = currentMark(db, row.kiosk);
  const last = lastEntry(db, row.kiosk);
  const heardSince = row.state_ms !== null && row.state_ms >= listeningSinceMs - openingMs;
  return {
    kiosk: row.kiosk,
    site: { code, name, kind },
    registeredMs: row.registered_ms,
    link: !state || !heardSince ? 'unheard' : state.online ? 'connected' : 'gone',
    lastWordMs: Math.max(row.state_ms ?? 0, last?.receivedMs ?? 0) || null,
    lastEntry: last,
    epoch: mark?.epoch ?? null,
    epochClosed: mark !== undefined && mark.closed_ms !== null,
    committedSeq: mark?.seq ?? 0,
    backlog: state?.head && mark?.epoch === state.epoch ? Math.max(0, state.head.seq - mark.seq) : null,
    service: state?.service ?? null,
    devices: devicesOf(db, row.kiosk, state),
    ribbonPrintsLeft: state?.ribbonPrintsLeft ?? null,
    officerCalled: state?.officerCalled ?? false,
    software: state?.software ?? null,
    stock: stockOf(db, row.kiosk),
  };
}

/** What the kiosk last said of its own accounts, if all that it had written by then is committed here and nothing more. */
export function ownBooks(db: Db, kiosk: string): Record<string, number> | null {
  const row = db.prepare('SELECT state FROM kiosk_state WHERE kiosk = ?').get(kiosk) as { state: string } | undefined;
  const state = row ? (JSON.parse(row.state) as State) : null;
  const mark = currentMark(db, kiosk);
  const same = state?.head && mark && state.epoch === mark.epoch && state.head.seq === mark.seq;
  return same ? (state.blanko ?? null) : null;
}

function currentMark(db: Db, kiosk: string): Mark | undefined {
  const row = db
    .prepare('SELECT epoch, seq, closed_ms FROM epoch WHERE kiosk = ? ORDER BY epoch DESC LIMIT 1')
    .get(kiosk);
  return row as Mark | undefined;
}

function lastEntry(db: Db, kiosk: string): KioskNow['lastEntry'] {
  const row = db
    .prepare('SELECT at_ms, received_ms FROM entry WHERE kiosk = ? ORDER BY epoch DESC, seq DESC LIMIT 1')
    .get(kiosk) as { at_ms: number; received_ms: number } | undefined;
  return row ? { atMs: row.at_ms, receivedMs: row.received_ms } : null;
}

function devicesOf(db: Db, kiosk: string, state: State | null): KioskNow['devices'] {
  return Object.entries(state?.devices ?? {}).map(([device, { state: now, code }]) => ({
    ...{ device, state: now, code },
    sinceMs: now === 'ready' ? null : troubledSince(db, kiosk, device),
  }));
}

/** Walks back from the end of the journal: while something is broken not much is written. */
function troubledSince(db: Db, kiosk: string, device: string): number | null {
  const row = db
    .prepare(
      `SELECT at_ms FROM entry WHERE kiosk = ? AND +type = 'device.changed' AND +subject = ?
       ORDER BY epoch DESC, seq DESC LIMIT 1`,
    )
    .get(kiosk, device) as { at_ms: number } | undefined;
  return row?.at_ms ?? null;
}

/** Whether it serves people fully, as far as anybody can know now. */
export function serves(kiosk: KioskNow): boolean {
  return kiosk.link === 'connected' && kiosk.service?.mode === 'full';
}
