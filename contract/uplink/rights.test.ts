import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { entryTypes } from './entries.ts';
import { moveOf, type RightState, rightAfter, rightMoves, rightStates } from './rights.ts';

/** Every move in every state, by hand. `-` is an anomaly: the state stays, and a person looks. Columns as in `states`. */
const states = [
  'usable',
  'leased',
  'intended',
  'inking',
  'presenting',
  'held',
  'in-doubt',
  'fenced',
  'fenced-inked',
  'lost',
  'issued',
  'paused',
  'closed',
];
const expected: Record<string, string[]> = {
  'lease.voided': ['usable', 'usable', '-', '-', '-', '-', '-', 'usable', '-', '-', '-', 'paused', 'closed'],
  'print.intended': ['-', 'intended', '-', '-', '-', '-', '-', 'fenced', '-', '-', '-', '-', '-'],
  'print.inking': ['-', '-', 'inking', '-', '-', '-', '-', 'fenced-inked', '-', '-', '-', '-', '-'],
  'print.printed': ['-', '-', '-', 'inking', '-', '-', '-', '-', 'fenced-inked', '-', '-', '-', '-'],
  'print.checked': ['-', '-', '-', 'inking', '-', '-', '-', '-', 'fenced-inked', '-', '-', '-', '-'],
  'print.presenting': ['-', '-', '-', 'presenting', 'presenting', '-', '-', '-', 'fenced-inked', '-', '-', '-', '-'],
  'outcome:issued': ['-', '-', '-', '-', 'issued', '-', 'issued', '-', 'issued', '-', '-', '-', '-'],
  'outcome:retained': ['-', '-', '-', 'held', 'held', '-', 'held', '-', 'held', '-', '-', '-', '-'],
  'outcome:spoiled': ['-', '-', '-', 'leased', '-', '-', '-', '-', 'fenced', '-', '-', '-', '-'],
  'outcome:unused': ['-', '-', 'leased', '-', '-', '-', '-', 'fenced', '-', '-', '-', '-', '-'],
  'outcome:in-doubt': [
    '-',
    '-',
    'in-doubt',
    'in-doubt',
    'in-doubt',
    '-',
    '-',
    'in-doubt',
    'in-doubt',
    '-',
    '-',
    '-',
    '-',
  ],
  'card.handed-over': ['-', '-', '-', '-', '-', 'issued', 'issued', '-', '-', '-', '-', '-', '-'],
  'card.destroyed': ['-', '-', '-', '-', '-', 'usable', 'usable', '-', '-', '-', '-', '-', '-'],
  'visit:data-disputed': ['paused', 'leased', '-', '-', '-', '-', '-', 'fenced', '-', '-', '-', 'paused', '-'],
  'epoch.closed': [
    '-',
    'fenced',
    'fenced',
    'fenced-inked',
    'fenced-inked',
    'held',
    'in-doubt',
    '-',
    '-',
    '-',
    '-',
    '-',
    '-',
  ],
  'decided:issued': ['-', '-', '-', '-', '-', 'issued', 'issued', 'issued', 'issued', '-', '-', '-', '-'],
  'decided:destroyed': ['-', '-', '-', '-', '-', 'usable', 'usable', 'usable', 'usable', '-', '-', '-', '-'],
  'decided:lost': ['-', '-', '-', '-', '-', 'lost', 'lost', 'lost', 'lost', '-', '-', '-', '-'],
  'decided:resumed': ['-', '-', '-', '-', '-', '-', '-', '-', '-', '-', '-', 'usable', '-'],
};

describe('where a right goes', () => {
  test('the table above has every state and every move', () => {
    expect(states).toEqual([...rightStates]);
    expect(Object.keys(expected)).toEqual([...rightMoves]);
  });

  test.each(rightMoves)('%s does in each state what the table says', (move) => {
    for (const [index, state] of rightStates.entries()) {
      const wanted = expected[move]?.[index];
      const step = rightAfter(state, move);
      expect('to' in step ? step.to : '-', state).toBe(wanted);
      if ('anomaly' in step) expect(step.anomaly).toBe(`${move} while ${state}`);
    }
  });

  test('once ink may have flowed, only a spoiled body in the box or a destroyed card makes it free again', () => {
    const freedBy = {
      inking: ['outcome:spoiled'],
      presenting: [],
      held: ['card.destroyed', 'decided:destroyed'],
      'in-doubt': ['card.destroyed', 'decided:destroyed'],
      'fenced-inked': ['outcome:spoiled', 'decided:destroyed'],
      lost: [],
    };
    for (const [state, moves] of Object.entries(freedBy)) {
      const freeing = rightMoves.filter((move) => {
        const step = rightAfter(state as RightState, move);
        return 'to' in step && !(step.to in freedBy) && step.to !== 'issued';
      });
      expect(freeing, state).toEqual(moves);
    }
  });

  test('whatever a kiosk says, a right is used at most once, and issued is the end', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...rightMoves), { maxLength: 40 }), (moves) => {
        let state: RightState = 'leased';
        let issued = 0;
        for (const move of moves) {
          const step = rightAfter(state, move);
          if (!('to' in step)) continue;
          if (step.to === 'issued') issued += 1;
          state = step.to;
        }
        expect(issued).toBeLessThanOrEqual(1);
        if (issued === 1) expect(state).toBe('issued');
      }),
    );
  });
});

describe('which entries move a right', () => {
  const silent = [
    'kiosk.started',
    'lease.received',
    'blanko.moved',
    'receipt.printed',
    'receipt.owed',
    'duty.opened',
    'duty.closed',
    'ribbon.changed',
    'operator.acted',
    'device.changed',
    'command.received',
    'command.done',
    'command.failed',
  ];
  test('only those of leases, printing and hand-over, and a visit that disputed its data', () => {
    const moving = entryTypes.filter((type) => moveOf(type, { outcome: 'data-disputed' }) !== null);
    expect(entryTypes.filter((type) => !moving.includes(type))).toEqual(silent);
  });

  test('a visit moves one only where the data was disputed', () => {
    expect(moveOf('visit.ended', { outcome: 'data-disputed' })).toBe('visit:data-disputed');
    expect(moveOf('visit.ended', { outcome: 'issued' })).toBeNull();
  });

  test('an outcome is spelled out', () => {
    for (const outcome of ['issued', 'retained', 'spoiled', 'unused', 'in-doubt'])
      expect(moveOf('print.outcome', { outcome })).toBe(`outcome:${outcome}`);
  });
});
