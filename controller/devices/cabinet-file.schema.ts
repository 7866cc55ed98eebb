import Type, { type Static } from 'typebox';

const Text = Type.String({ minLength: 1, maxLength: 400 });
const Pin = Type.Integer({ minimum: 0, maximum: 127 });
export const Link = Type.Union([
  Type.Object({ kind: Type.Literal('tcp'), host: Text, port: Type.Integer({ minimum: 1, maximum: 65_535 }) }),
  Type.Object({ kind: Type.Literal('unix'), path: Text }),
  Type.Object({ kind: Type.Literal('serial'), path: Text, baudRate: Type.Integer({ minimum: 1200 }) }),
]);
export type Link = Static<typeof Link>;

export const Pins = Type.Object({
  lamps: Type.Object({ slot: Pin, call: Pin, ready: Pin, trouble: Pin }),
  beeper: Pin,
  shutterMotor: Pin,
  sensors: Type.Object({ cardAtExit: Pin, shutterClosed: Pin, doorClosed: Pin, mainsPresent: Pin }),
});
export type Pins = Static<typeof Pins>;

const zfmModels = ['zfm20', 'r301t', 'r303', 'r304a', 'r305', 'r307', 'r308', 'r503'] as const;
const Dpi = Type.Integer({ minimum: 100, maximum: 1_200 });
/** `dpi` is what was measured of this very reader; without it its model's figure is taken, which nobody measured. */
export const FingerprintScanner = Type.Union([
  Type.Object({
    driver: Type.Literal('zfm'),
    link: Link,
    /** Where it is not said, an R503 is recognised and any other is taken for a ZFM-20. The link's speed is tried first, then the usual ones. */
    model: Type.Optional(Type.Enum([...zfmModels])),
    dpi: Type.Optional(Dpi),
  }),
  Type.Object({ driver: Type.Literal('uru4000'), dpi: Type.Optional(Dpi) }),
]);
export type FingerprintScanner = Static<typeof FingerprintScanner>;

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
  /** Where one stands here, a finger is one of the proofs; without it, or with null, the PIN alone is. */
  fingerprintScanner: Type.Optional(Type.Union([FingerprintScanner, Type.Null()])),
});
export type CabinetFile = Static<typeof CabinetFile>;
