import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  ftruncateSync as realTruncate,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type GrantLine, openGrantsLog, readGrantsLog } from './grants-log.ts';

const newPath = () => join(mkdtempSync(join(tmpdir(), 'anjungan-grants-')), 'on', 'another', 'disk.jsonl');
const line = (n: number): GrantLine => ({
  ...{ n, term: 1, what: 'grant', person: `person-${n}`, generation: 1 },
  claims: {
    ...{ v: 1, rightId: `right-${n}`, leaseId: `lease-${n}`, kiosk: 'K-1', epoch: 1, reqId: `req-${n}` },
    ...{ class: 'FIRST', policy: '2026-11', rule: 'r', mode: 'online', grantedMs: 1, expiresMs: 2, nonce: 'n' },
    sealedSha256: 'x'.repeat(43),
  },
});
const written = (path: string, ...numbers: number[]) => {
  const log = openGrantsLog(path);
  for (const n of numbers) log.append(line(n));
  log.close();
};
const numbers = (path: string) => readGrantsLog(path).lines.map(({ n }) => n);
const change = (path: string, how: (rows: string[]) => string[]) =>
  writeFileSync(path, how(readFileSync(path, 'utf8').split('\n')).join('\n'));

describe('the log of grants', () => {
  test('gives back what was written whole, over several lives', () => {
    const path = newPath();
    written(path, 1, 2);
    written(path, 3);
    expect(readGrantsLog(path)).toEqual({ lines: [line(1), line(2), line(3)], gaps: [], lastN: 3 });
  });

  test('a torn last line is a grant that nobody ever heard of, and the next one is not glued to it', () => {
    const path = newPath();
    written(path, 1);
    appendFileSync(path, readFileSync(path, 'utf8').split('\n')[1]?.slice(0, 90) ?? '');
    expect(readGrantsLog(path)).toMatchObject({ gaps: [], lastN: 1 });
    written(path, 2);
    expect([numbers(path), readGrantsLog(path).gaps]).toEqual([[1, 2], []]);
  });

  test.each<[string, (rows: string[]) => string[]]>([
    [
      'one letter of a line in the middle is another',
      (rows) => rows.with(2, rows[2]?.replace('right-2', 'right-9') ?? ''),
    ],
    ['a line in the middle is no JSON', (rows) => rows.with(2, 'nothing')],
    ['a line in the middle is gone', (rows) => rows.toSpliced(2, 1)],
    ['two lines changed places', (rows) => [rows[0], rows[2], rows[1], ...rows.slice(3)] as string[]],
  ])('is not passed over where %s: what follows is missing', (_, how) => {
    const path = newPath();
    written(path, 1, 2, 3, 4);
    change(path, how);
    const { gaps } = readGrantsLog(path);
    expect(gaps.at(-1)?.[1]).toBe(Number.POSITIVE_INFINITY);
    expect(numbers(path).every((n) => n === 1)).toBe(true);
  });

  test('goes on after damage with a chain of its own, and the gap stays to be seen', () => {
    const path = newPath();
    written(path, 1, 2, 3);
    change(path, (rows) => rows.with(3, 'nothing'));
    const log = openGrantsLog(path, 3);
    log.append(line(4));
    log.close();
    expect(readGrantsLog(path)).toMatchObject({ gaps: [[2, 3]], lastN: 4 });
    expect(numbers(path)).toEqual([1, 2, 4]);
  });

  test('that lost its end, or is new beside an old database, says where it begins', () => {
    const path = newPath();
    written(path, 1, 2, 3);
    change(path, (rows) => [...rows.slice(0, 3), '']);
    openGrantsLog(path, 3).close();
    expect(readGrantsLog(path).gaps).toEqual([[2, 3]]);
    const fresh = newPath();
    openGrantsLog(fresh, 500).close();
    expect(readGrantsLog(fresh)).toEqual({ lines: [], gaps: [[0, 500]], lastN: 500 });
  });

  test('a grant that failed to commit gives its number to the next', () => {
    const path = newPath();
    written(path, 1, 2, 2, 3);
    expect([numbers(path), readGrantsLog(path).gaps]).toEqual([[1, 2, 2, 3], []]);
  });

  test('refuses to serve a database that is older than itself by more than that', () => {
    const path = newPath();
    written(path, 1, 2, 3);
    expect(() => openGrantsLog(path, 1)).toThrow('central restore');
    openGrantsLog(path, 2).close();
  });
});

describe('on a bad disk', () => {
  const disk = (faults: { write?: boolean; sync?: boolean; truncate?: boolean }) => ({
    write(file: number, text: string) {
      writeSync(file, faults.write ? text.slice(0, text.length / 2) : text);
      if (faults.write) throw new Error('ENOSPC');
    },
    sync() {
      if (faults.sync) throw new Error('EIO');
    },
    truncate(file: number, bytes: number) {
      if (faults.truncate) throw new Error('EIO');
      realTruncate(file, bytes);
    },
  });

  test('half a line of a full disk is taken back, and the next grant is logged when there is room', () => {
    const path = newPath();
    const faults = { write: false };
    const log = openGrantsLog(path, 0, disk(faults));
    faults.write = true;
    expect(() => log.append(line(1))).toThrow('ENOSPC');
    faults.write = false;
    log.append(line(1));
    expect(readGrantsLog(path)).toEqual({ lines: [line(1)], gaps: [], lastN: 1 });
    log.close();
  });

  test.each([{ sync: true }, { write: true, truncate: true }])('nothing is granted any more after %o', (fault) => {
    const faults: Parameters<typeof disk>[0] = {};
    const log = openGrantsLog(newPath(), 0, disk(faults));
    Object.assign(faults, fault);
    expect(() => log.append(line(1))).toThrow('grants log cannot be written');
    Object.assign(faults, { sync: false, write: false, truncate: false });
    expect(() => log.append(line(1))).toThrow('grants log cannot be written');
    log.close();
  });
});
