import { askControl } from '#kit/control-socket.ts';
import type { Place } from '#tests/hil/place/open-place.ts';
import { demoKiosk } from '#tools/place/place.ts';

/** What staff at the office order, through the socket that their commands come through. */
export function officeOf({ scene }: Place) {
  const ask = (command: string, args: Record<string, unknown>) =>
    askControl(scene.parts.office.controlPath, command, args);
  return {
    handsOut: (...people: { pickupCode: string }[]) =>
      ask('hand-out', { kiosk: demoKiosk, numbers: people.map(({ pickupCode }) => pickupCode), by: 'op-2' }),
    revokes: (lease: string) => ask('revoke-lease', { lease, by: ['op-2'], reason: 'asked to' }),
    renews: (lease: string) => ask('renew-lease', { lease, by: ['op-2'], reason: 'runs out soon' }),
    asksBack: (lease: string) => ask('surrender-lease', { lease, by: ['op-2'], reason: 'not needed' }),
    closesTheEpoch: () => ask('close-epoch', { kiosk: demoKiosk, by: ['op-2', 'op-3'], reason: 'stolen' }),
  };
}

/** The leases that the kiosk keeps ahead of time now. */
export const leasesAt = ({ scene }: Place) =>
  scene.parts.kiosk.controller.authority.leases().flatMap(({ lease }) => lease ?? []);

/** Hands rights out to these people, and waits until all of them lie at the kiosk: in the order of the people, not of arrival. */
export async function prepare(place: Place, ...people: { pickupCode: string }[]): Promise<string[]> {
  const { ordered } = (await officeOf(place).handsOut(...people)) as { ordered: { rightId: string }[] };
  await place.until('the leases came', () => leasesAt(place).length === people.length);
  const lines = place.scene.parts.kiosk.controller.authority.leases();
  return ordered.map(({ rightId }) => lines.find(({ right }) => right === rightId)?.lease ?? '');
}
