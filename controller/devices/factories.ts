import type { Camera } from '#drivers/camera/camera.ts';
import type { CardPrinter } from '#drivers/card-printer/card-printer.ts';
import type { FingerprintScanner } from '#drivers/fingerprint/fingerprint-scanner.ts';
import type { OpenLink } from '#drivers/kit/byte-link.ts';
import { linkOpener } from '#drivers/kit/open-link.ts';
import type { FirmataPanels } from '#drivers/panel/firmata/open.ts';
import type { Panel } from '#drivers/panel/panel.ts';
import type { ReceiptPrinter } from '#drivers/receipt-printer/receipt-printer.ts';
import type { CabinetFile } from './cabinet-file.ts';
import type { DeviceName, DevicesOptions } from './devices.ts';
import type { FingerMatching } from './finger-matching.ts';

export type LoadFingerMatching = () => Promise<FingerMatching>;

/** How each device of the cabinet file is opened. Drivers are loaded when first needed: the first screen waits for none. */
export function factories({ cabinet, clock, random, log, openLink }: DevicesOptions, matching: LoadFingerMatching) {
  const linkTo = (device: Exclude<DeviceName, 'camera' | 'fingerprint-scanner'>) => {
    const row = {
      'card-printer': cabinet.cardPrinter,
      'receipt-printer': cabinet.receiptPrinter,
      panel: cabinet.panel,
    }[device];
    return openLink ? openLink(device) : linkOpener(row.link);
  };
  let panels: FirmataPanels | undefined;
  return {
    /** Sends nothing until it is fenced: an earlier life may have left it in the middle of a panel. */
    async cardPrinter(signal: AbortSignal): Promise<CardPrinter> {
      const { openEvolis } = await import('#drivers/card-printer/evolis/driver/evolis.ts');
      const link = await linkTo('card-printer')({ signal });
      const { timing = {} } = cabinet.cardPrinter;
      return openEvolis({ link, clock, log, signal, options: { fenceFirst: true, timing } });
    },
    async receiptPrinter(signal: AbortSignal): Promise<ReceiptPrinter> {
      const { openEscPos } = await import('#drivers/receipt-printer/escpos/driver.ts');
      const link = await linkTo('receipt-printer')({ signal });
      return openEscPos({ link, clock, signal, options: { columns: cabinet.receiptPrinter.columns } });
    },
    /** One board for the whole life of the program: links come and go under it. */
    async panel(signal: AbortSignal): Promise<Panel> {
      const { firmataPanels } = await import('#drivers/panel/firmata/open.ts');
      panels ??= firmataPanels({ clock, pins: cabinet.panel.pins });
      return panels.open({ link: await linkTo('panel')({ signal }), signal });
    },
    async camera(): Promise<Camera> {
      const { openMjpegCamera } = await import('#drivers/camera/mjpeg/camera.ts');
      if (!cabinet.camera) throw new Error('no camera in the cabinet file');
      return openMjpegCamera({ clock, random, options: { command: cabinet.camera.command, stallMs: 1_500 } });
    },
    /** Whichever it is, the same judge says how good its pictures are. */
    async fingerprintScanner(signal: AbortSignal): Promise<FingerprintScanner> {
      const { fingerprintScanner: scanner } = cabinet;
      if (!scanner) throw new Error('no fingerprint scanner in the cabinet file');
      const { judge } = await matching();
      const { dpi } = scanner;
      const calibration = dpi === undefined ? {} : { dpi };
      if (scanner.driver === 'uru4000') {
        const { openUru4000, usbIds } = await import('#drivers/fingerprint/uru4000/uru4000.ts');
        const { usbOpener } = await import('#drivers/kit/open-usb-device.ts');
        return openUru4000({ openUsb: usbOpener(usbIds, clock), clock, random, judge, options: calibration, signal });
      }
      const { openZfmScanner, usualBaudRates } = await import('#drivers/fingerprint/zfm/driver/zfm.ts');
      const openLinkAt = openLink ? () => openLink('fingerprint-scanner') : zfmLink(scanner);
      const baudRates = openLink ? [anySpeed] : zfmSpeeds(scanner, usualBaudRates);
      const { model } = scanner;
      const options = { calibration, baudRates, ...(model && { model }) };
      return openZfmScanner({ openLinkAt, clock, judge, log, options, signal });
    },
  };
}

type Zfm = Extract<NonNullable<CabinetFile['fingerprintScanner']>, { driver: 'zfm' }>;

/** What a socket is asked for: it has no speed. */
const anySpeed = 57_600;

function zfmLink({ link }: Zfm): (baudRate: number) => OpenLink {
  return (baudRate) => linkOpener(link.kind === 'serial' ? { ...link, baudRate } : link);
}

function zfmSpeeds({ link }: Zfm, usual: readonly number[]): readonly number[] {
  return link.kind === 'serial' ? [...new Set([link.baudRate, ...usual])] : [anySpeed];
}
