import type { Journal } from '#controller/journal/journal.ts';
import type { Uplink } from '#controller/uplink/uplink.ts';
import { systemClock as clock } from '#kit/clock.ts';
import { silentLog } from '#kit/log.ts';
import { systemRandom } from '#kit/random.ts';
import type { Walked } from '#tools/pickup/walk.ts';
import { walk } from '#tools/pickup/walk.ts';
import { openPlace, type Place } from '#tools/place/place.ts';
import type { DemoCitizen } from '#tools/population/demo-citizens.ts';
import { servedCitizens } from './served-citizens.ts';

/** One pickup inside one life of a place. */
export interface LifePickup {
  /** From the tap on start until central has acknowledged the entry of the outcome. */
  totalMs: number;
  /** From the same tap until the screen says goodbye. */
  goodbyeMs: number;
  phasesMs: Record<string, number>;
  /** Durable writes of the controller, by name, from the tap until it has come to rest. */
  writes: Record<string, number>;
}

// One life of a place in a process of its own, so that the first pickup is a first one: LINKS, FOLDER and how many pickups.
const [links = 'memory', folder = '', count = '6'] = process.argv.slice(2);
/** The kiosk writes down what was acknowledged after a second without news; then it rests. */
const restMs = 2_500;
const alone = new AbortController().signal;

let writes: Record<string, number> = {};
await using place = await openPlace({
  clock,
  folder,
  random: systemRandom,
  log: silentLog,
  pacing: 'zero',
  links: links === 'memory' ? 'memory' : 'sockets',
  onWrite(name) {
    writes[name] = (writes[name] ?? 0) + 1;
  },
});
await makeReady(place);
const pickups: LifePickup[] = [];
for (const citizen of servedCitizens.slice(0, Number(count))) pickups.push(await pickup(place, citizen));
process.stdout.write(`${JSON.stringify(pickups)}\n`);

/** Cards in feeder and books, an officer on duty, and a kiosk that serves and rests. */
async function makeReady({ cabinet, kiosk }: Place): Promise<void> {
  const { operators } = kiosk.controller;
  cabinet.world.loadHopper(20, 'OP-BENCH');
  operators.load({ count: 20, document: 'BA-BENCH', operatorId: 'OP-BENCH' });
  operators.openDuty({ operatorId: 'OP-BENCH', certificateId: 'CERT-BENCH' });
  await served(kiosk.controller.kiosk.service);
  await clock.sleep(restMs);
}

async function served(service: () => { mode: string; reason: string | null }): Promise<void> {
  const untilMs = clock.monotonicMs() + 30_000;
  while (service().mode !== 'full') {
    if (clock.monotonicMs() > untilMs) throw new Error(`the kiosk does not serve: ${service().reason}`);
    await clock.sleep(10);
  }
}

async function pickup({ kiosk, cabinet }: Place, citizen: DemoCitizen): Promise<LifePickup> {
  const { controller } = kiosk;
  const { code: who, pickupCode: number, pin, says } = citizen;
  const phasesMs: Record<string, number> = {};
  writes = {};
  const startMs = clock.monotonicMs();
  let sinceMs = startMs;
  const goodbye = { ms: 0 };
  const acknowledged = outcomeAcknowledged(controller.journal, controller.uplink);
  const walked = await walk(
    controller,
    cabinet,
    { who, fingersOf: number, number, pin, says },
    clock,
    ({ name }) => {
      const nowMs = clock.monotonicMs();
      phasesMs[name] = (phasesMs[name] ?? 0) + nowMs - sinceMs;
      sinceMs = nowMs;
      if (name === 'receipt') goodbye.ms = nowMs - startMs;
    },
    alone,
  );
  mustBeIssued(walked, who);
  const totalMs = (await acknowledged) - startMs;
  controller.kiosk.tap({ tap: 'done' });
  await served(controller.kiosk.service);
  await clock.sleep(restMs);
  return { totalMs, goodbyeMs: goodbye.ms, phasesMs, writes };
}

function mustBeIssued({ outcome, code, acknowledged }: Walked, who: string): void {
  if (outcome !== 'issued' || !acknowledged) throw new Error(`${who} got no card: ${outcome} ${code}`);
}

/** The moment at which central has acknowledged the next outcome of a card. */
async function outcomeAcknowledged(journal: Journal, uplink: Uplink): Promise<number> {
  const before = journal.head().seq;
  const hasOutcome = (seq: number) =>
    seq > before && journal.entries(before + 1, seq).some(({ type }) => type === 'print.outcome');
  await uplink.ackedSeq.until(hasOutcome, alone);
  return clock.monotonicMs();
}
