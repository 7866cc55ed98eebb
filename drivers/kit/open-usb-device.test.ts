import type { usb as Usb } from 'usb';
import { expect, test } from 'vitest';
import { manualClock } from '#kit/manual-clock.ts';
import { usbOpener } from './open-usb-device.ts';
import type { UsbRequest } from './usb-device.ts';

const { signal } = new AbortController();
const wait = { signal, timeoutMs: 1_000 };
const address = { vendorId: 0x05ba, productId: 0x000a };
const request: UsbRequest = { type: 'vendor', to: 'device', request: 4, value: 0x4e, index: 0 };

/** A libusb with one device on the bus. It keeps what it is given, and answers control reads with 1, 2, 3 ... */
function fakeUsb({ denied = false } = {}) {
  const said: string[] = [];
  const packets: string[] = [];
  const endpoints = [{ descriptor: { bEndpointAddress: 0x81, bmAttributes: 3, wMaxPacketSize: 64 } }];
  const device = {
    deviceDescriptor: { idVendor: 0x05ba, idProduct: 0x000a, bcdDevice: 0x0103 },
    busNumber: 999,
    portNumbers: [1],
    open() {
      if (denied) throw new Error('LIBUSB_ERROR_ACCESS');
      said.push('open');
    },
    close: () => said.push('close'),
    interface: (number: number) => ({
      endpoints,
      claim: () => said.push(`claim ${number}`),
      release(done: () => void) {
        said.push(`release ${number}`);
        done();
      },
    }),
  };
  class Transfer {
    readonly #done: (error: undefined, buffer: Buffer, actual: number) => void;
    constructor(_device: unknown, _endpoint: number, _type: number, _timeout: number, done: () => void) {
      this.#done = done;
    }
    submit(buffer: Buffer) {
      packets.push(buffer.toString('hex'));
      const data = buffer.subarray(8);
      if (((buffer[0] ?? 0) & 0x80) !== 0) data.set(data.map((_, n) => n + 1));
      this.#done(undefined, buffer, data.length);
    }
    cancel() {}
  }
  const usb = { INIT_ERROR: 0, getDeviceList: () => [device], Transfer } as unknown as typeof Usb;
  return { said, packets, load: async () => usb };
}

test('a control request is what the specification of USB says', async () => {
  const fake = fakeUsb();
  await using device = await usbOpener(address, manualClock(), fake.load)({ signal });
  await device.controlOut(request, Uint8Array.of(0x10), wait);
  expect([...(await device.controlIn(request, 2, wait))]).toEqual([1, 2]);
  await device.controlIn({ type: 'class', to: 'interface', request: 1, value: 0, index: 0 }, 1, wait);
  expect(fake.packets).toEqual(['40044e000000010010', 'c0044e00000002000000', 'a10100000000010000']);
});

test('the descriptors are told, and closing gives the interface back once', async () => {
  const fake = fakeUsb();
  const device = await usbOpener(address, manualClock(), fake.load)({ signal });
  expect(device.facts).toEqual({
    ...address,
    release: 0x0103,
    serial: null,
    endpoints: [{ address: 0x81, kind: 'interrupt', maxPacketBytes: 64 }],
  });
  await device[Symbol.asyncDispose]();
  await device[Symbol.asyncDispose]();
  expect(fake.said).toEqual(['open', 'claim 0', 'release 0', 'close']);
  expect(await device.closed).toEqual({ reason: 'closed-here' });
});

test('a device of which only another serial number is there is not taken for it', async () => {
  const opening = usbOpener({ ...address, serial: 'B-17' }, manualClock(), fakeUsb().load)({ signal });
  await expect(opening).rejects.toThrow('no USB device 05ba:000a B-17 (link/unreachable)');
});

test('a device that may not be opened says why', async () => {
  const opening = usbOpener(address, manualClock(), fakeUsb({ denied: true }).load)({ signal });
  await expect(opening).rejects.toThrow('05ba:000a: LIBUSB_ERROR_ACCESS (link/unreachable)');
});

test('a machine on which libusb cannot be loaded is a machine without the device', async () => {
  const load = () => Promise.reject(new Error('libudev.so.1: no such file'));
  await expect(usbOpener(address, manualClock(), load)({ signal })).rejects.toMatchObject({ code: 'link/unreachable' });
});

test('the real libusb finds no such device, with a bus or without one', async () => {
  const nowhere = usbOpener({ vendorId: 0xffff, productId: 0xffff }, manualClock());
  await expect(nowhere({ signal })).rejects.toThrow('no USB device ffff:ffff (link/unreachable)');
});
