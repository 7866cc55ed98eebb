import { writeFileSync } from 'node:fs';
import { openUru4000, usbIds } from '#drivers/fingerprint/uru4000/uru4000.ts';
import { usbOpener } from '#drivers/kit/open-usb-device.ts';
import { systemClock } from '#kit/clock.ts';

// One whole capture over libusb: run under umockdev, it asks what was asked when the session was recorded.

/** The seed under which the reader hid its key in the recording. */
const recordedSeed = Uint8Array.of(0x24, 0x21, 0xea, 0x51);
const quality = { score: 100, foreground: 1, contrast: 1, minutiae: 0, coverage: 1 };
const wait = { timeoutMs: 10_000, signal: new AbortController().signal };
const [out = ''] = process.argv.slice(2);

const scanner = await openUru4000({
  openUsb: usbOpener(usbIds, systemClock),
  clock: systemClock,
  random: { bytes: () => recordedSeed },
  judge: () => ({ quality, hint: null }),
});
const { image } = await scanner.capture({ ...wait, minQuality: 1 });
await scanner.untilLifted(wait);
await scanner[Symbol.asyncDispose]();
writeFileSync(out, image.pixels);
process.stdout.write(JSON.stringify({ ...scanner.info, lifted: true }));
