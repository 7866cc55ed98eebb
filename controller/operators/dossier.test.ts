import { expect, test } from 'vitest';
import { openMjpegCamera } from '#drivers/camera/mjpeg/camera.ts';
import type { CameraProcess } from '#drivers/camera/mjpeg/child.ts';
import { sceneJpeg } from '#drivers/camera/mjpeg/simulator/simulator.ts';
import { AsyncQueue } from '#kit/async.ts';
import type { ManualClock } from '#kit/manual-clock.ts';
import { seededRandom } from '#kit/random.ts';
import { two } from '#tests/support/desk-bench.ts';
import { openSchool, type SchoolLife } from '#tests/support/training-bench.ts';
import { operatorCommands } from './commands.ts';
import { inLines } from './show.ts';

/** A card that was presented and is nowhere to be seen, written as the jobs write it; the printer's counters are real. */
async function cardInDoubt({ journal, devices, stock }: SchoolLife): Promise<string> {
  stock.load({ count: 3, document: 'BA-0001', by: two });
  const { signal } = new AbortController();
  const witness = await devices.printer.witness({ signal });
  const where = { subject: 'lease-1/1', visitNo: 'SU1-0001-3' };
  const rightId = 'right-1';
  const leaseId = 'lease-1';
  journal.record('story', (append, db) => {
    append({ type: 'print.intended', ...where, data: { rightId, leaseId, attempt: 1, witness } });
    append({ type: 'print.inking', ...where, data: { rightId } });
    append({ type: 'print.presenting', ...where, data: { rightId, offer: 1 } });
    const reason = 'card-printer/outcome-unknown';
    append({
      type: 'print.outcome',
      ...where,
      data: { rightId, leaseId, outcome: 'in-doubt', reason, place: 'unknown' },
    });
    const took =
      "INSERT INTO attempt (subject, lease_id, right_id, number, visit_no, boot, phase, outcome) VALUES ('lease-1/1', 'lease-1', 'right-1', 1, 'SU1-0001-3', 'b', 'presenting', 'in-doubt')";
    db.prepare(took).run();
  });
  return where.subject;
}

test('the desk tells what the journal says, what the counters say then and now, and what may be decided', async () => {
  await using school = await openSchool();
  const life = await school.begins();
  const subject = await school.soon(cardInDoubt(life));
  school.cabinet.world.openDoor();
  await school.clock.advance(3_000);
  for (const about of [subject, 'SU1-0001-3', 'c-5']) {
    const dossier = await school.soon(life.desktop.open(about, { lang: 'id', pictureBy: null }));
    expect(dossier).toMatchObject({ subject, visitNo: 'SU1-0001-3', matter: ['in-doubt'], picture: null });
    expect(dossier.journal.map(({ words }) => words)).toEqual([
      expect.stringContaining('Satu blangko dipesan, percobaan 1'),
      'Kartu di kepala cetak. Sejak ini haknya ikut kartu itu.',
      'Kartu ditawarkan di lubang, kali ke-1. Sejak ini kartu mungkin sudah diambil.',
      'Akhirnya: ragu (card-printer/outcome-unknown); letak kartu: tidak diketahui.',
    ]);
    expect(dossier.now).toMatchObject({ inside: 'none', witness: dossier.atIntent, sensors: { doorClosed: false } });
    expect(dossier.decisions.map(({ decision }) => decision)).toEqual(['found', 'not-found', 'central']);
  }
  life.desk.found({ subject, place: 'di bawah pencetak', by: two });
  const found = await school.soon(life.desktop.open(subject, { lang: 'id', pictureBy: null }));
  expect(found.journal.at(-1)?.words).toBe('Tindakan body-found oleh OP-DEWI dan OP-AGUS, di bawah pencetak.');
  const decided = found.decisions.map(({ decision }) => decision);
  expect(decided).toEqual(['hand-over', 'retain', 'destroy', 'not-found', 'central']);
});

test('while somebody is served the printer is not asked, and the desk says what it knows without', async () => {
  await using school = await openSchool();
  const life = await school.begins();
  const subject = await school.soon(cardInDoubt(life));
  school.serves(true);
  const { now, atIntent } = await life.desktop.open(subject, { lang: 'en', pictureBy: null });
  expect(now).toMatchObject({ inside: null, witness: null, sensors: { shutterClosed: true } });
  expect(atIntent?.cardsFed).toBe(0);
});

/** A camera whose program has written one picture. */
async function insideCamera(clock: ManualClock) {
  const jpeg = await sceneJpeg({ held: null, covered: false });
  const spawn = (): CameraProcess => {
    const stdout = new AsyncQueue<Uint8Array>();
    stdout.push(jpeg);
    const exit = Promise.withResolvers<string>();
    const kill = () => {
      stdout.end();
      exit.resolve('ended');
    };
    return { stdout, exited: exit.promise, onComplaint: () => undefined, kill };
  };
  const options = { command: ['rpicam-vid'], stallMs: 60_000 };
  return openMjpegCamera({ spawn, clock, random: seededRandom('desk camera'), options });
}

test('a picture of now: who looked is in the journal, the picture is nowhere, and no citizen is ever in it', async () => {
  await using school = await openSchool(insideCamera);
  const life = await school.begins();
  const subject = await school.soon(cardInDoubt(life));
  const look = () => school.soon(life.desktop.open(subject, { lang: 'id', pictureBy: 'OP-DEWI' }));
  school.serves(true);
  await expect(look()).rejects.toThrow('no picture is taken of a citizen');
  school.serves(false);
  const { picture, journal } = await look();
  const jpeg = Buffer.from(picture ?? '', 'base64');
  expect([...jpeg.subarray(0, 2), ...jpeg.subarray(-2)]).toEqual([0xff, 0xd8, 0xff, 0xd9]);
  expect(journal.filter(({ words }) => words.includes('OP-DEWI'))).toHaveLength(0);
  const again = await school.soon(life.desktop.open(subject, { lang: 'id', pictureBy: null }));
  const looked = again.journal.filter(({ words }) => words.includes('OP-DEWI'));
  expect(looked).toHaveLength(1);
  expect(again.picture).toBeNull();
  expect(JSON.stringify(again.journal)).not.toContain(jpeg.subarray(200, 260).toString('base64'));
});

test('a picture is taken for a named officer only; without a camera there is none', async () => {
  await using school = await openSchool();
  const life = await school.begins();
  const subject = await school.soon(cardInDoubt(life));
  const before = life.journal.head().seq;
  const look = (pictureBy: string) => life.desktop.open(subject, { lang: 'id', pictureBy });
  await expect(look('Dewi Lestari')).rejects.toThrow('operator id');
  await expect(look('OP-DEWI')).rejects.toThrow('no camera');
  expect(life.journal.head().seq).toBe(before);
});

test('nothing waits under a name that nobody knows', async () => {
  await using school = await openSchool();
  const { desktop } = await school.begins();
  await expect(desktop.open('SU1-0009-9', { lang: 'id', pictureBy: null })).rejects.toThrow('nothing waits under');
});

test('what may be decided is said as it is typed, and the command line types it', async () => {
  await using school = await openSchool();
  const life = await school.begins();
  await school.soon(cardInDoubt(life));
  const { operators, stock, desk, desktop, training } = life;
  const ask = operatorCommands({ operators, stock, desk, desktop, training, printOwed: async () => {} });
  const answer = await school.soon(ask('desk', { about: 'SU1-0001-3', lang: 'en' }));
  const lines = inLines('desk', answer, school.clock.wallMs(), 'en');
  expect(lines).toContain('npm run kiosk -- found --subject lease-1/1 --place TEXT --by A --by B');
  expect(lines).not.toContain('npm run kiosk -- destroy');
  expect(lines).toContain('central: only the central office');
  await expect(ask('desk', { about: 'SU1-0001-3', picture: true })).rejects.toThrow('needs one operator');
  const destroys = { subject: 'lease-1/1', document: 'BA-0009', by: two };
  await expect(ask('destroy', destroys)).rejects.toThrow('found --subject lease-1/1 --place TEXT first, by two');
  await ask('not-found', { subject: 'lease-1/1', reason: 'searched', by: two });
  expect(inLines('cases', await ask('cases', {}), school.clock.wallMs(), 'en')).toContain(
    'looked for 1 times, not found',
  );
  await expect(ask('load', { count: '1e2', document: 'BA', by: two })).rejects.toThrow('NaN is not a number');
  await expect(ask('toString', {})).rejects.toThrow('no such command');
  await expect(ask('training', { about: 'dance' })).rejects.toThrow('training knows');
  expect(await ask('training', {})).toMatchObject({ on: false, feeder: 0 });
});
