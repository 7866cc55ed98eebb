import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { JobName, Jobs } from './jobs.ts';
import type { Answered, Asked } from './worker.ts';

/** What a job comes to: its answer, or the words why there is none. */
export type Outcome<Name extends JobName> = { ok: true; value: Jobs[Name]['answer'] } | { ok: false; fault: string };

/** A worker for every core. Who does a job makes no difference to its answer, so results are the same on every machine. */
export class Crew implements AsyncDisposable {
  readonly #hands: Hand[];

  constructor(size = availableParallelism()) {
    this.#hands = Array.from({ length: Math.max(1, size) }, () => new Hand());
  }

  /** Outcomes in the order of the asks; `done` hears of each as it comes. */
  async all<Name extends JobName>(
    name: Name,
    asks: readonly Jobs[Name]['ask'][],
    done: () => void = () => undefined,
  ): Promise<Outcome<Name>[]> {
    const outcomes: Outcome<Name>[] = [];
    const queue = asks.entries();
    const takeTurns = async (hand: Hand) => {
      for (const [at, ask] of queue) {
        outcomes[at] = await hand.do(name, ask);
        done();
      }
    };
    await Promise.all(this.#hands.map(takeTurns));
    return outcomes;
  }

  /** The same job for every worker. */
  async each<Name extends JobName>(name: Name, ask: Jobs[Name]['ask']): Promise<void> {
    await Promise.all(this.#hands.map((hand) => hand.do(name, ask)));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#hands.map((hand) => hand.end()));
  }
}

class Hand {
  readonly #worker = new Worker(new URL('./worker.ts', import.meta.url));
  #number = 0;

  do<Name extends JobName>(name: Name, ask: Jobs[Name]['ask']): Promise<Outcome<Name>> {
    this.#number += 1;
    const asked: Asked = { number: this.#number, name, ask };
    return new Promise((resolve, reject) => {
      const hear = (answered: Answered) => {
        this.#worker.off('error', reject);
        if ('fault' in answered) resolve({ ok: false, fault: answered.fault });
        else resolve({ ok: true, value: answered.answer as Jobs[Name]['answer'] });
      };
      this.#worker.once('message', hear);
      this.#worker.once('error', reject);
      this.#worker.postMessage(asked);
    });
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}
