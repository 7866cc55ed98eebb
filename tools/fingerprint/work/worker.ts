import { parentPort } from 'node:worker_threads';
import { wordsOf } from '../faults.ts';
import { type JobName, type Jobs, jobs } from './jobs.ts';

export interface Asked {
  number: number;
  name: JobName;
  ask: Jobs[JobName]['ask'];
}
export type Answered = { number: number; answer: Jobs[JobName]['answer'] } | { number: number; fault: string };

let before: Promise<void> = Promise.resolve();

/** One after the other, in the order asked. */
parentPort?.on('message', (asked: Asked) => {
  before = before.then(() => doJob(asked));
});

async function doJob({ number, name, ask }: Asked): Promise<void> {
  const work = jobs[name] as (given: Jobs[JobName]['ask']) => Promise<Jobs[JobName]['answer']>;
  const answered: Answered = await work(ask).then(
    (answer) => ({ number, answer }),
    (fault: unknown) => ({ number, fault: wordsOf(fault) }),
  );
  parentPort?.postMessage(answered);
}
