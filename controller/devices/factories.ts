import type { Camera } from '#drivers/camera/camera.ts';
import type { CardPrinter } from '#drivers/card-printer/card-printer.ts';
import { linkOpener } from '#drivers/kit/open-link.ts';
import type { FirmataPanels } from '#drivers/panel/firmata/open.ts';
import type { Panel } from '#drivers/panel/panel.ts';
import type { ReceiptPrinter } from '#drivers/receipt-printer/receipt-printer.ts';
import type { DeviceName, DevicesOptions } from './devices.ts';

/** How each device of the cabinet file is opened. Drivers are loaded when first needed: the first screen waits for none. */
export function factories({ cabinet, clock, random, log, openLink }: DevicesOptions) {
  const linkTo = (device: Exclude<DeviceName, 'camera'>) => {
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
  };
}
