import type { Account } from '#contract/uplink/accounts.ts';
import type { PrintOutcome } from '#contract/uplink/entries.ts';
import { moveBlanko } from '#controller/blanko/stock.ts';
import {
  type Attempt,
  openAttempts,
  writeInking,
  writeIntended,
  writeOutcome,
  writePresenting,
  writePrinted,
} from '#controller/jobs/facts.ts';
import type { ManualClock } from '#kit/manual-clock.ts';
import { fraction, pick, type Random, whole } from '#kit/random.ts';
import { type MemoryStore, openMemoryStore } from '#kit/store.ts';
import type { Office, Wire } from '#tests/support/office.ts';
import { kioskMigrations } from '#tests/support/outbox.ts';
import { openRacer, type Racer } from './racer.ts';

/** A kiosk that prints on paper only: the product's leases and write-ahead entries, and crashes between any two of them. */
export interface PrintingKiosk {
  name: string;
  /** Somebody comes; nothing happens where a visit is under way. */
  isVisitedBy(citizen: string): void;
  /** The power goes and comes back; what the last life was about to do never happens. */
  crashes(): Promise<void>;
  attempts(): { rightId: string; outcome: PrintOutcome | null }[];
  liveLeases(): string[];
  /** Whether central has acknowledged all that is in the journal. */
  isReported(): boolean;
}

const books: Record<PrintOutcome, Account> = {
  issued: 'issued',
  retained: 'retained',
  spoiled: 'spoiled',
  unused: 'hopper',
  'in-doubt': 'in-doubt',
};
const witness = { serial: null, cardsFed: null, ribbonPrintsLeft: null };

interface PrintingKioskOptions {
  office: Office;
  wire: Wire;
  clock: ManualClock;
  random: Random;
  name: string;
}

export async function openPrintingKiosk({
  office,
  wire,
  clock,
  random,
  name,
}: PrintingKioskOptions): Promise<PrintingKiosk> {
  const disk = openMemoryStore({ migrations: kioskMigrations });
  const { enrolment, password } = await office.register(name);
  let lives = 0;
  let life = await begin();
  life.racer.journal.record('hopper.loaded', (append, db) =>
    moveBlanko(append, db, { from: 'kecamatan-safe', to: 'hopper', count: 1_000, evidence: 'BA-1' }),
  );

  async function begin() {
    lives += 1;
    const power = { on: true, busy: false };
    const store = whilePowered(disk, power);
    const carrier = wire.kiosk(enrolment, password);
    const racer = await openRacer({ office, enrolment, carrier, clock, random, store, boot: `boot-${lives}` });
    for (const attempt of disk.read(openAttempts)) {
      const inked = attempt.phase !== 'intended';
      const outcome = attempt.phase === 'presenting' ? 'issued' : inked ? 'in-doubt' : 'unused';
      ends(racer, attempt, outcome);
    }
    racer.voidsAllUnused();
    return { racer, power };
  }

  function ends({ journal }: { journal: Parameters<typeof writeOutcome>[0] }, attempt: Attempt, outcome: PrintOutcome) {
    const place = outcome === 'issued' ? 'hand' : 'unknown';
    writeOutcome(journal, attempt, { outcome, reason: 'done', place, blanko: books[outcome], evidence: 'paper' });
  }

  /** Somewhere between any two of these lines the power may go. */
  async function visit({ racer }: typeof life, citizen: string): Promise<void> {
    const lease = await racer.asksFor(await racer.identifies(citizen));
    if (!lease) return;
    try {
      for (let blank = 0; blank < 2; blank += 1) {
        await passes();
        if (fraction(random) < 0.2) return; // the citizen walks away
        if ((await print(racer, lease)) !== 'spoiled') return;
      }
    } finally {
      racer.voids(lease);
    }
  }

  async function print(racer: typeof life.racer, lease: Parameters<Racer['voids']>[0]): Promise<PrintOutcome> {
    const { journal } = racer;
    const attempt = writeIntended(journal, clock, lease, witness, 'SU1-0001-9');
    await passes();
    const finish = (outcome: PrintOutcome) => {
      ends(racer, attempt, outcome);
      return outcome;
    };
    if (fraction(random) < 0.4) return finish('unused');
    writeInking(journal, attempt);
    await passes();
    if (fraction(random) < 0.7) return finish('spoiled');
    writePrinted(journal, attempt);
    writePresenting(journal, attempt, 1);
    await passes();
    return finish(pick(random, ['issued', 'retained']));
  }

  const passes = () => clock.sleep(whole(random, 2_000));

  return {
    name,
    isVisitedBy(citizen) {
      if (life.power.busy) return;
      const mine = life;
      mine.power.busy = true;
      const over = () => {
        mine.power.busy = false;
      };
      visit(mine, citizen).then(over, over); // refused, or dead: the next one comes
    },
    async crashes() {
      life.power.on = false;
      life.racer.kill();
      await life.racer[Symbol.asyncDispose]();
      life = await begin();
    },
    attempts: () =>
      disk.read((db) => db.prepare('SELECT right_id AS rightId, outcome FROM attempt').all()) as ReturnType<
        PrintingKiosk['attempts']
      >,
    liveLeases: () =>
      (
        disk.read((db) => db.prepare("SELECT right_id FROM lease WHERE state = 'live'").all()) as { right_id: string }[]
      ).map((row) => row.right_id),
    isReported: () => life.racer.journal.acked().seq === life.racer.journal.head().seq,
  };
}

/** What a dead life still wants to write reaches no disk. */
function whilePowered(disk: MemoryStore, power: { on: boolean }): MemoryStore {
  return {
    ...disk,
    write(name, work) {
      if (!power.on) throw new Error('the power is off');
      return disk.write(name, work);
    },
  };
}
