import { join } from 'node:path';
import type { Clock } from '#kit/clock.ts';
import { askControl } from '#kit/control-socket.ts';
import type { Machine } from './citizen.ts';
import type { Diary } from './diary.ts';
import { type Card, worldIn } from './disks.ts';
import { act, viewOf } from './page.ts';
import { places } from './town.ts';

export interface OfficerPorts {
  folder: string;
  clock: Clock;
  diary: Diary;
  tell: (what: string) => void;
}

const by = ['OP-DEWI', 'OP-BUDI'];
const patienceMs = 60_000;

/** What an officer can put right at a machine that serves nobody, by the reason that its screen gives. */
const remedies: Record<string, (machine: Machine, ports: OfficerPorts) => Promise<unknown>> = {
  'card-printer/spoiled-twice': (machine, ports) =>
    ask(machine, ports, 'printer-seen', { by: by[0], reason: 'looked at after two spoiled cards' }),
  'card-printer/reject-box-full': emptyBox,
  'card-printer/feeder-empty': load,
  'kiosk/no-blanko': load,
};

/** Waits until the machine welcomes people with cards; puts right what an officer can. Gives the reason why not, or null. */
export async function untilServing(machine: Machine, ports: OfficerPorts): Promise<string | null> {
  const { clock, tell } = ports;
  const untilMs = clock.monotonicMs() + patienceMs;
  for (let reason = 'no screen'; ; ) {
    const screen = machine.screen.value?.screen;
    if (screen?.at === 'welcome' && screen.service.mode === 'full') return null;
    reason = screen?.at === 'welcome' ? String(screen.service.reason) : (screen?.at ?? 'no screen');
    if (clock.monotonicMs() > untilMs) return reason;
    if (remedies[reason]) {
      tell(`an officer comes to ${machine.name}: ${reason}`);
      await remedies[reason]?.(machine, ports).catch((error: Error) => tell(`that did not help: ${error.message}`));
    }
    await clock.sleep(500);
  }
}

/** Two officers empty the box, and decide on every card that waits by where it truly is. */
export async function settleDesk(machine: Machine, ports: OfficerPorts): Promise<void> {
  await emptyBox(machine, ports);
  const waiting = (await ask(machine, ports, 'waiting', {})) as { visitNo: string | null; state: string }[];
  for (const { visitNo, state } of waiting) {
    if (!visitNo || state === 'blank-in-doubt') continue; // a blank that is somewhere: it stays in doubt
    const isInHand = ports.diary.taken.some((one) => one.visitNo === visitNo);
    const decided = isInHand ? 'hand-over' : 'destroy';
    ports.tell(`two officers at ${machine.name} ${decided} the card of visit ${visitNo}, which was ${state}`);
    const args = { visit: visitNo, by, ...(!isInHand && { document: 'BA-CHAOS-2' }) };
    await ask(machine, ports, decided, args).catch((error: Error) => ports.tell(`it stays: ${error.message}`));
  }
}

async function emptyBox(machine: Machine, ports: OfficerPorts): Promise<void> {
  const { cards } = worldIn(places(ports.folder).cabinet(machine.name));
  await act(machine.cabinetUrl, 'openDoor');
  await act(machine.cabinetUrl, 'emptyRejectBox');
  await act(machine.cabinetUrl, 'closeDoor');
  const said = await ask(machine, ports, 'empty-box', { ...bodiesByKind(cards), by });
  ports.tell(`two officers empty the box of ${machine.name}: ${JSON.stringify(said)}`);
}

/** What lies in the box, by what a person would find; as a person types it. */
export function bodiesByKind(cards: readonly Card[]): Record<'complete' | 'partial' | 'blank', string> {
  const panels = cards.filter(({ place }) => place === 'box').map(({ ink }) => ink.length);
  const count = (test: (number: number) => boolean) => String(panels.filter(test).length);
  return { complete: count((n) => n === 5), partial: count((n) => n > 0 && n < 5), blank: count((n) => n === 0) };
}

/** Only where the feeder is truly empty: the printer may not have looked again yet. */
async function load(machine: Machine, ports: OfficerPorts): Promise<void> {
  const view = await viewOf(machine.cabinetUrl);
  if (view?.feeder.cards !== 0) return;
  await act(machine.cabinetUrl, 'loadHopper', { count: 50 });
  await ask(machine, ports, 'load', { count: '50', document: 'BA-CHAOS-3', by });
}

function ask(
  { name }: Machine,
  { folder }: OfficerPorts,
  command: string,
  args: Record<string, unknown>,
): Promise<unknown> {
  return askControl(join(places(folder).kiosk(name), 'control.sock'), command, args);
}
