import { expect, test } from 'vitest';
import { centralMigrations } from '#central/central.ts';
import { type Enrolment, isEnrolment } from '#contract/uplink/enrolment.ts';
import { manualClock } from '#kit/manual-clock.ts';
import { seededRandom } from '#kit/random.ts';
import { joseSealer } from '#kit/sealer.ts';
import { openMemoryStore } from '#kit/store.ts';
import { seberangUlu1 } from '#tests/support/office.ts';
import { kioskRow, passwordHash, registerKiosk } from './enrolment.ts';

async function office() {
  const store = openMemoryStore({ migrations: centralMigrations });
  const sealing = await joseSealer.newSealingKey();
  const signing = await joseSealer.newSigningKey();
  const own = await joseSealer.newSealingKey();
  const registrar = {
    ...{ store, clock: manualClock(), random: seededRandom('enrolment'), sealer: joseSealer },
    ...{ keys: { sealing: sealing.publicKey, signing: signing.publicKey }, brokerUrl: 'mqtt://127.0.0.1:1883' },
  };
  const register = (kiosk = 'SU1-A', shard = 'plg') =>
    registerKiosk(registrar, { v: 1, kiosk, sealingKey: own.publicKey as never }, { shard, site: seberangUlu1 });
  const open = (enrolment: Enrolment) => joseSealer.open(enrolment.sealedPassword, own.privateKey);
  return { store, register, open };
}

test('a kiosk gets all it needs to speak, its password sealed to its own key; the office keeps a hash', async () => {
  const { store, register, open } = await office();
  const enrolment = await register();
  expect(isEnrolment(enrolment)).toBe(true);
  expect(JSON.stringify(enrolment)).not.toMatch(/"d":/); // no private half of any key
  const password = await open(enrolment);
  expect(password).toMatch(/^[\w-]{43}$/);
  const row = store.read((db) => kioskRow(db, 'SU1-A'));
  expect(row).toEqual({ kiosk: 'SU1-A', shard: 'plg', site: seberangUlu1, passwordHash: passwordHash(password) });
  expect(JSON.stringify(store.read((db) => db.prepare('SELECT * FROM kiosk').all()))).not.toContain(password);
});

test('registered again it gets another password and shard, and the same epoch: its journal goes on', async () => {
  const { store, register, open } = await office();
  const [first, second] = [await register(), await register('SU1-A', 'bkl')];
  expect([second.epoch, second.shard]).toEqual([first.epoch, 'bkl']);
  expect(await open(second)).not.toBe(await open(first));
  expect(store.read((db) => kioskRow(db, 'SU1-A'))?.passwordHash).toBe(passwordHash(await open(second)));
  expect(store.read((db) => db.prepare('SELECT epoch FROM epoch').all())).toEqual([{ epoch: 1 }]);
});

test.each(['', 'k/1', '+', '#', 'a b', '-a', 'x'.repeat(33), 'central'])(
  '%j cannot be the name of a kiosk',
  async (name) => {
    const { store, register } = await office();
    await expect(register(name)).rejects.toThrow();
    expect(store.read((db) => db.prepare('SELECT * FROM kiosk').all())).toEqual([]);
  },
);
