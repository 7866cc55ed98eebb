import type { Morning } from '#central/console/morning.ts';

/** What every page of the console is given. */
export interface ViewProps {
  overview: Morning;
  nowMs: number;
}

export type KioskRow = Morning['kiosks'][number];

export const hopperOf = ({ stock }: KioskRow) =>
  stock.accounts.find(({ account }) => account === 'hopper')?.count ?? null;

/** Changes when facts came in: then what was read of them is read again. */
export const factsIn = ({ kiosks }: Morning) => kiosks.reduce((sum, { committedSeq }) => sum + committedSeq, 0);

export const siteOf = (overview: Morning, kiosk: string) =>
  overview.kiosks.find((row) => row.kiosk === kiosk)?.site.name ?? kiosk;
