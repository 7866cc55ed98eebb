import { hashText } from '#contract/uplink/chain.ts';
import type { Enrolment } from '#contract/uplink/enrolment.ts';
import type { Journal } from '#controller/journal/journal.ts';
import { openUplink, type Uplink } from '#controller/uplink/uplink.ts';
import type { Carrier } from '#kit/carrier.ts';
import { askControl } from '#kit/control-socket.ts';
import { silentLog } from '#kit/log.ts';
import { joseSealer } from '#kit/sealer.ts';
import { demoKiosk, demoSite } from '#tools/place/place.ts';
import type { Ground } from './figure.ts';

/** A kiosk's uplink alone, without machines and page. */
export function uplinkOver({ clock }: Ground, journal: Journal, carrier: Carrier, enrolment: Enrolment): Uplink {
  const { kiosk, shard, epoch } = enrolment;
  return openUplink({
    carrier,
    journal,
    clock,
    log: silentLog,
    place: { shard, kiosk },
    snapshot() {
      const { seq, hash } = journal.head();
      const at = Math.round(clock.wallMs());
      return { v: 1, dev: kiosk, epoch, online: true, session: journal.boot, at, head: { seq, hash: hashText(hash) } };
    },
    onLate() {},
    onCommand() {},
  });
}

/** Makes a kiosk known to a running office. */
export async function enrol(control: string): Promise<{ enrolment: Enrolment; password: string }> {
  const { publicKey, privateKey } = await joseSealer.newSealingKey();
  const request = { v: 1, kiosk: demoKiosk, sealingKey: publicKey };
  const enrolment = (await askControl(control, 'register-kiosk', {
    request,
    shard: 'plg',
    site: demoSite,
  })) as Enrolment;
  return { enrolment, password: await joseSealer.open(enrolment.sealedPassword, privateKey) };
}
