import type { ByteLink, LinkControl } from '#drivers/kit/byte-link.ts';
import type { Saver } from './saver.ts';
import type { Device } from './world/plain.ts';

/** The device's end of a cable, on which nothing leaves for the host before what it tells of was saved. */
export function savesFirst(link: ByteLink, device: Device, saver: Saver): ByteLink {
  return {
    ...link,
    incoming: heard(link.incoming, saver),
    write(bytes, options) {
      saver.beforeTelling(device);
      return link.write(bytes, options);
    },
    [Symbol.asyncDispose]: () => link[Symbol.asyncDispose](),
  };
}

/** What a device hears it may remember, although the world stays as it is. */
async function* heard(incoming: AsyncIterable<Uint8Array>, saver: Saver): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const bytes of incoming) {
    saver.soon();
    yield bytes;
  }
}

/** As `savesFirst`, for what is told beside the bytes. */
export function controlSavesFirst(control: LinkControl, device: Device, saver: Saver): LinkControl {
  return {
    async portStatus(options) {
      saver.beforeTelling(device);
      return control.portStatus(options);
    },
    deviceId: control.deviceId,
  };
}
