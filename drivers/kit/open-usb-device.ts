import { readFile } from 'node:fs/promises';
import type { Device, usb as Usb } from 'usb';
import type { Clock } from '#kit/clock.ts';
import { DeviceError } from './device-error.ts';
import type { OpenUsb, UsbAddress, UsbDevice, UsbEndpoint, UsbFacts, UsbRequest } from './usb-device.ts';
import { type TransferKind, Transfers } from './usb-transfers.ts';

/** Loads a native addon: only where a USB device is named. */
const loadUsb = async (): Promise<typeof Usb> => (await import('usb')).usb;

/** Opens the device at that address through libusb. A machine without a USB bus is one without that device. */
export function usbOpener(address: UsbAddress, clock: Clock, load = loadUsb): OpenUsb {
  return async ({ signal }) => {
    const name = nameOf(address);
    const usb = await load().catch((cause: unknown) => {
      throw new DeviceError('link/unreachable', `libusb cannot be loaded: ${cause}`, { cause });
    });
    const found = await find(usb, address);
    signal.throwIfAborted();
    if (!found) throw new DeviceError('link/unreachable', `no USB device ${name}`);
    try {
      return claim(usb, found.device, found.serial, address, clock);
    } catch (cause) {
      throw new DeviceError('link/unreachable', `${name}: ${(cause as Error).message}`, { cause });
    }
  };
}

function nameOf({ vendorId, productId, serial }: UsbAddress): string {
  const hex = (id: number) => id.toString(16).padStart(4, '0');
  return `${hex(vendorId)}:${hex(productId)}${serial === undefined ? '' : ` ${serial}`}`;
}

async function find(usb: typeof Usb, { vendorId, productId, serial }: UsbAddress) {
  if (usb.INIT_ERROR) return undefined;
  for (const device of usb.getDeviceList()) {
    const { idVendor, idProduct } = device.deviceDescriptor;
    if (idVendor !== vendorId || idProduct !== productId) continue;
    const theirs = await serialOf(device);
    if (serial === undefined || serial === theirs) return { device, serial: theirs };
  }
  return undefined;
}

/** The kernel asked the device when it was plugged in: no need to ask again, nor to open each one to choose. */
async function serialOf({ busNumber, portNumbers = [] }: Device): Promise<string | null> {
  const path = `/sys/bus/usb/devices/${busNumber}-${portNumbers.join('.')}/serial`;
  return readFile(path, 'utf8').then(
    (text) => text.trim() || null,
    () => null,
  );
}

function claim(usb: typeof Usb, device: Device, serial: string | null, address: UsbAddress, clock: Clock): UsbDevice {
  device.open();
  try {
    const claimed = device.interface(address.interfaceNumber ?? 0);
    claimed.claim();
    const kinds = {
      control: usb.LIBUSB_TRANSFER_TYPE_CONTROL,
      interrupt: usb.LIBUSB_TRANSFER_TYPE_INTERRUPT,
      bulk: usb.LIBUSB_TRANSFER_TYPE_BULK,
    };
    const transfers = new Transfers(
      (endpoint, kind, done) => new usb.Transfer(device, endpoint, kinds[kind], 0, done),
      clock,
    );
    const release = () => new Promise<void>((resolve) => claimed.release(() => resolve()));
    return overTransfers(factsOf(device, claimed.endpoints, serial), transfers, async () => {
      await release();
      device.close();
    });
  } catch (error) {
    device.close();
    throw error;
  }
}

function factsOf(device: Device, endpoints: { descriptor: Descriptor }[], serial: string | null): UsbFacts {
  const { idVendor, idProduct, bcdDevice } = device.deviceDescriptor;
  const known = endpoints.map(({ descriptor }): UsbEndpoint => {
    const kind = endpointKinds[descriptor.bmAttributes & 3] ?? 'other';
    return { address: descriptor.bEndpointAddress, kind, maxPacketBytes: descriptor.wMaxPacketSize };
  });
  return { vendorId: idVendor, productId: idProduct, release: bcdDevice, serial, endpoints: known };
}
type Descriptor = { bmAttributes: number; bEndpointAddress: number; wMaxPacketSize: number };
/** USB 2.0, table 9-13. */
const endpointKinds: Record<number, UsbEndpoint['kind']> = { 2: 'bulk', 3: 'interrupt' };

function overTransfers(facts: UsbFacts, transfers: Transfers, close: () => Promise<void>): UsbDevice {
  const read = (endpoint: number, kind: TransferKind, lengthBytes: number, wait: Parameters<Transfers['run']>[3]) =>
    transfers.run(endpoint, kind, Buffer.alloc(lengthBytes), wait).then((bytes) => new Uint8Array(bytes));
  let closing: Promise<void> | undefined;
  return {
    facts,
    closed: transfers.closed,
    async controlIn(request, lengthBytes, wait) {
      const packet = setupPacket(request, IN, new Uint8Array(lengthBytes));
      const bytes = await transfers.run(0, 'control', packet, wait);
      return new Uint8Array(packet.subarray(SETUP_BYTES, SETUP_BYTES + bytes.length));
    },
    async controlOut(request, bytes, wait) {
      await transfers.run(0, 'control', setupPacket(request, OUT, bytes), wait);
    },
    interruptIn: (endpoint, lengthBytes, wait) => read(endpoint, 'interrupt', lengthBytes, wait),
    bulkIn: (endpoint, lengthBytes, wait) => read(endpoint, 'bulk', lengthBytes, wait),
    async bulkOut(endpoint, bytes, wait) {
      const sent = await transfers.run(endpoint, 'bulk', Buffer.from(bytes), wait);
      if (sent.length < bytes.length)
        throw new DeviceError('device/protocol', `took ${sent.length} of ${bytes.length}`);
    },
    [Symbol.asyncDispose]() {
      closing ??= transfers
        .close()
        .then(close)
        .catch(() => undefined); // a device that is gone cannot be released
      return closing;
    },
  };
}

/** USB 2.0, table 9-2. */
const SETUP_BYTES = 8;
const IN = 0x80;
const OUT = 0x00;
const types = { standard: 0x00, class: 0x20, vendor: 0x40 } as const satisfies Record<UsbRequest['type'], number>;
const recipients = { device: 0, interface: 1, endpoint: 2 } as const satisfies Record<UsbRequest['to'], number>;

function setupPacket({ type, to, request, value, index }: UsbRequest, direction: number, data: Uint8Array): Buffer {
  const packet = Buffer.alloc(SETUP_BYTES + data.length);
  packet.writeUInt8(direction | types[type] | recipients[to], 0);
  packet.writeUInt8(request, 1);
  packet.writeUInt16LE(value, 2);
  packet.writeUInt16LE(index, 4);
  packet.writeUInt16LE(data.length, 6);
  packet.set(data, SETUP_BYTES);
  return packet;
}
