import fc from 'fast-check';
import { expect, test } from 'vitest';
import { endedAs, type Fact, loaded, presented, printedUpTo } from '#central/fleet/test-office.ts';
import { rightOf } from '#central/rights/follow.ts';
import { type Closing, openClosing } from './test-closing.ts';

const kiosks = ['K-1', 'K-2'] as const;
const people = ['rani', 'budi'] as const;
type Kiosk = (typeof kiosks)[number];
type Lease = ReturnType<Closing['grants']>;

/** Where a card body is: the truth that nobody at the office can see. */
interface Card {
  rightId: string;
  kiosk: Kiosk;
  at: 'inside' | 'box' | 'hand' | 'destroyed';
  looks: 'blank' | 'partial' | 'complete';
}
/** A disk in a cabinet: what it holds, what it has written and not yet told. `off`: people have opened the cabinet. */
interface Disk {
  kiosk: Kiosk;
  epoch: number;
  off: boolean;
  work: { lease: Lease; phase: 'leased' | 'intended' | 'inking' | 'presenting'; attempt: number; card: Card | null }[];
  untold: Fact[];
}

/** How often the rare acts were allowed over all runs: where nothing is ever allowed nothing is proved. */
const seen = { restored: 0, generations: 0, uncounted: 0 };

/** A town of two cabinets whose disks go on working whatever the office does: they may not hear of it for weeks. */
class Town {
  readonly office = openClosing();
  readonly cards: Card[] = [];
  readonly hopper = new Map<Kiosk, number>();
  readonly disks: Disk[] = [];
  private bodies = 0;
  private visits = 0;

  async opens() {
    for (const kiosk of kiosks) {
      await this.office.registers(kiosk);
      this.office.tells(kiosk, loaded(20, 'BA-0001'));
      this.hopper.set(kiosk, 20);
      this.disks.push({ kiosk, epoch: 1, off: false, work: [], untold: [] });
    }
  }
  /** The disk that the cabinet runs on: the newest one. */
  disk = (kiosk: Kiosk) => this.disks.filter((disk) => disk.kiosk === kiosk).at(-1) as Disk;

  /** What the office refuses is refused; anything else that is thrown is a fault. */
  tries<T>(work: () => T): T | null {
    try {
      return work();
    } catch (error) {
      const said = (error as Error).message;
      if (!/granted|closed|open|decide|count|body|books|use|card|first|kiosk|lost/.test(said)) throw error;
      return null;
    }
  }

  grants(kiosk: Kiosk, person: string) {
    const disk = this.disk(kiosk);
    this.office.entersEpoch(kiosk, disk.epoch);
    const lease = this.tries(() => this.office.grants(kiosk, person));
    if (lease && !disk.off) disk.work.push({ lease, phase: 'leased', attempt: 1, card: null });
  }

  /** One more step at the cabinet, as the disk knows how: it asks nobody. */
  steps(kiosk: Kiosk, choice: number) {
    const disk = this.disk(kiosk);
    const job = disk.work[choice % Math.max(1, disk.work.length)];
    if (!job || disk.off) return;
    const { lease, attempt } = job;
    const { rightId } = lease;
    const visit = `SU1-${1000 + this.visits++}-0`;
    const facts = printedUpTo(lease, visit, attempt).slice(attempt === 1 ? 1 : 0); // intent, movement, inking, printed
    const over = (...said: Fact[]) => {
      disk.work.splice(disk.work.indexOf(job), 1);
      disk.untold.push(...said);
    };
    if (job.phase === 'leased') {
      if (choice % 4 === 0) return over({ type: 'lease.voided', data: { ...lease, reason: 'identify/cancelled' } });
      if ((this.hopper.get(kiosk) ?? 0) === 0) return;
      this.hopper.set(kiosk, (this.hopper.get(kiosk) ?? 0) - 1);
      job.card = { rightId, kiosk, at: 'inside', looks: 'blank' };
      this.cards.push(job.card);
      disk.untold.push(...facts.slice(0, 2));
      job.phase = 'intended';
    } else if (job.phase === 'intended') {
      if (job.card) job.card.looks = 'partial';
      disk.untold.push(...facts.slice(2));
      job.phase = 'inking';
    } else if (job.phase === 'inking' && choice % 3 === 0) {
      if (job.card) job.card.at = 'box';
      disk.untold.push(...endedAs(lease, visit, 'spoiled', attempt));
      Object.assign(job, { phase: 'leased', attempt: attempt + 1, card: null });
    } else if (job.phase === 'inking') {
      if (job.card) job.card.looks = 'complete';
      disk.untold.push(presented(lease, visit, attempt));
      job.phase = 'presenting';
    } else {
      const outcome = (['issued', 'retained', 'issued', 'issued'] as const)[choice % 4] ?? 'issued';
      if (job.card) job.card.at = outcome === 'issued' ? 'hand' : 'box';
      over(...endedAs(lease, visit, outcome, attempt));
    }
  }

  /** Staff put blanks in; the disk may never get to tell. */
  loads(kiosk: Kiosk, count: number) {
    const disk = this.disk(kiosk);
    if (disk.off) return;
    this.hopper.set(kiosk, (this.hopper.get(kiosk) ?? 0) + count);
    disk.untold.push(loaded(count, 'BA-0002'));
  }

  tells(which: number, count: number) {
    const disk = this.disks[which % this.disks.length] as Disk;
    const facts = disk.untold.splice(0, count);
    if (facts.length === 0) return;
    this.office.entersEpoch(disk.kiosk, disk.epoch);
    this.office.tells(disk.kiosk, ...facts);
  }

  closes = (kiosk: Kiosk) => void this.tries(() => this.office.closes(kiosk));

  /** People stand before the cabinet: it is off, its old disk is taken out, and they begin with a count. */
  opensNext(kiosk: Kiosk) {
    const epoch = this.tries(() => this.office.opens(kiosk));
    if (epoch === null) return;
    this.disk(kiosk).off = true;
    this.disks.push({ kiosk, epoch, off: false, work: [], untold: [] });
    const opening = (to: 'hopper' | 'spoiled', count: number): Fact[] =>
      count === 0
        ? []
        : [
            {
              type: 'blanko.moved',
              data: { from: 'unexplained', to, count, evidence: 'opening', by: ['OP-1', 'OP-2'] },
            },
          ];
    this.disk(kiosk).untold.push(...opening('hopper', this.hopper.get(kiosk) ?? 0));
    this.disk(kiosk).untold.push(...opening('spoiled', this.inside(kiosk).length));
    const acted = { action: 'opening-count', by: ['OP-1', 'OP-2'], reason: 'as found' };
    this.disk(kiosk).untold.push({ type: 'operator.acted', data: acted });
  }

  inside = (kiosk: Kiosk) =>
    this.cards.filter((card) => card.kiosk === kiosk && (card.at === 'inside' || card.at === 'box'));

  /** Two honest people count, which needs the cabinet open and its program ended. */
  counts(kiosk: Kiosk) {
    const disk = this.disk(kiosk);
    const look = (kind: Card['looks']) => this.inside(kiosk).filter(({ looks }) => looks === kind).length;
    const bodies = { complete: look('complete'), partial: look('partial'), blank: look('blank') };
    const kept = this.tries(() => this.office.counts(kiosk, { hopper: this.hopper.get(kiosk) ?? 0, ...bodies }));
    if (
      kept !== null &&
      this.office.store.read(
        (db) =>
          db.prepare('SELECT closed_ms AS at FROM epoch WHERE kiosk = ? AND epoch = ?').get(kiosk, disk.epoch) as {
            at: number | null;
          },
      ).at !== null
    )
      disk.off = true;
  }

  /** They say `destroyed` only of a body that they hold; whether it restores a right is the office's to know. */
  decides(which: number, choice: number) {
    const all = this.office.store.read((db) => db.prepare('SELECT right_id AS id, state FROM print_right').all()) as {
      id: string;
      state: string;
    }[];
    const open = all.filter(({ state }) => ['fenced', 'fenced-inked', 'held', 'in-doubt'].includes(state));
    const rights = open.length > 0 && which > 0 ? open : all;
    const id = rights[which % Math.max(1, rights.length)]?.id;
    if (!id) return;
    const as = (['issued', 'destroyed', 'lost'] as const)[choice % 3] ?? 'lost';
    const bodies = this.cards.filter((card) => card.rightId === id && (card.at === 'inside' || card.at === 'box'));
    if (as !== 'destroyed') {
      const counts = this.office.store.read((db) => {
        const { kiosk, epoch } = rightOf(db, id) ?? {};
        return db.prepare('SELECT 1 FROM office_count WHERE kiosk = ? AND epoch = ?').get(kiosk, epoch);
      });
      const done = this.tries(() => this.office.decides(id, as) === undefined);
      if (done && !counts) seen.uncounted += 1;
      return;
    }
    if (bodies.length === 0 && choice % 2 === 0) return; // else they take some other card for it
    const body = bodies.at(-1);
    const done = this.tries(() => {
      this.office.decides(id, as, `body ${this.bodies++}`);
      return true;
    });
    if (done) seen.restored += 1;
    if (done && body) body.at = 'destroyed';
  }

  opensGeneration(person: string) {
    if (this.tries(() => this.office.opensGeneration(person))) seen.generations += 1;
  }

  holds() {
    const { office, cards } = this;
    const rights = office.store.read((db) =>
      db.prepare('SELECT right_id AS id, person, state FROM print_right').all(),
    ) as { id: string; person: string; state: string }[];
    for (const { id, state } of rights) {
      const out = cards.filter((card) => card.rightId === id && card.at === 'hand');
      expect(out.length, `cards of ${id} in a hand`).toBeLessThanOrEqual(1);
      if (state === 'usable') expect(out, `${id} is usable, and a card of it is out`).toEqual([]);
      const able = this.disks.filter(({ off, work }) => !off && work.some(({ lease }) => lease.rightId === id));
      expect(able.length, `disks that may print ${id}`).toBeLessThanOrEqual(1);
      if (able.length > 0) expect(state, `${id} while a disk may print it`).not.toBe('usable');
    }
    for (const person of people) {
      const open = rights.filter((row) => row.person === person && !['issued', 'closed', 'lost'].includes(row.state));
      expect(open.length, `open rights of ${person}`).toBeLessThanOrEqual(1);
    }
    const live = office.store.read((db) =>
      db.prepare("SELECT right_id, count(*) AS n FROM lease WHERE state = 'live' GROUP BY right_id HAVING n > 1").all(),
    );
    expect(live).toEqual([]);
    for (const kiosk of kiosks) {
      const stock = office.stock(kiosk); // throws where the accounts are not what all movements give
      expect(Object.values(stock).reduce((sum, count) => sum + count, 0)).toBe(0);
    }
  }
}

const kioskOf = fc.constantFrom(...kiosks);
const personOf = fc.constantFrom(...people);
const event = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('grant' as const), kiosk: kioskOf, person: personOf }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('step' as const), kiosk: kioskOf, n: fc.nat(11) }) },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('tell' as const), n: fc.nat(3), count: fc.integer({ min: 1, max: 6 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('load' as const), kiosk: kioskOf, n: fc.integer({ min: 1, max: 2 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('close' as const), kiosk: kioskOf }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('open' as const), kiosk: kioskOf }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('count' as const), kiosk: kioskOf }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('decide' as const), n: fc.nat(3), as: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('generation' as const), person: personOf }) },
);

type Event = typeof event extends fc.Arbitrary<infer E> ? E : never;

/** A cabinet that dies in the middle of whatever it did: closed, counted, decided about, and told of later, in part. */
const death = fc
  .record({
    kiosk: kioskOf,
    choices: fc.array(fc.tuple(fc.nat(3), fc.constantFrom(1, 4, 1, 0, 2)), { minLength: 2, maxLength: 6 }),
    late: fc.nat(6),
    opens: fc.boolean(),
  })
  .map(({ kiosk, choices, late, opens }): Event[] => [
    { do: 'close', kiosk },
    { do: 'count', kiosk },
    ...choices.map(([n, as]): Event => ({ do: 'decide', n, as })),
    ...(late > 0 ? [{ do: 'tell' as const, n: kiosk === 'K-1' ? 0 : 1, count: late }] : []),
    ...(opens ? [{ do: 'open' as const, kiosk }] : []),
    { do: 'grant', kiosk: kiosk === 'K-1' ? 'K-2' : 'K-1', person: 'rani' },
  ]);
const life = fc.oneof({ weight: 14, arbitrary: event.map((one): Event[] => [one]) }, { weight: 1, arbitrary: death });

function happens(town: Town, one: Event): void {
  if (one.do === 'grant') town.grants(one.kiosk, one.person);
  else if (one.do === 'step') town.steps(one.kiosk, one.n);
  else if (one.do === 'tell') town.tells(one.n, one.count);
  else if (one.do === 'load') town.loads(one.kiosk, one.n);
  else if (one.do === 'close') town.closes(one.kiosk);
  else if (one.do === 'open') town.opensNext(one.kiosk);
  else if (one.do === 'count') town.counts(one.kiosk);
  else if (one.do === 'decide') town.decides(one.n, one.as);
  else town.opensGeneration(one.person);
}

test('whatever kiosks, late facts and the office do in whatever order: one authority per right, no freed right while a card is out, balanced books', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(life, { minLength: 10, maxLength: 50, size: 'max' }), async (lives) => {
      const town = new Town();
      using _office = town.office;
      await town.opens();
      for (const one of lives.flat()) {
        happens(town, one);
        town.holds();
      }
    }),
    { numRuns: 220, seed: 20_261_121 },
  );
  expect(
    Math.min(seen.restored, seen.generations, seen.uncounted),
    'how often the rare acts were allowed',
  ).toBeGreaterThan(4);
}, 60_000);
