import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findByCode, personOf } from '#central/gateway/records.ts';
import { openOffice } from '#central/office.ts';
import type { RightState } from '#contract/uplink/rights.ts';
import { silentLog } from '#kit/log.ts';
import { systemRandom } from '#kit/random.ts';
import { joseSealer, type Sealer } from '#kit/sealer.ts';
import { demoKiosk } from '#tools/place/place.ts';
import { centralTexts } from './books.ts';
import type { Citizen } from './citizen.ts';
import { sayAs, type Words } from './impostor.ts';
import { centralFolder, type Scene } from './scene.ts';
import { eventually } from './time.ts';

/** The office, seen from the kiosk: there, away, or not what it seems. */
export interface CentralDesk {
  /** Its process ends; nobody answers at its address. */
  goesAway(): Promise<void>;
  comesBack(): Promise<void>;
  restarts(): Promise<void>;
  /** Comes back with another hand that signs. */
  comesBackSigning(sign: Sealer['sign']): Promise<void>;
  /** Drops the kiosk's connection once; it connects again by itself. */
  dropsTheLine(): void;
  /** Somebody else with the office's password speaks to the kiosk; the office itself is pushed off the line meanwhile. */
  somebodyElseSays(words: Words): Promise<void>;
  /** Waits until the office shows this right in this state. */
  untilRightIs(state: RightState | 'none', citizen: Citizen): Promise<void>;
}

export function centralIn(scene: Scene): CentralDesk {
  const { parts, clock } = scene;
  const { port } = parts.office.broker;
  const comeBack = async (sealer: Sealer) => {
    parts.office = await openOffice({
      ...{ clock, sealer, random: systemRandom, log: silentLog, folder: centralFolder(scene) },
      ...{ host: '127.0.0.1', brokerPort: port, consolePort: null },
    });
    scene.centralAway = null;
  };
  const goAway = async () => {
    if (scene.centralAway) return;
    scene.centralAway = { texts: centralTexts(scene) };
    await parts.office[Symbol.asyncDispose]();
  };
  return {
    goesAway: goAway,
    comesBack: () => comeBack(joseSealer),
    async restarts() {
      await goAway();
      await comeBack(joseSealer);
    },
    async comesBackSigning(sign) {
      await goAway();
      await comeBack({ ...joseSealer, sign });
    },
    dropsTheLine: () => parts.office.broker.disconnect(demoKiosk),
    async somebodyElseSays(words) {
      const keys = JSON.parse(readFileSync(join(centralFolder(scene), 'keys.json'), 'utf8')) as {
        brokerPassword: string;
      };
      await sayAs({ id: 'central', password: keys.brokerPassword, url: `mqtt://127.0.0.1:${port}` }, words);
    },
    async untilRightIs(state, citizen) {
      const now = () => rightOf(scene, citizen);
      await eventually(
        clock,
        () => now() === state,
        () => `the right of ${citizen.code} is ${now()}, not ${state}`,
      );
    },
  };
}

/** The state of a person's newest right; `none` where it was never opened. */
export function rightOf({ parts }: Scene, { nik }: { nik: string }): RightState | 'none' {
  const { store, lookupKey } = parts.office;
  const sql = 'SELECT state FROM print_right WHERE person = ? ORDER BY generation DESC LIMIT 1';
  const row = store.read((db) => db.prepare(sql).get(personOf(lookupKey, nik))) as { state: RightState } | undefined;
  return row?.state ?? 'none';
}

/** What the office would have printed on this person's card. */
export function recordOf({ parts }: Scene, pickupCode: string) {
  const { store, lookupKey } = parts.office;
  const found = store.read((db) => findByCode(db, lookupKey, pickupCode));
  if (!found) throw new Error('central does not know this number');
  return found.record;
}
