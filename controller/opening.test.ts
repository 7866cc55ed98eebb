import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { manualClock } from '#kit/manual-clock.ts';
import { joseSealer } from '#kit/sealer.ts';
import { controllerMigrations } from './controller.ts';
import { openKioskFiles } from './kiosk-files.ts';
import { openAll } from './opening.ts';

/** A kiosk's folder with a journal of its first epoch that is none, and a way to bring enrolments. */
async function damagedKiosk() {
  const folder = mkdtempSync(join(tmpdir(), 'anjungan-opening-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const files = await openKioskFiles(folder, 'SU1-A', joseSealer);
  const central = await joseSealer.newSealingKey();
  const signing = await joseSealer.newSigningKey();
  const sealedPassword = await joseSealer.seal('password', files.keys.publicKey);
  const site = {
    ...{ code: 'SU1', name: 'Seberang Ulu I', kind: 'KECAMATAN', kecamatanCode: '16.71.02' },
    ...{ cityCode: '16.71', city: 'Kota Palembang', province: 'Sumatera Selatan' },
  };
  const bring = (epoch: number) => {
    const keys = { centralSealingKey: central.publicKey, centralSigningKey: signing.publicKey };
    const enrolment = { v: 1, kiosk: 'SU1-A', shard: 'plg', epoch, site, brokerUrl: 'mqtt://here', ...keys };
    writeFileSync(`${files.enrolmentPath}.new`, JSON.stringify({ ...enrolment, sealedPassword }));
    renameSync(`${files.enrolmentPath}.new`, files.enrolmentPath);
  };
  bring(1);
  writeFileSync(files.journalPath(1), 'x'.repeat(9_000));
  return { folder, bring };
}

test('an enrolment that is brought at the very moment the damage is told opens the next epoch', async () => {
  const { folder, bring } = await damagedKiosk();
  const told: (string | null)[] = [];
  const clock = manualClock();
  const stop = new AbortController();
  const opening = openAll(
    {
      clock,
      openFiles: () => openKioskFiles(folder, 'SU1-A', joseSealer),
      options: { migrations: controllerMigrations },
      show(code) {
        told.push(code);
        if (code === 'kiosk/journal-damaged') bring(2);
      },
    },
    stop.signal,
  );
  let isOpen = false;
  const opened = opening.then((all) => {
    isOpen = true;
    return all;
  });
  for (let looks = 0; !isOpen && looks < 20; looks += 1) await clock.advance(500);
  stop.abort(new Error('the newer enrolment was not seen'));
  const { enrolment, store } = await opened;
  store.close();
  expect(enrolment.epoch).toBe(2);
  expect(told).toEqual(['kiosk/journal-damaged', null]);
});
