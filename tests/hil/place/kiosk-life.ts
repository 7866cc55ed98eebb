import { join } from 'node:path';
import { openKioskFiles } from '#controller/kiosk-files.ts';
import { joseSealer } from '#kit/sealer.ts';
import { StoreBroken } from '#kit/store.ts';
import { demoKiosk, type KioskLife } from '#tools/place/place.ts';
import { sayAs, type Words } from './impostor.ts';
import { kioskOf, type Scene, screenOf } from './scene.ts';

/** The life of the controller's process, as a power cut or a SIGKILL sees it. */
export interface KioskProcess {
  /** Ends it as SIGKILL does, this instant: no last word on any wire, nothing more on the disk. */
  dies(): void;
  /** The same right after its next durable write of this name; whoever wrote never hears that it was written. */
  diesAfter(write: string): void;
  /** The next write of this name fails: whether it is on the disk, nobody knows. */
  losesItsDiskAt(write: string): void;
  /** The disk is full from now on: no write that needs room succeeds. */
  runsOutOfDisk(): void;
  /** Starts anew over what was left on the disk. */
  starts(): Promise<void>;
  /** Its board is switched off and on: the program is stopped in order, and started by another start of the board. */
  startsOnItsBoardAnew(): Promise<void>;
  /** While it is down somebody else speaks with its name and password: topic and payload, one after the other. */
  isImpersonatedSaying(words: Words): Promise<void>;
  /** Resolves when its life has ended, with why. */
  hasEnded(): Promise<string>;
}

export function kioskProcessIn(scene: Scene, start: () => Promise<KioskLife>): KioskProcess {
  const { parts, writes } = scene;

  /** A new host on each cable: whatever the dying one still says goes nowhere. */
  function pullWires(): void {
    const { signal } = new AbortController();
    for (const device of ['card-printer', 'receipt-printer', 'panel', 'fingerprint-scanner'] as const)
      void parts.cabinet
        .openLink(device)({ signal })
        .catch(() => undefined);
  }

  function die(): void {
    const { visitNo } = screenOf(scene);
    if (visitNo) scene.cutShort.add(visitNo);
    pullWires();
    kioskOf(scene).store.close();
  }

  return {
    dies() {
      die();
      void kioskOf(scene).stop();
    },
    diesAfter(write) {
      writes.after(write, () => {
        die();
        throw new StoreBroken(`killed after ${write}`);
      });
    },
    losesItsDiskAt(write) {
      writes.after(write, () => {
        throw new StoreBroken(`${write}: commit failed`);
      });
    },
    runsOutOfDisk() {
      kioskOf(scene).store.read((db) => {
        const { page_count } = db.prepare('PRAGMA page_count').get() as { page_count: number };
        db.prepare(`PRAGMA max_page_count = ${page_count}`).get();
      });
    },
    async startsOnItsBoardAnew() {
      scene.boardStartsAnew();
      await this.starts();
    },
    async starts() {
      await kioskOf(scene).stop();
      parts.kiosk = await start();
      scene.watch.follow(parts.kiosk);
    },
    async isImpersonatedSaying(words) {
      await kioskOf(scene).stop();
      const files = await openKioskFiles(join(scene.folder, 'kiosk'), demoKiosk, joseSealer);
      const known = await files.enrolment();
      if (!known) throw new Error('the kiosk is not enrolled');
      await sayAs({ id: demoKiosk, password: known.password, url: known.enrolment.brokerUrl }, words);
      await this.starts();
    },
    hasEnded: () =>
      kioskOf(scene).running.then(
        () => 'in order',
        (error: unknown) => String(error),
      ),
  };
}
