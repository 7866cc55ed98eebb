import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openLog } from './log.ts';

const lines = (path: string) =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as object);

test('a log tells device, code and job; what must never be told is not told, however deep it lies', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'anjungan-log-')), 'logs', 'kiosk.log');
  const log = openLog({ level: 'info', path });
  const secret = { nik: '1671021403080000', name: 'SITI', pin: '48213', birthDate: '14-03-2008', address: 'JL. X' };
  log.info({ device: 'camera', code: 'camera/stalled', ...secret }, 'changed');
  log.warn({ record: { card: secret }, person: secret, answer: { card: secret } }, 'asked');
  log.debug({ bytes: 'ff' }, 'not at this level');
  const text = readFileSync(path, 'utf8');
  for (const value of Object.values(secret)) expect(text).not.toContain(value);
  expect(lines(path)).toMatchObject([{ device: 'camera', code: 'camera/stalled', msg: 'changed' }, { msg: 'asked' }]);
  expect(lines(path)).toHaveLength(2);
});
