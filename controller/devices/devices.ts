import type { ProblemCode } from '#contract/problems/codes.ts';
import { problemRow } from '#contract/problems/codes.ts';
import type { Camera } from '#drivers/camera/camera.ts';
import type { CardPrinter } from '#drivers/card-printer/card-printer.ts';
import type { FingerprintScanner } from '#drivers/fingerprint/fingerprint-scanner.ts';
import type { OpenLink } from '#drivers/kit/byte-link.ts';
import type { Panel } from '#drivers/panel/panel.ts';
import type { ReceiptPrinter } from '#drivers/receipt-printer/receipt-printer.ts';
import type { Clock } from '#kit/clock.ts';
import type { Log } from '#kit/log.ts';
import type { Random } from '#kit/random.ts';
import type { CabinetFile } from './cabinet-file.ts';
import { steadyPanel, steadyPrinter, steadyScanner } from './facades.ts';
import { factories, type LoadFingerMatching } from './factories.ts';
import { type Health, type Supervised, supervise } from './supervisor.ts';

export type DeviceName = 'card-printer' | 'receipt-printer' | 'panel' | 'camera' | 'fingerprint-scanner';

export interface Devices {
  /** Both stay the same across the drivers' lives. */
  readonly printer: CardPrinter;
  readonly panel: Panel;
  /** The driver that is open now; null between its lives. */
  readonly cardPrinterDriver: CardPrinter | null;
  readonly receiptPrinter: ReceiptPrinter | null;
  readonly camera: Camera | null;
  /** The same across its driver's lives. Null where this cabinet has none. */
  readonly fingerprintScanner: FingerprintScanner | null;
  /** Compares fingers; loaded when first needed. Null where this cabinet has no scanner: then nobody is asked for a finger. */
  readonly fingerMatching: LoadFingerMatching | null;
  health(): Partial<Record<DeviceName, Health>>;
  /** Codes of what is wrong now, those that stop most first. */
  faults(): ProblemCode[];
  /** Called when a device's health changes. */
  onChange(listener: (device: DeviceName, health: Health) => void): void;
  run(signal: AbortSignal): Promise<void>;
}

type Driver = CardPrinter | ReceiptPrinter | Panel | Camera | FingerprintScanner;

export interface DevicesOptions {
  cabinet: CabinetFile;
  clock: Clock;
  random: Random;
  log: Log;
  /** How a link is opened; other than the real way only in one process with its simulators. */
  openLink?: (device: DeviceName) => OpenLink;
}

export function openDevices(options: DevicesOptions): Devices {
  const { clock, random, log, cabinet } = options;
  let matching: ReturnType<LoadFingerMatching> | null = null;
  const loadMatching: LoadFingerMatching = () => {
    matching ??= import('./finger-matching.ts').then(({ openFingerMatching }) => openFingerMatching());
    return matching;
  };
  const make = factories(options, loadMatching);
  const watchOver = <D extends Driver>(name: DeviceName, open: (signal: AbortSignal) => Promise<D>) =>
    supervise<D>({ name, open, unreachable: `${name}/unreachable` as ProblemCode, clock, random, log });
  const cardPrinter = watchOver<CardPrinter>('card-printer', make.cardPrinter);
  const receiptPrinter = watchOver<ReceiptPrinter>('receipt-printer', make.receiptPrinter);
  const panel = watchOver<Panel>('panel', make.panel);
  const camera = cabinet.camera ? watchOver<Camera>('camera', make.camera) : null;
  const scanner = cabinet.fingerprintScanner
    ? watchOver<FingerprintScanner>('fingerprint-scanner', make.fingerprintScanner)
    : null;
  const all: [DeviceName, Supervised<Driver>][] = [
    ['card-printer', cardPrinter],
    ['receipt-printer', receiptPrinter],
    ['panel', panel],
    ...(camera ? [['camera', camera] as [DeviceName, Supervised<Driver>]] : []),
    ...(scanner ? [['fingerprint-scanner', scanner] as [DeviceName, Supervised<Driver>]] : []),
  ];
  const listeners: ((device: DeviceName, health: Health) => void)[] = [];
  return {
    printer: steadyPrinter(cardPrinter, clock),
    panel: steadyPanel(panel),
    get cardPrinterDriver() {
      return cardPrinter.driver;
    },
    get receiptPrinter() {
      return receiptPrinter.driver;
    },
    get camera() {
      return camera?.driver ?? null;
    },
    fingerprintScanner: scanner && steadyScanner(scanner, clock),
    fingerMatching: scanner && loadMatching,
    health: () => Object.fromEntries(all.map(([name, device]) => [name, device.health.value])),
    faults: () => worstFirst(all.map(([, device]) => device.health.value)),
    onChange: (listener) => listeners.push(listener),
    async run(signal) {
      const tell = async (name: DeviceName, device: Supervised<unknown>) => {
        for await (const health of device.health.changes(signal))
          for (const listener of listeners) listener(name, health);
      };
      await Promise.all(all.flatMap(([name, device]) => [device.run(signal), tell(name, device)]));
    },
  };
}

const weight = { stop: 0, 'refuse-new': 1, 'go-on': 2 };

function worstFirst(healths: Health[]): ProblemCode[] {
  const codes = healths.flatMap(({ code }) => (code ? [code] : []));
  return codes.sort((a, b) => weight[problemRow(a).visits] - weight[problemRow(b).visits]);
}
