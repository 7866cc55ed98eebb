import type { Db } from '#kit/store.ts';

/** Where a SPECIMEN can be. None of these is an account of the real ledger, and none is ever moved into one. */
export type TrainingAccount = 'safe' | 'feeder' | 'in-process' | 'printed' | 'box' | 'spoiled' | 'unexplained';
export type TrainingBooks = Record<TrainingAccount, number>;

const nothing: TrainingBooks = {
  safe: 0,
  feeder: 0,
  'in-process': 0,
  printed: 0,
  box: 0,
  spoiled: 0,
  unexplained: 0,
};

/** Training is a fact that outlives the program: a kiosk that starts again is still in training. */
export function isTraining(db: Db): boolean {
  const row = db.prepare("SELECT value FROM counter WHERE name = 'training'").get() as { value: number } | undefined;
  return row?.value === 1;
}

export function setTraining(db: Db, on: boolean): void {
  db.prepare("INSERT OR REPLACE INTO counter VALUES ('training', ?)").run(on ? 1 : 0);
}

export function trainingBooks(db: Db): TrainingBooks {
  const rows = db.prepare('SELECT account, count FROM training_stock').all() as {
    account: TrainingAccount;
    count: number;
  }[];
  return { ...nothing, ...Object.fromEntries(rows.map(({ account, count }) => [account, count])) };
}

/** Double entry, as the real ledger: SPECIMEN blanks move and never vanish. Only safe and unexplained may go below 0. */
export function moveSpecimen(db: Db, from: TrainingAccount, to: TrainingAccount, count: number): void {
  const held = trainingBooks(db)[from];
  if (held < count && from !== 'safe' && from !== 'unexplained')
    throw new RangeError(`${from} holds ${held} SPECIMEN, not ${count}`);
  const book = db.prepare(
    'INSERT INTO training_stock VALUES (?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count',
  );
  book.run(from, -count);
  book.run(to, count);
}
