import type { CliCommand, OfficeCommand } from '#central/commands/cli.ts';
import { type FingerReport, fingerRates } from './finger-rates.ts';

const dayMs = 86_400_000;
const usualDays = 30;

export const fingerCommands: Record<string, OfficeCommand> = {
  'finger-rates': ({ store, clock }, { days }) =>
    store.read((db) => fingerRates(db, clock.wallMs() - Number(days ?? usualDays) * dayMs)),
};

export const fingerCli: CliCommand[] = [
  {
    name: 'finger-rates',
    usage: `finger-rates [--days N] [--json]
                                                how often fingers are not recognised and officers identify, by kiosk and officer`,
    options: { days: { type: 'string' } },
    async run({ values, ask, say }) {
      const days = values.days === undefined ? usualDays : Number(values.days);
      if (!Number.isInteger(days) || days < 1) throw new Error(`--days ${String(values.days)} is no number of days`);
      const report = (await ask('finger-rates', { days })) as FingerReport;
      if (values.json) return say(JSON.stringify(report));
      for (const line of inLines(report)) say(line);
    },
  },
];

const percent = (part: number | null): string => (part === null ? '-' : `${(100 * part).toFixed(1)} %`);

/** Two tables; no rate without the count that it was made from. */
export function inLines({ kiosks, operators }: FingerReport): string[] {
  if (kiosks.length === 0) return ['no finger was asked for in this time'];
  return [
    row('kiosk', 'asked', 'finger', 'officer', 'fallback', 'compared', 'not matched', 'poor'),
    ...kiosks.map((one) =>
      row(
        one.kiosk,
        ...[one.asked, one.recognised, one.byOfficer, percent(one.fallback), one.comparisons],
        ...[percent(one.falseReject), one.poor],
      ),
    ),
    ...operators.map(
      ({ operatorId, identified, share, reasons }) =>
        `${operatorId}: identified ${identified} (${percent(share)} of all), ${reasonsOf(reasons)}`,
    ),
  ];
}

const row = (first: string, ...rest: (string | number)[]): string =>
  [first.padEnd(12), ...rest.map((cell) => String(cell).padStart(12))].join('');

const reasonsOf = (reasons: Record<string, number>): string =>
  Object.entries(reasons)
    .map(([reason, count]) => `${reason} ${count}`)
    .join(', ');
