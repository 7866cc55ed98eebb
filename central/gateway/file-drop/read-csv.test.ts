import { expect, test } from 'vitest';
import { readCsv } from './read-csv.ts';

const columns = ['nik', 'name'] as const;
const bytes = (text: string) => new TextEncoder().encode(text);

test('lines are rows, counted as an editor counts them', () => {
  expect(readCsv(bytes('name,nik\nSITI,1\n\nBUDI,2\n'), columns)).toEqual([
    { row: 2, cells: { nik: '1', name: 'SITI' } },
    { row: 4, cells: { nik: '2', name: 'BUDI' } },
  ]);
});

test('an open quote spoils its own line only', () => {
  const rows = readCsv(bytes('nik,name\n1,"SITI\n2,BUDI\n3,AY"U\n'), columns);
  expect(rows).toMatchObject([
    { row: 2, fault: { code: 'import/columns', detail: 'quotes do not match (CSV_QUOTE_NOT_CLOSED)' } },
    { row: 3, cells: { name: 'BUDI' } },
    { row: 4, fault: { code: 'import/columns' } },
  ]);
});

test('a column that is not ours is passed over', () => {
  expect(readCsv(bytes('nik,remark,name\n1,ask again,SITI\n'), columns)).toEqual([
    { row: 2, cells: { nik: '1', name: 'SITI' } },
  ]);
});

test('spaces around a field are not part of it', () => {
  expect(readCsv(bytes('nik,name\n 1 ," SITI "\n'), columns)).toEqual([{ row: 2, cells: { nik: '1', name: 'SITI' } }]);
});
