import { dirname, join, resolve } from 'node:path';
import type { Call, CliCommand } from '#central/commands/cli.ts';
import type { ImportReport } from '#central/gateway/land.ts';
import { writeWhole } from '#kit/state-folder.ts';

const firstSite = {
  code: 'SU1',
  name: 'Seberang Ulu I',
  kind: 'KECAMATAN',
  kecamatanCode: '16.71.02',
  cityCode: '16.71',
  city: 'Kota Palembang',
  province: 'Sumatera Selatan',
};

/** The lines that staff type to make kiosks and people known. */
export const registryCli: CliCommand[] = [
  {
    name: 'register-kiosk',
    usage: `register-kiosk REQUEST.json [--out FILE] [--shard S] [--site FILE]
                                                makes a kiosk known; writes its enrolment file; FILE of --site is JSON
                                                {code, name, kind, kecamatanCode, cityCode, city, province}
                                                (default: Seberang Ulu I, Palembang)`,
    options: { shard: { type: 'string', default: 'plg' }, site: { type: 'string' } },
    async run({ values, positionals, ask, readJson, say }) {
      const [requestPath] = positionals;
      if (!requestPath) throw new Error('register-kiosk needs the request file of the kiosk');
      const site = values.site ? readJson(String(values.site)) : firstSite;
      const enrolment = await ask('register-kiosk', { request: readJson(requestPath), shard: values.shard, site });
      const out = String(values.out ?? join(dirname(requestPath), 'enrolment.json'));
      writeWhole(out, `${JSON.stringify(enrolment, null, 2)}\n`); // the kiosk waits for it and must never read half of it
      say(`registered; give ${out} to the kiosk`);
    },
  },
  {
    name: 'import',
    usage: `import DIR [--json]        takes a file drop of print-ready records in`,
    async run({ values, positionals, ask, say, exits }) {
      const [folder] = positionals;
      if (!folder) throw new Error('import needs the folder of the file drop');
      const report = (await ask('import', { folder: resolve(folder) })) as ImportReport;
      if (values.json) say(JSON.stringify(report));
      else showReport(say, report);
      if (report.refused.length > 0) exits(3);
    },
  },
  {
    name: 'unlock-pin',
    usage: `unlock-pin --number PICKUP --by OPERATOR --reason TEXT
                                                opens a PIN that is locked for today, for an officer who saw a document`,
    async run({ values, ask, say }) {
      const [[number], [by]] = [[values.number].flat(), [values.by].flat()];
      await ask('unlock-pin', { number, by, reason: values.reason });
      say('unlocked for today');
    },
  },
];

function showReport(
  say: Call['say'],
  { dataset, rows, landed, updated, unchanged, codes, withFingers, refused, warnings }: ImportReport,
): void {
  say(`${dataset ? `${dataset.name} ${dataset.version}, as of ${dataset.cutOff}` : 'no dataset'}: ${rows} rows`);
  say(
    `  ${landed} new, ${updated} changed, ${unchanged} as before, ${codes} pick-up numbers, ${withFingers} with fingers`,
  );
  const show = (mark: string, list: ImportReport['refused']) => {
    for (const { file, row, nikTail, code, detail } of list)
      say(`  ${mark} ${file} row ${row} (NIK ...${nikTail}): ${detail} (${code})`);
  };
  show('refused', refused);
  show('warning', warnings);
}
