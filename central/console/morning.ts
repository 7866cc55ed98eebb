import type { Action } from '#central/fleet/actions.ts';
import type { Overview } from '#central/fleet/overview.ts';
import type { Message } from '#contract/uplink/messages.ts';
import type { Db } from '#kit/store.ts';

type State = Message<'state'>;

/** Room for the journal of one kiosk, as it said last: what is taken of its budget, and what the disk has left. */
export interface JournalRoom extends NonNullable<State['disk']> {
  /** Taken of the budget, from 0 to 1 and beyond. */
  share: number;
  /** Time to make room: the kiosk stops printing, rather than forget, when budget or disk is used up. */
  narrow: boolean;
}

/** A journal that fills up is a task long before the kiosk stops; `count` is the per cent taken. */
export type Task = Action | (Omit<Action, 'what'> & { what: 'journal-room' });

/** The morning page, with what the console adds to the books: how full each kiosk's disk is. */
export interface Morning extends Omit<Overview, 'actions'> {
  actions: Task[];
}

const narrowShare = 0.8;
/** Four times what the kiosk leaves to its system before it stops printing. */
const narrowFreeBytes = 256 * 2 ** 20;

/** What a kiosk last said of its disk and of the newest term that it knows; null where it said nothing. */
export function saidOf(db: Db, kiosk: string): { room: JournalRoom | null; term: number | null } {
  const row = db.prepare('SELECT state FROM kiosk_state WHERE kiosk = ?').get(kiosk) as { state: string } | undefined;
  const { disk, term = null } = row ? (JSON.parse(row.state) as State) : {};
  return { room: disk ? roomOf(disk) : null, term };
}

function roomOf(disk: NonNullable<State['disk']>): JournalRoom {
  const share = disk.usedBytes / Math.max(1, disk.budgetBytes);
  return { ...disk, share, narrow: share > narrowShare || disk.freeBytes < narrowFreeBytes };
}

/** A kiosk that says `kiosk/disk-full` has its task already; one that is gone is asked for its disk when it is back. */
export function withRoomTasks(db: Db, overview: Overview): Morning {
  const tasks = overview.kiosks
    .filter(({ link, service }) => link === 'connected' && service?.reason !== 'kiosk/disk-full')
    .flatMap(({ kiosk }) => taskOf(kiosk, saidOf(db, kiosk).room));
  return { ...overview, actions: amongWarnings(overview, tasks) };
}

function taskOf(kiosk: string, room: JournalRoom | null): Task[] {
  if (!room?.narrow) return [];
  const count = Math.round(room.share * 100);
  const when = { sinceMs: null, dueMs: null };
  return [
    { what: 'journal-room', kiosk, code: null, device: null, owner: 'technician', severity: 'warning', count, ...when },
  ];
}

/** After all that is overdue, urgent or a warning with an age; before what is only said for information. */
function amongWarnings({ actions, atMs }: Overview, tasks: Task[]): Task[] {
  const later = ({ severity, dueMs }: Action) => severity === 'info' && !(dueMs !== null && dueMs < atMs);
  const at = actions.findIndex(later);
  return at === -1 ? [...actions, ...tasks] : [...actions.slice(0, at), ...tasks, ...actions.slice(at)];
}
