import type { PaperLine } from '../receipt-printer.ts';

/** One line of print, short enough for its size, or something that is not text. */
export type LaidOut =
  | { kind: 'line'; text: string; align: 'left' | 'centre' | 'right'; bold: boolean; scale: 1 | 2 | 3 }
  | { kind: 'feed'; lines: number }
  | { kind: 'qr'; text: string };

const scales = { normal: 1, large: 2, huge: 3 } as const;
const TICK_BOX = '[ ] ';

/** Typographic characters that no thermal printer's code page has, and what stands for them. */
const plain: Readonly<Record<string, string>> = {
  '\u2018': "'",
  '\u2019': "'",
  '\u201c': '"',
  '\u201d': '"',
  '\u2013': '-',
  '\u2014': '-',
  '\u2026': '...',
  '\u00a0': ' ',
  '\u2022': '*',
  '\u00d7': 'x',
};

/** The paper as lines of at most `columns` characters: words wrapped, labels and values at the two edges. Pure. */
export function layOut(paper: readonly PaperLine[], columns: number): LaidOut[] {
  return paper.flatMap((line) => layOutOne(line, columns));
}

function layOutOne(line: PaperLine, columns: number): LaidOut[] {
  switch (line.kind) {
    case 'text': {
      const scale = scales[line.size ?? 'normal'];
      const style = { align: line.align ?? 'left', bold: line.bold ?? false, scale };
      return wrap(line.text, Math.floor(columns / scale)).map((text) => ({ kind: 'line', text, ...style }));
    }
    case 'row':
      return row(printable(line.label), printable(line.value), columns).map(normal);
    case 'rule':
      return [normal('-'.repeat(columns))];
    case 'space':
      return [{ kind: 'feed', lines: line.lines }];
    case 'tick':
      return hanging(TICK_BOX, line.text, columns).map(normal);
    case 'qr':
      return [{ kind: 'qr', text: printable(line.text) }];
    default:
      return line satisfies never;
  }
}

const normal = (text: string): LaidOut => ({ kind: 'line', text, align: 'left', bold: false, scale: 1 });

/** Both on one line where they fit with a gap, otherwise the value on lines of its own at the right edge. */
function row(label: string, value: string, columns: number): string[] {
  const gap = columns - label.length - value.length;
  if (gap >= 1) return [label + ' '.repeat(gap) + value];
  return [...wrap(label, columns), ...wrap(value, columns).map((part) => part.padStart(columns))];
}

function hanging(mark: string, text: string, columns: number): string[] {
  return wrap(text, columns - mark.length).map((part, index) => (index === 0 ? mark : ' '.repeat(mark.length)) + part);
}

/** Breaks at spaces; a word longer than a line is cut. An empty text is one empty line. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of printable(text)
    .split(' ')
    .flatMap((long) => cut(long, width))) {
    if (line === '') line = word;
    else if (line.length + 1 + word.length <= width) line += ` ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

function cut(word: string, width: number): string[] {
  const parts: string[] = [];
  for (let at = 0; at < word.length; at += width) parts.push(word.slice(at, at + width));
  return parts;
}

/** Without control characters, which would be commands to the printer, and without what its code pages lack. */
export function printable(text: string): string {
  const mapped = [...text.normalize('NFC')].map((character) => plain[character] ?? character).join('');
  return mapped.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ');
}
