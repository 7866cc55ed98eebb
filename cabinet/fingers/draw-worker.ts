import { parentPort } from 'node:worker_threads';
import type { PlacedFinger } from '../world/plain.ts';
import type { Master } from './master.ts';
import { fingerOfPerson, touchOf } from './touch.ts';

/** What is asked of the thread, and what it answers: in the order in which it was asked. */
export type Drawing = { number: number; placed: PlacedFinger };

/** A finger takes most of a second, a touch of it a tenth: those of the last few people stay. */
const keptFingers = 16;
const fingers = new Map<string, Master>();

function masterOf({ person, finger }: PlacedFinger): Master {
  const name = `${person} ${finger}`;
  const master = fingers.get(name) ?? fingerOfPerson(person, finger);
  fingers.delete(name); // so that it becomes the newest
  fingers.set(name, master);
  for (const oldest of [...fingers.keys()].slice(0, Math.max(0, fingers.size - keptFingers))) fingers.delete(oldest);
  return master;
}

parentPort?.on('message', ({ number, placed }: Drawing) => {
  parentPort?.postMessage({ number, image: touchOf(masterOf(placed), placed) });
});
