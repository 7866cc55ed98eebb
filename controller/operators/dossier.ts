import type { Entry, EntryData } from '#contract/uplink/entries.ts';
import type { Devices } from '#controller/devices/devices.ts';
import type { Journal } from '#controller/journal/journal.ts';
import type { PanelSensors } from '#drivers/panel/panel.ts';
import { withDeadline } from '#kit/async.ts';
import type { Clock } from '#kit/clock.ts';
import { type Db, type Store, StoreBroken } from '#kit/store.ts';
import type { Lang } from './age.ts';
import { type Case, casesOf } from './cases.ts';
import { allowedNow, type CardNow, commandFor, type Decision, type Matter } from './decisions.ts';
import type { MayDecide } from './desk.ts';
import { deskFacts } from './desk-facts.ts';
import { entryInWords } from './entry-words.ts';
import { named } from './people.ts';
import { waitingRows } from './waiting.ts';

type Witness = EntryData<'print.intended'>['witness'];

/** What the machine says of itself now. `null`: it did not answer in time, or was not asked because somebody is served. */
export interface MachineNow {
  sensors: PanelSensors | null;
  inside: string | null;
  witness: Witness | null;
}

/** One matter that people decide on: all that is known of it, and what they may do. */
export interface Dossier {
  subject: string | null;
  visitNo: string | null;
  matter: Matter[];
  sinceMs: number;
  journal: { seq: number; atMs: number; words: string }[];
  /** The printer's counters at the intent, and the machine now. */
  atIntent: Witness | null;
  now: MachineNow;
  /** A frame taken for this question only, JPEG in base64; null where none was asked for or none can be had. */
  picture: string | null;
  decisions: { decision: Decision; command: string | null }[];
}

export interface DossierPorts {
  journal: Journal;
  store: Store;
  clock: Clock;
  devices: Pick<Devices, 'printer' | 'panel' | 'camera' | 'cardPrinterDriver'>;
  /** True while nobody is served: the printer and the camera are asked only then. */
  idle: () => boolean;
  /** Aborts when this process life ends. */
  life: () => AbortSignal;
  /** As `openDesk` takes it. */
  mayDecide?: MayDecide;
}

export interface Desktop {
  /** `about`: the subject of an attempt, the number of a visit, or a case. */
  open(about: string, how: { lang: Lang; pictureBy: string | null }): Promise<Dossier>;
}

const answerWithinMs = 10_000;

/** Opens the desk on one matter. Throws in words where nothing waits under that name. */
export function openDesktop(ports: DossierPorts): Desktop {
  const { store, journal, devices, idle } = ports;
  return {
    async open(about, { lang, pictureBy }) {
      const signal = ports.life();
      const matter = store.read((db) => matterOf(db, about.trim(), !ports.mayDecide?.()));
      const entries = store.read((db) => entriesAbout(db, matter));
      const picture = pictureBy === null ? null : await takePicture(named(pictureBy), matter.subject);
      return {
        subject: matter.subject,
        visitNo: matter.visitNo,
        matter: matter.kinds,
        sinceMs: matter.sinceMs,
        journal: entries.map(({ seq, entry }) => ({ seq, atMs: entry.at.wallMs, words: entryInWords(entry, lang) })),
        atIntent: witnessIn(entries.map(({ entry }) => entry)),
        now: idle() ? await askMachine(ports, signal) : { sensors: devices.panel.sensors, inside: null, witness: null },
        picture,
        decisions: decisionsFor(matter),
      };

      /** Who looked is an entry before the camera looks; the picture itself is kept nowhere. */
      async function takePicture(operatorId: string, subject: string | null): Promise<string> {
        const { camera } = devices;
        if (!camera) throw new Error('this kiosk has no camera that answers');
        if (!idle()) throw new Error('somebody is being served: no picture is taken of a citizen');
        journal.record('picture.taken', (append) =>
          append({
            type: 'operator.acted',
            ...(subject && { subject }),
            data: { action: 'picture-taken', operatorId, reason: 'for the desk; kept nowhere' },
          }),
        );
        return withDeadline(ports.clock, answerWithinMs, signal, async (stop) => {
          for await (const { jpeg } of camera.frames(stop)) return Buffer.from(jpeg).toString('base64');
          throw new Error('the camera gave no picture');
        });
      }
    },
  };
}

interface MatterNow {
  subject: string | null;
  visitNo: string | null;
  kinds: Matter[];
  sinceMs: number;
  cases: Case[];
  card: CardNow | null;
}

function matterOf(db: Db, about: string, isOurs: boolean): MatterNow {
  const number = about.toUpperCase();
  const open = casesOf(deskFacts(db)).filter(({ closedBy }) => closedBy === null);
  const rows = waitingRows(db).filter(({ subject, visitNo }) => subject === about || visitNo === number);
  const named = open.filter(({ id, subject, visitNo }) => id === number || subject === about || visitNo === number);
  const subjects = new Set([...rows, ...named].map(({ subject }) => subject));
  if (subjects.size === 0) throw new Error(`nothing waits under ${about}`);
  if (subjects.size > 1) throw new Error(`several cards wait under ${about}: ${[...subjects].join(', ')}`);
  const [subject = null] = subjects;
  const cases = subject === null ? named : open.filter((one) => one.subject === subject);
  const states = waitingRows(db).filter((row) => row.subject === subject);
  const kinds: Matter[] = [...new Set([...states.map(({ state }) => state), ...cases.map(({ kind }) => kind)])];
  const visitNo = [...states, ...cases].find((one) => one.visitNo !== null)?.visitNo ?? null;
  const sinceMs = Math.min(...states.map((one) => one.sinceMs), ...cases.map(({ openedMs }) => openedMs));
  const inked = states.find(({ state }) => state !== 'blank-in-doubt');
  return { subject, visitNo, kinds, sinceMs, cases, card: inked ? { isSeen: inked.isSeen, isOurs } : null };
}

interface Line {
  seq: number;
  entry: Entry;
}

/** What the journal says of the card and of its visit, in order; of a difference, the entry that opened its case. */
function entriesAbout(db: Db, { subject, visitNo, cases }: MatterNow): Line[] {
  const rows = db
    .prepare(
      `SELECT seq, text FROM journal WHERE json_extract(text, '$.subject') = ?
       UNION SELECT seq, text FROM journal WHERE json_extract(text, '$.visitNo') = ?
       UNION SELECT seq, text FROM desk_fact WHERE json_extract(text, '$.subject') = ?
       UNION SELECT seq, text FROM desk_fact WHERE seq IN (SELECT value FROM json_each(?)) ORDER BY seq`,
    )
    .all(subject, visitNo, subject, JSON.stringify(cases.map(({ openedBy }) => openedBy)));
  return (rows as { seq: number; text: string }[]).map(({ seq, text }) => ({ seq, entry: JSON.parse(text) as Entry }));
}

function witnessIn(entries: readonly Entry[]): Witness | null {
  const intents = entries.flatMap((entry) => (entry.type === 'print.intended' ? [entry.data.witness] : []));
  return intents.at(-1) ?? null;
}

async function askMachine({ devices, clock }: DossierPorts, signal: AbortSignal): Promise<MachineNow> {
  const { printer, panel } = devices;
  const asked = <T>(work: (stop: AbortSignal) => Promise<T>): Promise<T | null> =>
    withDeadline(clock, answerWithinMs, signal, work).catch((error: unknown) => {
      if (error instanceof StoreBroken || signal.aborted) throw error;
      return null;
    });
  if (!devices.cardPrinterDriver) return { sensors: panel.sensors, inside: null, witness: null };
  const inside = await asked((stop) => printer.locate({ signal: stop }));
  const witness = await asked((stop) => printer.witness({ signal: stop }));
  return { sensors: panel.sensors, inside, witness };
}

function decisionsFor({ kinds, subject, cases, card }: MatterNow): Dossier['decisions'] {
  const about = { subject, case: cases[0] ?? null };
  return allowedNow(kinds, card).map((decision) => ({ decision, command: commandFor(decision, about) }));
}
