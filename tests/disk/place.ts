import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pacing } from '#cabinet/pacing.ts';
import type { CabinetView } from '#cabinet/view.ts';
import type { ProblemCode } from '#contract/problems/codes.ts';
import type { ScreenState } from '#contract/screen/screen-state.ts';
import { systemClock } from '#kit/clock.ts';
import { shows } from '#tests/processes/citizen.ts';
import { followEvents } from '#tests/processes/events.ts';
import type { Product } from '#tests/processes/product.ts';
import { openThreePrograms } from '#tools/bench/three-programs.ts';
import { underFiu } from './faults.ts';

/** Office and cabinet that stay, and a controller that is started again after each of its ends. */
export interface Place extends AsyncDisposable {
  /** Everything: `kiosk/`, `central/`, `cabinet/`. */
  readonly folder: string;
  /** The kiosk's state folder. */
  readonly state: string;
  /** One more life of the controller over its folder; resolves when its page can be opened. */
  starts(): Promise<Life>;
  /** Ends office and cabinet too: then what they wrote can be read. */
  closes(): Promise<void>;
}

/** One life of the controller's process; whoever touches its page needs only what a citizen needs. */
export interface Life extends AsyncDisposable {
  readonly pid: number;
  readonly product: Product;
  /** Its exit code and its last words, when it has ended. */
  readonly ended: Promise<{ code: number | null; said: string }>;
  /** SIGKILL by its id; resolves when it is gone. */
  killed(): Promise<void>;
}

export interface PlaceOptions {
  pacing: Pacing;
  /** The controller's system calls can be made to fail. */
  mayFail?: boolean;
  /** Done to the empty folder, before anything is started in it. */
  prepare?: (state: string) => Disposable;
}

export async function openPlace({ pacing, mayFail, prepare }: PlaceOptions): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), 'anjungan-disk-'));
  const state = join(folder, 'kiosk');
  const ground = prepare?.(state);
  const programs = await openThreePrograms(folder, systemClock, pacing).catch((error: unknown) => {
    ground?.[Symbol.dispose]();
    throw error;
  });
  const under = mayFail ? underFiu(folder) : [];
  return {
    folder,
    state,
    async starts() {
      const program = await programs.startKiosk({ under });
      const { child, pid } = program;
      const words: string[] = [];
      child.stderr?.on('data', (chunk) => words.push(String(chunk)));
      const ended = once(child, 'close').then(([code]) => ({
        code: code as number | null,
        said: words.join('').trim(),
      }));
      const following = new AbortController();
      const kiosk = String(program.ready.page);
      const seen = {
        kiosk,
        cabinet: programs.cabinetUrl,
        screen: followEvents<ScreenState>(new URL('/state', kiosk).href, following.signal),
        world: followEvents<CabinetView>(new URL('/view', programs.cabinetUrl).href, following.signal),
      };
      const life: Life = {
        pid,
        product: seen as typeof seen & Partial<Product> as Product, // what a citizen needs of it
        ended,
        async killed() {
          following.abort();
          if (child.exitCode === null && child.signalCode === null) process.kill(pid, 'SIGKILL');
          await ended;
        },
        [Symbol.asyncDispose]: () => life.killed(),
      };
      return life;
    },
    closes: async () => programs[Symbol.asyncDispose](),
    async [Symbol.asyncDispose]() {
      await programs[Symbol.asyncDispose]();
      killWhoeverIsLeft(folder);
      ground?.[Symbol.dispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A life of a story that failed, or a child that a killed one left: known by this place's own folder, ended by its id. */
function killWhoeverIsLeft(folder: string): void {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)) {
    try {
      if (readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`${folder}/`)) process.kill(Number(pid), 'SIGKILL');
    } catch {
      // gone meanwhile
    }
  }
}

/** The screen of a machine that is out of order, with this reason. */
export const isOutOfOrder = ({ product }: Life, code: ProblemCode) =>
  shows(product, `out of order: ${code}`, ({ screen }) => screen.at === 'preparing' && screen.code === code);
