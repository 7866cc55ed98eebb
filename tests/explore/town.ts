import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { centralMigrations } from '#central/central.ts';
import { registerKiosk } from '#central/enrolment/enrolment.ts';
import { importFileDrop } from '#central/gateway/file-drop/file-drop.ts';
import { findByCode } from '#central/gateway/records.ts';
import type { Enrolment } from '#contract/uplink/enrolment.ts';
import type { CardFields } from '#contract/uplink/record.ts';
import type { FaceRenderer } from '#controller/card-face/face-renderer.ts';
import { openFaceRenderer } from '#controller/card-face/open-face-renderer.ts';
import type { CardFace } from '#drivers/card-printer/card-printer.ts';
import { dayAt } from '#kit/civil-date.ts';
import { seededRandom } from '#kit/random.ts';
import type { KeyPair } from '#kit/sealer.ts';
import { openMemoryStore } from '#kit/store.ts';
import { demoKiosk, demoSite } from '#tools/place/place.ts';
import { type DemoCitizen, demoCitizens, demoRecords } from '#tools/population/demo-citizens.ts';
import { keptFingers } from '#tools/population/fingers.ts';
import { writeDrop } from '#tools/population/write-drop.ts';
import { type Album, sharedBitmaps } from './physics.ts';
import { plainSealer } from './sealer.ts';
import { MONDAY_MS, stepClock } from './time.ts';

/** Everything that is the same in all universes: keys, citizens, their faces, and the office's database on the first day. */
export interface Town {
  centralBytes: Uint8Array;
  enrolment: Enrolment;
  keys: { sealing: KeyPair; signing: KeyPair };
  /** The kiosk's own sealing pair. */
  kioskKeys: KeyPair;
  lookupKey: Uint8Array;
  citizens: readonly Citizen[];
  renderer: FaceRenderer;
  bitmaps: Album;
}

export interface Citizen extends DemoCitizen {
  face: CardFace;
  person: string;
  /** Portrait, signature, fingers, and the planes of the face: what must stand nowhere. */
  pictures: readonly Uint8Array[];
}

const cast = ['FIRST-01', 'FIRST-02'];

export async function openTown(): Promise<Town> {
  const sealer = plainSealer('town');
  const clock = stepClock(0, () => undefined).view({ dead: false });
  const random = seededRandom('town');
  const store = openMemoryStore({ migrations: centralMigrations });
  const keys = { sealing: await sealer.newSealingKey(), signing: await sealer.newSigningKey() };
  const lookupKey = random.bytes(32);
  const folder = mkdtempSync(join(tmpdir(), 'anjungan-explore-'));
  try {
    const today = dayAt(MONDAY_MS);
    const codes = demoCitizens.filter(({ code }) => cast.includes(code)).map(({ pickupCode }) => pickupCode);
    const drop = join(folder, 'drop');
    const dataset = { name: 'explore', version: '1', cutOff: today };
    await writeDrop(
      drop,
      dataset,
      demoRecords(today).filter(({ pickupCode }) => codes.includes(pickupCode)),
    );
    await importFileDrop(drop, { store, clock, lookupKey });
    const kioskKeys = await sealer.newSealingKey();
    const office = {
      ...{ store, clock, random, sealer, brokerUrl: 'post' },
      keys: { sealing: keys.sealing.publicKey, signing: keys.signing.publicKey },
    };
    const request = { v: 1 as const, kiosk: demoKiosk, sealingKey: kioskKeys.publicKey as never };
    const enrolment = await registerKiosk(office, request, { shard: 'plg', site: demoSite });
    const faces = new Map<string, CardFace>();
    const real = openFaceRenderer({ workFolder: join(folder, 'fonts') });
    const citizens: Citizen[] = [];
    for (const demo of demoCitizens.filter(({ code }) => cast.includes(code))) {
      const found = store.read((db) => findByCode(db, lookupKey, demo.pickupCode));
      if (!found) throw new Error(`the office does not know ${demo.code}`);
      const face = await real.render(found.record.card, { signal: new AbortController().signal });
      faces.set(demo.nik, face);
      citizens.push({
        ...demo,
        face,
        person: found.record.person,
        pictures: picturesOf(demo, found.record.card, face),
      });
    }
    const bitmaps = sharedBitmaps();
    return {
      centralBytes: store.bytes(),
      enrolment,
      keys,
      kioskKeys,
      lookupKey,
      citizens,
      renderer: drawnAlready(faces),
      bitmaps,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
    store.close();
  }
}

function picturesOf({ code }: DemoCitizen, { portrait, signature }: CardFields, face: CardFace): Uint8Array[] {
  const files = [portrait, signature ?? ''].map((base64) => Buffer.from(base64, 'base64'));
  return [...files, ...keptFingers(code).map(({ record }) => record), face.colour, face.black, face.overlay];
}

/** Real faces, drawn once: pictures finish in thread-pool order, and a replay must not depend on that. */
function drawnAlready(faces: ReadonlyMap<string, CardFace>): FaceRenderer {
  return {
    async render({ nik }: CardFields) {
      const face = faces.get(nik);
      if (!face) throw new Error('a record that nobody in town has');
      return face;
    },
  };
}
