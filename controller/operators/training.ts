import { boxContent, countIn } from '#controller/blanko/stock.ts';
import { expectNothing } from '#controller/jobs/counter.ts';
import { openAttempts } from '#controller/jobs/facts.ts';
import type { Append } from '#controller/journal/journal.ts';
import { withDeadline } from '#kit/async.ts';
import type { Db } from '#kit/store.ts';
import { needsOpeningCount } from './opening-count.ts';
import { actOfTwo, countOf, documentOf, named, reasonOf, someOf, twoOf } from './people.ts';
import { clearSpecimen, printSpecimen, type SpecimenEnd, type TrainingPorts } from './training-print.ts';
import { isTraining, moveSpecimen, setTraining, type TrainingBooks, trainingBooks } from './training-stock.ts';

export type { TrainingPorts } from './training-print.ts';

type By = { by: readonly string[] };

/** What two people counted when training ends, and what was loaded. 0 = every SPECIMEN came back. */
export interface TrainingCount {
  counted: number;
  loaded: number;
  difference: number;
}

/**
 * Training with SPECIMEN blanks, counted in a ledger of their own; the real one does not know of them. While it is on the
 * kiosk serves nobody, its real hopper is empty, and stays so: no load and no count is taken.
 */
export interface Training {
  /** Durable: a kiosk that starts again is still in training. */
  readonly on: boolean;
  /** A SPECIMEN is in the machine: nobody else may ask anything of the printer. */
  readonly busy: boolean;
  books(): TrainingBooks;
  /** Only over an empty machine: hopper and box empty by the books and the feeder by its sensor. */
  turnOn(who: By): Promise<void>;
  load(what: By & { count: number; document: string }): void;
  spoil(what: By & { count: number; reason: string }): void;
  /** Prints one SPECIMEN, and gives it to the officer at the slot or moves it to the box. */
  print(what: { operatorId: string; to: 'slot' | 'box' }): Promise<SpecimenEnd>;
  /** Only over a machine that is empty of SPECIMEN; what was counted is a fact, and a difference opens a case. */
  turnOff(what: By & { feeder: number; box: number; printed: number }): Promise<TrainingCount>;
  /** Brings the machine to a known state while training is on: what `recover` is for citizens' cards. */
  settle(signal: AbortSignal): Promise<void>;
}

const askWithinMs = 30_000;

export function openTraining(ports: TrainingPorts): Training {
  const { journal, store, clock, printer, idle, changed } = ports;
  let busy = false;

  const act = <T>(name: string, work: (append: Append, db: Db) => T): T => {
    const result = journal.record(name, (append, db) => {
      requireOn(db);
      return work(append, db);
    });
    changed();
    return result;
  };

  /** One thing at a time, and none beside a citizen. */
  async function alone<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (busy) throw new Error('a SPECIMEN is in the machine: wait for it');
    if (!idle()) throw new Error('somebody is being served: wait until the visit is over');
    busy = true;
    try {
      return await work(ports.life());
    } finally {
      busy = false;
    }
  }

  /** The sensors' word that nothing lies in the feeder and nothing in the transport. */
  async function requireEmptyMachine(signal: AbortSignal): Promise<void> {
    const seen = await withDeadline(clock, askWithinMs, signal, (stop) => printer.check({ signal: stop }));
    if (seen.feederHasCards !== false) throw new Error('the feeder is not seen empty: take every card out first');
    if (seen.inside !== 'none') throw new Error('the printer is not seen empty: a card is inside');
  }

  return {
    get on() {
      return store.read(isTraining);
    },
    get busy() {
      return busy;
    },
    books: () => store.read(trainingBooks),
    turnOn({ by }) {
      const people = twoOf(by);
      return alone(async (signal) => {
        store.read((db) => requireEmptyBooks(db, journal.epoch));
        await requireEmptyMachine(signal);
        if (!idle()) throw new Error('somebody is being served: wait until the visit is over');
        journal.record('training.on', (append, db) => {
          requireEmptyBooks(db, journal.epoch);
          append({ type: 'operator.acted', data: actOfTwo('training-on', people, { reason: 'hopper 0, box 0' }) });
          setTraining(db, true);
        });
        changed();
      });
    },
    load({ count, document, by }) {
      const people = twoOf(by);
      const loaded = someOf(count);
      const told = { document: documentOf(document), reason: `${loaded} SPECIMEN` };
      act('training.loaded', (append, db) => {
        moveSpecimen(db, 'safe', 'feeder', loaded);
        append({ type: 'operator.acted', data: actOfTwo('training-load', people, told) });
      });
    },
    spoil({ count, reason, by }) {
      const people = twoOf(by);
      const spoiled = someOf(count);
      const told = { reason: `${spoiled} SPECIMEN: ${reasonOf(reason)}` };
      act('training.spoiled', (append, db) => {
        moveSpecimen(db, 'feeder', 'spoiled', spoiled);
        append({ type: 'operator.acted', data: actOfTwo('training-spoil', people, told) });
      });
    },
    print({ operatorId, to }) {
      const who = named(operatorId);
      return alone((signal) => {
        store.read(requireOn);
        return printSpecimen(ports, who, to, signal);
      });
    },
    turnOff({ feeder, box, printed, by }) {
      const people = twoOf(by);
      const counts = { feeder: countOf(feeder), box: countOf(box), printed: countOf(printed) };
      return alone(async (signal) => {
        store.read(requireOn);
        await requireEmptyMachine(signal);
        const witness = await withDeadline(clock, askWithinMs, signal, (stop) => printer.witness({ signal: stop }));
        return act('training.off', (append, db) => {
          expectNothing(db, witness);
          return close(append, db, counts, people);
        });
      });
    },
    async settle(signal) {
      if (busy) return;
      busy = true;
      try {
        await clearSpecimen(ports, signal);
      } finally {
        busy = false;
      }
    },
  };
}

function requireOn(db: Db): void {
  if (!isTraining(db)) throw new Error('this kiosk is not in training: type training on first');
}

/** Real blanks and SPECIMEN never lie in one feeder or one box. */
function requireEmptyBooks(db: Db, epoch: number): void {
  if (isTraining(db)) throw new Error('this kiosk is in training already');
  if (needsOpeningCount(db, epoch)) throw new Error('the books of this epoch are empty: type opening-count first');
  const hopper = countIn(db, 'hopper');
  const boxed = Object.values(boxContent(db)).reduce((sum, count) => sum + count, 0);
  if (hopper > 0) throw new Error(`the hopper holds ${hopper} by the books: unload them first`);
  if (boxed !== 0) throw new Error(`the reject box holds ${boxed} by the books: empty-box first`);
  if (countIn(db, 'in-process') > 0 || openAttempts(db).length > 0) throw new Error("a citizen's card is in process");
}

function close(
  append: Append,
  db: Db,
  { feeder, box, printed }: Record<'feeder' | 'box' | 'printed', number>,
  people: [string, string],
): TrainingCount {
  const loaded = -trainingBooks(db).safe;
  const counted = feeder + box + printed;
  const reason = `feeder ${feeder}, box ${box}, printed ${printed}: ${counted} of ${loaded}`;
  append({ type: 'operator.acted', data: actOfTwo('training-off', people, { reason }) });
  if (counted !== loaded) append({ type: 'operator.acted', data: actOfTwo('training-difference', people, { reason }) });
  db.prepare('DELETE FROM training_stock').run(); // counted and closed; the journal keeps what came and went
  setTraining(db, false);
  return { counted, loaded, difference: counted - loaded };
}
