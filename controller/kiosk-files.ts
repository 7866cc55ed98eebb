import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Enrolment, type EnrolmentRequest, isEnrolment } from '#contract/uplink/enrolment.ts';
import { ProblemError } from '#kit/problem-error.ts';
import type { KeyPair, Sealer } from '#kit/sealer.ts';
import { readOrMake, stateFolder, writeWhole } from '#kit/state-folder.ts';

/** What a kiosk keeps in its state folder: its keys, its request, what central answered, and a journal per epoch. */
export interface KioskFiles {
  readonly folder: string;
  readonly keys: KeyPair;
  readonly requestPath: string;
  readonly enrolmentPath: string;
  /** Null until central has answered. Rejects with one line where the file is not an enrolment. */
  enrolment(): Promise<{ enrolment: Enrolment; password: string } | null>;
  journalPath(epoch: number): string;
}

/** Opens the folder; at the first start it makes the kiosk's key and writes the request for central. */
export async function openKioskFiles(folder: string, kiosk: string, sealer: Sealer): Promise<KioskFiles> {
  stateFolder(folder);
  const keys = await readOrMake(folder, 'kiosk-key.json', () => sealer.newSealingKey());
  const requestPath = join(folder, 'enrolment-request.json');
  const enrolmentPath = join(folder, 'enrolment.json');
  if (!existsSync(requestPath)) {
    const request: EnrolmentRequest = { v: 1, kiosk, sealingKey: keys.publicKey as EnrolmentRequest['sealingKey'] };
    writeWhole(requestPath, `${JSON.stringify(request, null, 2)}\n`);
  }
  return {
    ...{ folder, keys, requestPath, enrolmentPath },
    async enrolment() {
      if (!existsSync(enrolmentPath)) return null;
      const enrolment = readEnrolment(enrolmentPath);
      return { enrolment, password: await sealer.open(enrolment.sealedPassword, keys.privateKey) };
    },
    journalPath: (epoch) => join(folder, `journal-${epoch}.db`),
  };
}

function readEnrolment(path: string): Enrolment {
  const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (!isEnrolment(value)) throw new ProblemError('kiosk/not-enrolled', `${path} is not an enrolment file`);
  return value;
}
