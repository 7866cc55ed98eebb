import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PaperLine } from '../receipt-printer.ts';
import { encodePaper } from './encode.ts';
import { layOut } from './layout.ts';

const textOf = (paper: readonly PaperLine[], columns: number) =>
  layOut(paper, columns).map((line) => (line.kind === 'line' ? line.text : line.kind));

describe('a paper on 48 and on 32 columns', () => {
  test('puts a label and its value at the two edges, and on two lines where they do not fit', () => {
    const row: PaperLine[] = [{ kind: 'row', label: 'Nomor kunjungan', value: 'SU1-4821-7' }];
    expect(textOf(row, 32)).toEqual(['Nomor kunjungan       SU1-4821-7']);
    const long: PaperLine[] = [{ kind: 'row', label: 'Kecamatan', value: 'Seberang Ulu I, Kota Palembang' }];
    expect(textOf(long, 32)).toEqual(['Kecamatan', '  Seberang Ulu I, Kota Palembang']);
    expect(textOf(long, 48)).toEqual(['Kecamatan         Seberang Ulu I, Kota Palembang']);
  });

  test('keeps the words after a tick box under each other', () => {
    expect(textOf([{ kind: 'tick', text: 'Kartu Keluarga asli dan fotokopi' }], 32)).toEqual([
      '[ ] Kartu Keluarga asli dan',
      '    fotokopi',
    ]);
  });

  test('gives large letters fewer of them', () => {
    expect(textOf([{ kind: 'text', text: 'KTP-el diterima', size: 'huge' }], 32)).toEqual(['KTP-el', 'diterima']);
  });

  test('writes typographic signs as the ones a thermal printer has', () => {
    expect(textOf([{ kind: 'text', text: 'Jangan “dilaminasi” – atau…' }], 48)).toEqual([
      'Jangan "dilaminasi" - atau...',
    ]);
  });

  test('no line is longer than the paper is wide, whatever the words', () => {
    const words = fc.string({ unit: 'binary', maxLength: 90 });
    const line: fc.Arbitrary<PaperLine> = fc.oneof(
      fc.record({ kind: fc.constant('text' as const), text: words, size: fc.constantFrom('normal', 'large', 'huge') }),
      fc.record({ kind: fc.constant('row' as const), label: words, value: words }),
      fc.record({ kind: fc.constant('tick' as const), text: words }),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 4 }), fc.constantFrom(32, 48), (paper, columns) => {
        for (const one of layOut(paper, columns)) {
          if (one.kind === 'line') expect([...one.text].length * one.scale).toBeLessThanOrEqual(columns);
        }
      }),
    );
  });
});

describe('the bytes of a paper', () => {
  const encode = (paper: readonly PaperLine[]) =>
    encodePaper(paper, { columns: 32, codepage: 'cp858' }, Uint8Array.of());

  test('begin with a reset, name the code page, and end with a cut', () => {
    const hex = Buffer.from(encode([{ kind: 'text', text: 'Café' }])).toString('hex');
    expect(hex).toMatch(/^1b40/);
    expect(hex).toContain(`1b7413${Buffer.from('Caf').toString('hex')}820a`);
    expect(hex).toMatch(/1d5601(0a)?$/);
  });

  test('hold no command that somebody put into a name', () => {
    const clean = encode([{ kind: 'text', text: 'A  @ B' }]);
    expect(encode([{ kind: 'text', text: 'A\u0010\u001b@ B' }])).toHaveLength(clean.length);
    const evil = encode([{ kind: 'text', text: 'A\u0010\u0004\u0001\u001b@\u001dV\u0000B' }]);
    expect(Buffer.from(evil).includes(Buffer.from([0x10, 0x04]))).toBe(false);
    expect(Buffer.from(evil).indexOf(Buffer.from([0x1b, 0x40]), 1)).toBe(-1);
  });
});
