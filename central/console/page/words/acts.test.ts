import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { tellAct, toldActs } from './acts.ts';
import { tellCommand, tellReceived, tellVoided, toldKinds, toldReasons } from './authority.ts';

const controller = fileURLToPath(new URL('../../../../controller/', import.meta.url));
/** The kiosk's program as text: the office may not import it, but every word that it writes is read here. */
const sources = readdirSync(controller, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.includes('test'))
  .map((path) => readFileSync(`${controller}/${path}`, 'utf8'))
  .join('\n');
const written = (...patterns: RegExp[]) =>
  patterns.flatMap((pattern) => [...sources.matchAll(pattern)].map(([, word]) => word ?? ''));

test('every act that a kiosk writes down has its sentence', () => {
  const acts = written(/\baction: '([a-z-]+)'/g, /\bactOfTwo\('([a-z-]+)'/g);
  expect(acts.length).toBeGreaterThan(20);
  expect([...new Set(acts)].filter((act) => !toldActs.includes(act))).toEqual([]);
});

test('every reason for which a kiosk gives a right back has words, and so has every command', () => {
  const reasons = written(/\bendLease\([^)]*reason: '([a-z-]+)'/g, /\bvoidQuestions\(append, db, '([a-z-]+)'/g);
  expect(reasons.length).toBeGreaterThan(5);
  expect(reasons.filter((reason) => !toldReasons.includes(reason))).toEqual([]);
  for (const kind of toldKinds) expect(sources, kind).toContain(`'${kind}'`);
});

test('an act names who did it, by which paper and why', () => {
  const by = ['OP-DEWI', 'OP-BUDI'];
  const data = {
    action: 'opening-count',
    operatorId: 'OP-DEWI',
    by,
    reason: 'hopper 38, complete 0, partial 1, blank 0',
  };
  expect(tellAct(data)).toEqual({
    text: 'Isi mesin dihitung berdua: awal buku baru.',
    more: 'oleh OP-DEWI dan OP-BUDI; hopper 38, complete 0, partial 1, blank 0',
  });
  expect(tellAct({ action: 'call-ended' })).toEqual({ text: 'Panggilan petugas selesai.' });
});

test('a right that was handed out ahead, and what the office ordered about it, is told in words', () => {
  const lease = { leaseId: 'L', rightId: 'R', reqId: 'Q', class: 'FIRST', policy: 'p', rule: 'kec-first-1' };
  const more = { expiresAtMs: 0, sealedSha256: 'x' };
  expect(tellReceived({ ...lease, ...more, mode: 'offline' }, () => '4 Desember').more).toContain('sampai 4 Desember');
  expect(tellVoided({ ...lease, reason: 'door-open' }).more).toBe('pintu mesin dibuka tanpa petugas bertugas');
  expect(tellVoided({ ...lease, reason: 'panel/door-open' }).more).not.toContain('panel/');
  const failed = tellCommand.failed({ cmdId: 'c', kind: 'revoke-lease', code: 'right/not-usable' });
  expect(failed.text).toBe('Perintah kantor (menarik hak cetak) tidak dijalankan.');
});
