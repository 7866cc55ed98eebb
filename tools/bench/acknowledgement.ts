import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { controllerMigrations } from '#controller/controller.ts';
import { openJournal } from '#controller/journal/journal.ts';
import { withDeadline } from '#kit/async.ts';
import { openMqttCarrier } from '#kit/mqtt-carrier.ts';
import { openFileStore } from '#kit/store.ts';
import type { Figure, Ground } from './figure.ts';
import { enrol, uplinkOver } from './kiosk-uplink.ts';
import { startProgram } from './processes.ts';
import { median, quantile } from './stats.ts';

const warmUp = 50;
const events = 400;
const patienceMs = 10_000;

/** One fact, from before its durable write until central's acknowledgement, kiosk and office being two processes. */
export const acknowledgement: Figure = {
  title: 'one fact from its durable write to the acknowledgement, over TCP, both sides writing to disk',
  async measure(ground) {
    const { writeMs, totalMs } = await send(ground);
    const row = (what: string, ms: number[]) => [what, median(ms), quantile(ms, 0.95)];
    const rest = totalMs.map((ms, index) => ms - (writeMs[index] ?? 0));
    const runs = totalMs.length;
    return {
      measures: [
        { aim: 'acknowledgement', what: 'event to acknowledgement, p50', value: median(totalMs), unit: 'ms', runs },
        { aim: null, what: 'event to acknowledgement, p95', value: quantile(totalMs, 0.95), unit: 'ms', runs },
      ],
      details: [
        {
          title: 'where the time goes (ms)',
          columns: ['what', 'p50', 'p95'],
          rows: [
            row('whole', totalMs),
            row("  the kiosk's durable write", writeMs),
            row('  wire, broker, intake with its durable write, and back', rest),
          ],
        },
      ],
      notes: ['One fact at a time: nothing is batched, as it is in a quiet kiosk.'],
    };
  },
};

async function send(ground: Ground): Promise<{ writeMs: number[]; totalMs: number[] }> {
  const { folder, clock, random, progress } = ground;
  await using office = await startProgram('tools/bench/office.ts', [join(folder, 'central')]);
  const { enrolment, password } = await enrol(String(office.ready.controlPath));
  const { kiosk, epoch, brokerUrl: url } = enrolment;
  mkdirSync(join(folder, 'kiosk'));
  using store = openFileStore(join(folder, 'kiosk/journal.db'), { migrations: controllerMigrations });
  await using carrier = openMqttCarrier({ url, clientId: kiosk, username: kiosk, password });
  const journal = openJournal({ store, clock, kiosk, epoch, boot: Buffer.from(random.bytes(6)).toString('hex') });
  const uplink = uplinkOver(ground, journal, carrier, enrolment);
  const stop = new AbortController();
  uplink.run(stop.signal).catch(() => undefined); // without it nothing is acknowledged, and that shows
  const [writeMs, totalMs]: [number[], number[]] = [[], []];
  for (let count = 0; count < warmUp + events; count += 1) {
    if (count % 200 === 0) progress(`acknowledgement: event ${count} of ${warmUp + events}`);
    const startMs = clock.monotonicMs();
    journal.record('bench', (append) => append(fact));
    const writtenMs = clock.monotonicMs();
    await withDeadline(clock, patienceMs, undefined, (signal) =>
      uplink.ackedSeq.until((seq) => seq >= journal.head().seq, signal),
    );
    if (count < warmUp) continue;
    writeMs.push(writtenMs - startMs);
    totalMs.push(clock.monotonicMs() - startMs);
  }
  stop.abort();
  return { writeMs, totalMs };
}

const fact = {
  type: 'device.changed',
  subject: 'camera',
  data: { device: 'camera', state: 'ready', code: null },
} as const;
