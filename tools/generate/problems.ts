import type { Sentences } from '#contract/problems/citizen.fill.ts';
import { citizenWords } from '#contract/problems/citizen.id.ts';
import { type ProblemCode, problemRow, problems } from '#contract/problems/codes.ts';
import { technicianWords } from '#contract/problems/technician.en.ts';
import { madeBy, page, table } from './tables.ts';

const head = ['code', 'fixed by', 'visits', 'card', 'right', 'next', 'due', 'citizen is told', 'cause', 'what to do'];

/** Every fault that a person can meet: owner, effect, next step, words. One section per family. */
export function problemsPage(): string {
  const codes = Object.keys(problems) as ProblemCode[];
  const families = [...new Set(codes.map((code) => code.split('/')[0] ?? ''))];
  const sections = families.map((family) => {
    const rows = codes.filter((code) => code.startsWith(`${family}/`)).map(rowOf);
    return `## ${family}\n\n${table(head, rows)}`;
  });
  return page(
    madeBy('contract/problems/'),
    '# Every fault, who mends it, and what it means',
    'Codes never change: they stand in journals, logs and reports. The words may; they exist in Indonesian and English.' +
      ' "Visits" is what happens to visitors while it lasts, "right" what has become of the right to the card,' +
      ' "next" what the citizen can do now, "due" when central wants it mended (h = hours; 2p = two people).',
    ...sections,
  );
}

function rowOf(code: ProblemCode): string[] {
  const row = problemRow(code);
  const due = row.dueInHours === 0 ? '' : `${row.dueInHours} h`;
  const { cause, do: remedy } = technicianWords[code];
  return [
    `\`${code}\``,
    row.fixedBy,
    row.visits,
    row.card,
    row.right,
    row.next,
    [due, row.hands === 2 ? '2p' : '', row.severity === 'urgent' ? '**urgent**' : ''].filter(Boolean).join(' '),
    fullest(citizenWords[code].show),
    cause,
    row.part ? `${remedy} Part: ${row.part}.` : remedy,
  ];
}

const fullest = (words: Sentences) => (typeof words === 'string' ? words : (words[0] ?? ''));
