import { join, resolve } from 'node:path';
import type { HandOutReport } from '#central/rights/offline.ts';
import { systemClock } from '#kit/clock.ts';
import type { CliCommand } from './cli.ts';

/** The lines that staff type about rights ahead of time, and about the office's own database. */
export const authorityCli: CliCommand[] = [
  {
    name: 'hand-out',
    usage: `hand-out KIOSK (--number PICKUP | --person ID)... --by OPERATOR [--json]
                                                hands rights out ahead of time, for use without central; at most as many
                                                as the kiosk has blanks`,
    options: { person: { type: 'string', multiple: true } },
    async run({ values, positionals, ask, say, exits }) {
      const [kiosk] = positionals;
      if (!kiosk) throw new Error('hand-out needs the name of the kiosk');
      const [by] = [values.by].flat();
      const args = { kiosk, numbers: values.number, persons: values.person, by };
      const report = (await ask('hand-out', args)) as HandOutReport;
      if (values.json) say(JSON.stringify(report));
      else {
        for (const { rightId, cmdId } of report.ordered) say(`ordered: right ${rightId}, command ${cmdId}`);
        for (const { who, code } of report.refused) say(`refused: ${who} (${code})`);
      }
      if (report.refused.length > 0) exits(1);
    },
  },
  {
    name: 'backup',
    usage: `backup FILE                writes the whole database into FILE while the office runs`,
    async run({ positionals, ask, say }) {
      const [path] = positionals;
      if (!path) throw new Error('backup needs the file to write');
      await ask('backup', { path: resolve(path) });
      say(`${path} holds the database; the keys and the grants log are not in it`);
    },
  },
  {
    name: 'restore',
    usage: `restore BACKUP --by A --by B --reason TEXT [--log-lost] [--json]
                                                puts a backup in place, in a new term; the old database is kept aside;
                                                the office must not run; --log-lost: the grants log is gone for good`,
    options: { 'log-lost': { type: 'boolean', default: false } },
    async run({ values, positionals, say }) {
      const [backup] = positionals;
      if (!backup) throw new Error('restore needs the backup');
      const { restoreOffice } = await import('#central/restore/restore.ts'); // it brings the whole office with it
      const folder = String(values.state);
      const report = restoreOffice({
        ...{ folder, backup: resolve(backup), by: [values.by].flat().map(String), reason: String(values.reason ?? '') },
        grantsLogPath: String(values.grants ?? join(folder, 'grants.jsonl')),
        logLost: values['log-lost'] === true,
        clock: systemClock,
      });
      if (values.json) return say(JSON.stringify(report));
      const { term, aside, applied, way } = report;
      say(`term ${term} begins; ${applied} lines of the grants log were not in the backup`);
      if (aside) say(`the database that was there is kept as ${aside}`);
      if (way === 'kiosks')
        say('nothing is granted until every kiosk has told its leases, also in its older journals, or was closed');
    },
  },
];
