import { readFileSync } from 'node:fs';

/** One event of a recorded USB session: a transfer that is submitted or comes back. */
export interface UsbEvent {
  is: 'submitted' | 'completed';
  endpoint: number;
  /** The setup packet of a control transfer, else empty. */
  setup: Buffer;
  data: Buffer;
}

const ENHANCED_PACKET = 6;
const PACKET_AT = 28;
const MON_HEADER_BYTES = 64;

/** Reads a pcapng file of link type USB_LINUX_MMAPPED: each packet is a usbmon header of 64 bytes and the data. */
export function readSession(path: URL): UsbEvent[] {
  const file = readFileSync(path);
  const events: UsbEvent[] = [];
  for (let at = 0; at < file.length; at += file.readUInt32LE(at + 4)) {
    if (file.readUInt32LE(at) !== ENHANCED_PACKET) continue;
    const from = at + PACKET_AT;
    events.push(parseEvent(file.subarray(from, from + file.readUInt32LE(at + 20))));
  }
  return events;
}

/** Documentation/usb/usbmon.rst of the kernel, struct usbmon_packet. */
function parseEvent(packet: Buffer): UsbEvent {
  const is = packet.readUInt8(8) === 'S'.charCodeAt(0) ? 'submitted' : 'completed';
  const hasSetup = packet.readUInt8(14) === 0;
  const setup = hasSetup ? packet.subarray(40, 48) : Buffer.alloc(0);
  return { is, endpoint: packet.readUInt8(10), setup, data: packet.subarray(MON_HEADER_BYTES) };
}
