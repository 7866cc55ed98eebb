import type { HappeningType } from '#controller/visit/happenings.ts';
import { table as visitTable } from '#controller/visit/next-step.ts';
import { visitSteps } from '#controller/visit/visit.ts';
import { madeBy, page, table } from './tables.ts';

/** The visit: every state and every happening; a transition, or why nothing changes. */
export function visitPage(): string {
  const happenings = Object.keys(visitTable.welcome) as HappeningType[];
  const reasons = [...new Set(visitSteps.flatMap((at) => happenings.map((type) => reasonOf(at, type) ?? '')))].filter(
    Boolean,
  );
  const rows = happenings.sort().map((type) => [
    `\`${type}\``,
    ...visitSteps.map((at) => {
      const reason = reasonOf(at, type);
      return reason === null ? '●' : String(reasons.indexOf(reason) + 1);
    }),
  ]);
  return page(
    madeBy('controller/visit/next-step.ts'),
    '# The visit: what each happening does in each state',
    '● is a transition, written in `controller/visit/*-rows.ts`. A number says why nothing changes:',
    reasons.map((reason, index) => `${index + 1}. ${reason}`).join('\n'),
    table(['happening', ...visitSteps], rows),
  );
}

function reasonOf(at: (typeof visitSteps)[number], type: HappeningType): string | null {
  const cell = visitTable[at][type];
  return typeof cell === 'function' ? null : cell.ignored;
}
