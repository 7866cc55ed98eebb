import type { ProblemCode } from '#contract/problems/codes.ts';
import { printOutcomes } from '#contract/uplink/entries.ts';
import type { Effect, Happening, HappeningType } from '#controller/visit/happenings.ts';
import { nextStep } from '#controller/visit/next-step.ts';
import type { Identified, Visit } from '#controller/visit/visit.ts';

/** Marked, so that a leak of any of it is found wherever it turns up. */
export const rani: Identified = {
  rightId: 'right-rani',
  firstCard: true,
  fields: {
    nameMasked: 'PRIVATE-MASKED',
    name: 'PRIVATE-NAME',
    birthPlaceAndDate: 'PRIVATE-BIRTH',
    sex: 'PRIVATE-SEX',
    address: 'PRIVATE-ADDRESS',
    maritalStatus: 'PRIVATE-STATUS',
    nikMasked: 'PRIVATE-NIK',
  },
  fingers: [],
};
/** The same person, with a finger more each time. */
export const oneFingered: Identified = { ...rani, fingers: ['right-index'] };
export const twoFingered: Identified = { ...rani, fingers: ['right-index', 'left-index'] };
export const pin = 'PRIVATE-PIN';
export const code = { kind: 'code', value: 'PRIVATE-CODE' } as const;
export const nik = { kind: 'nik', value: 'PRIVATE-DIGITS' } as const;

const service = (mode: 'full' | 'status-only' | 'closed') => ({
  mode,
  reason: mode === 'full' ? null : ('kiosk/no-blanko' as const),
  cardsLeftToday: 3,
  nextAt: null,
  officerPresent: true,
  siteName: 'Seberang Ulu I',
});
export const welcomes: Visit[] = (['full', 'status-only', 'closed'] as const).map((mode) => ({
  at: 'welcome',
  service: service(mode),
}));

const refusals = (...codes: ProblemCode[]) => codes.map((refused) => ({ code: refused, params: {} }));

/** Every kind of happening, with the contents that the table tells apart. */
export const happenings: Happening[] = [
  ...welcomes.map((visit) => ({ type: 'service' as const, service: visit.at === 'welcome' ? visit.service : never() })),
  { type: 'start' },
  { type: 'choose', how: 'qr' },
  { type: 'choose', how: 'number' },
  { type: 'number', lookup: code },
  { type: 'number', lookup: nik },
  { type: 'number-wrong', problem: 'identify/code-check-digit', params: {} },
  { type: 'pin', pin },
  ...(['yes', 'not-me', 'data-wrong'] as const).map((answer) => ({ type: 'answer' as const, answer })),
  { type: 'other-finger' },
  { type: 'retry' },
  { type: 'back' },
  { type: 'leave' },
  { type: 'still-here' },
  { type: 'not-received' },
  { type: 'done' },
  { type: 'call-officer', officerPresent: true },
  { type: 'call-officer', officerPresent: false },
  { type: 'qr', seen: { kind: 'pickup', digits: code.value } },
  { type: 'qr', seen: { kind: 'hint', seen: 'qris' } },
  { type: 'camera-failed', code: 'camera/stalled' },
  { type: 'status-ok' },
  ...refusals('identify/unknown-code', 'record/too-young', 'right/already-issued').map((said) => ({
    type: 'status-refused' as const,
    ...said,
  })),
  { type: 'identified', person: rani, required: ['pin'], unusable: null },
  ...[rani, oneFingered, twoFingered].map((person) => identifiedByFinger(person)),
  identifiedByFinger(rani, 'fingerprint/record-unreadable'),
  ...refusals('identify/not-matched', 'identify/pin-locked').map((said) => ({
    type: 'identify-refused' as const,
    ...said,
  })),
  { type: 'right-granted' },
  ...refusals('right/at-other-kiosk', 'central/unreachable').map((said) => ({
    type: 'right-refused' as const,
    ...said,
  })),
  { type: 'finger-news', say: 'hold', part: 0.5 },
  { type: 'finger-news', say: 'no-finger', part: 0 },
  { type: 'finger-poor', hint: 'dry' },
  { type: 'finger-compared', matched: true },
  { type: 'finger-compared', matched: false },
  { type: 'finger-failed', code: 'fingerprint-scanner/unreachable' },
  { type: 'officer-vouched' },
  { type: 'face-ready' },
  { type: 'face-failed', code: 'record/bad-portrait' },
  { type: 'job-phase', phase: 'printing', fraction: 0.5, minutesLeft: 1 },
  { type: 'card-at-exit' },
  { type: 'card-left' },
  ...[...printOutcomes, 'not-started' as const].flatMap((outcome) =>
    ([null, 'card-printer/jam'] as const).map((why) => ({ type: 'job-ended' as const, outcome, code: why })),
  ),
  { type: 'pin-checked', fits: true },
  { type: 'pin-checked', fits: false },
  { type: 'paper', paper: 'printed' },
  { type: 'paper', paper: 'owed' },
  { type: 'time-up' },
];

function identifiedByFinger(person: Identified, unusable: ProblemCode | null = null): Happening {
  return { type: 'identified', person, required: ['pin', 'finger'], unusable };
}

function never(): never {
  throw new Error('not a welcome');
}

/** What a finger on the page can cause; everything else comes from machines, central or time. */
export const touches: readonly HappeningType[] = [
  'start',
  'choose',
  'number',
  'number-wrong',
  'pin',
  'answer',
  'other-finger',
  'retry',
  'back',
  'leave',
  'still-here',
  'not-received',
  'done',
  'call-officer',
];

export interface Edge {
  from: string;
  to: string;
  visit: Visit;
  now: Happening;
  next: Visit;
  effects: Effect[];
}

export const keyOf = (visit: Visit): string => JSON.stringify(visit);

let walked: { states: Map<string, Visit>; edges: Edge[] } | null = null;

/** Every visit that can be reached from a welcome, and every step between them. Walked once per process. */
export function visitGraph(): { states: Map<string, Visit>; edges: Edge[] } {
  if (walked) return walked;
  const states = new Map(welcomes.map((visit) => [keyOf(visit), visit]));
  const edges: Edge[] = [];
  for (const [from, visit] of states) {
    for (const now of happenings) {
      const step = nextStep(visit, now);
      if (!step) continue;
      const [next, ...effects] = step;
      const to = keyOf(next);
      edges.push({ from, to, visit, now, next, effects });
      if (!states.has(to)) states.set(to, next);
    }
  }
  walked = { states, edges };
  return walked;
}

/** The states from which a welcome can be reached over these edges. */
export function statesThatComeHome(states: Map<string, Visit>, edges: readonly Edge[]): Set<string> {
  const into = new Map<string, string[]>();
  for (const { from, to } of edges) into.set(to, [...(into.get(to) ?? []), from]);
  const home = new Set([...states].filter(([, visit]) => visit.at === 'welcome').map(([key]) => key));
  for (const key of home) for (const before of into.get(key) ?? []) home.add(before);
  return home;
}

/**
 * Walks every visit together with what a watcher remembers of the path to it, until nothing new turns up. The watcher
 * gets each step and says what it remembers then; it throws where the path is wrong.
 */
export function watchEveryPath<M>(begins: M, watch: (memory: M, step: Omit<Edge, 'from' | 'to'>) => M): Set<M> {
  const queue = welcomes.map((visit) => ({ visit, memory: begins }));
  const seen = new Set(queue.map(({ visit, memory }) => `${memory}|${keyOf(visit)}`));
  const memories = new Set<M>([begins]);
  for (const { visit, memory } of queue)
    for (const now of happenings) {
      const step = nextStep(visit, now);
      if (!step) continue;
      const [next, ...effects] = step;
      const after = watch(memory, { visit, now, next, effects });
      memories.add(after);
      const key = `${after}|${keyOf(next)}`;
      if (!seen.has(key)) queue.push({ visit: next, memory: after });
      seen.add(key);
    }
  return memories;
}
