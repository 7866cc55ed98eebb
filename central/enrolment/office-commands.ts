import type { OfficeCommand } from '#central/commands/cli.ts';
import { importFileDrop } from '#central/gateway/file-drop/file-drop.ts';
import { unlockPin } from '#central/requests/unlock-pin.ts';
import { isEnrolmentRequest, isSiteInfo } from '#contract/uplink/enrolment.ts';
import { registerKiosk } from './enrolment.ts';

/** What the running office does to make kiosks and people known. */
export const registryCommands: Record<string, OfficeCommand> = {
  'register-kiosk': async ({ registrar, central }, { request, shard, site }) => {
    if (!isEnrolmentRequest(request)) throw new Error('this is not an enrolment request');
    if (!isSiteInfo(site)) throw new Error('the site is not described as the contract says');
    const enrolment = await registerKiosk(registrar, request, { shard: String(shard), site });
    central.sayPresent();
    return enrolment;
  },
  import: (room, { folder }) => importFileDrop(String(folder), room),
  'unlock-pin': ({ store, lookupKey, clock }, { number, by, reason }) =>
    unlockPin(store, lookupKey, clock.wallMs(), {
      pickupNumber: typeof number === 'string' ? number : '',
      operatorId: typeof by === 'string' ? by : '',
      reason: typeof reason === 'string' ? reason : '',
    }),
};
