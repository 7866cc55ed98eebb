import { join } from 'node:path';
import { askControl } from '#kit/control-socket.ts';
import { places, type Town } from './town.ts';

const perKiosk = 2;

/** The first people's rights go to two of the kiosks ahead of time: nobody else may print their cards. Gives what went wrong. */
export async function handOut({ folder, machines, people }: Town, tell: (what: string) => void): Promise<string[]> {
  const control = join(places(folder).central, 'control.sock');
  const faults: string[] = [];
  for (const [index, { name }] of machines.slice(0, 2).entries()) {
    const chosen = people.slice(index * perKiosk, (index + 1) * perKiosk);
    const args = { kiosk: name, numbers: chosen.map(({ number }) => number), by: 'OP-RATNA' };
    const { refused } = (await askControl(control, 'hand-out', args)) as { refused: { who: string; code: string }[] };
    tell(`the rights of ${chosen.map((person) => person.name).join(' and ')} are handed out to ${name}`);
    faults.push(...refused.map(({ code }) => `a right could not be handed out to ${name}: ${code}`));
  }
  return faults;
}
