/** How one printed card ended. */
export const printOutcomes = ['issued', 'retained', 'spoiled', 'unused', 'in-doubt'] as const;
export type PrintOutcome = (typeof printOutcomes)[number];

/** How a visit ended: without one of these no complaint could be answered. */
export const visitOutcomes = [
  'issued',
  'not-yet',
  'referred',
  'deferred',
  'collect-elsewhere',
  'data-disputed',
  'abandoned',
  'machine-trouble',
  'network-trouble',
  'retained',
  'in-doubt',
  'with-officer',
] as const;
export type VisitOutcome = (typeof visitOutcomes)[number];

/** What may show that the person at the screen is the right one. */
export const proofs = ['pin', 'finger', 'officer'] as const;
export type Proof = (typeof proofs)[number];
