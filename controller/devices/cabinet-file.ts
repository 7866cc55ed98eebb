import { readFileSync } from 'node:fs';
import Type, { type Static } from 'typebox';
import { matches } from '#contract/uplink/messages.ts';
import { ProblemError } from '#kit/problem-error.ts';

const Text = Type.String({ minLength: 1, maxLength: 400 });
const Pin = Type.Integer({ minimum: 0, maximum: 127 });
const Link = Type.Union([
  Type.Object({ kind: Type.Literal('tcp'), host: Text, port: Type.Integer({ minimum: 1, maximum: 65_535 }) }),
  Type.Object({ kind: Type.Literal('unix'), path: Text }),
  Type.Object({ kind: Type.Literal('serial'), path: Text, baudRate: Type.Integer({ minimum: 1200 }) }),
]);

const Pins = Type.Object({
  lamps: Type.Object({ slot: Pin, call: Pin, ready: Pin, trouble: Pin }),
  beeper: Pin,
  shutterMotor: Pin,
  sensors: Type.Object({ cardAtExit: Pin, shutterClosed: Pin, doorClosed: Pin, mainsPresent: Pin }),
});

/** What stands in this cabinet: device -> driver, link, options. The same schema for simulators and for real ports. */
export const CabinetFile = Type.Object({
  v: Type.Literal(1),
  cardPrinter: Type.Object({
    driver: Type.Literal('evolis'),
    link: Link,
    secondsPerCard: Type.Integer({ minimum: 1, maximum: 1_800 }),
    /** Waits of the driver, by the names of its `Timing`; the figures of real machines are assumptions. */
    timing: Type.Optional(Type.Record(Type.String(), Type.Integer({ minimum: 0 }))),
  }),
  receiptPrinter: Type.Object({
    driver: Type.Literal('escpos'),
    link: Link,
    columns: Type.Enum([32, 42, 44, 48] as [32, 42, 44, 48]),
  }),
  panel: Type.Object({ driver: Type.Literal('firmata'), link: Link, pins: Pins }),
  /** A command that writes MJPEG to its standard output: rpicam-vid, ffmpeg, ... */
  camera: Type.Union([
    Type.Object({ driver: Type.Literal('mjpeg'), command: Type.Array(Text, { minItems: 1 }) }),
    Type.Null(),
  ]),
});
export type CabinetFile = Static<typeof CabinetFile>;

/** Rejects with `kiosk/cabinet-file` and the path, in one line. */
export function readCabinetFile(path: string): CabinetFile {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new ProblemError('kiosk/cabinet-file', `${path} cannot be read as JSON`, { cause });
  }
  if (!matches(CabinetFile, value)) throw new ProblemError('kiosk/cabinet-file', `${path} is not a cabinet file`);
  return value;
}
