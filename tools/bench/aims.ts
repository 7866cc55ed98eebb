/** What each figure is held against. Aims are for people to look at: no test fails when a shared machine is slow. */
export const aims = {
  'card-stream': { what: 'record to Evolis bytes, beside sharp alone', atMost: 1.7, unit: 'x' },
  pickup: { what: 'whole pickup, tap to acknowledged outcome', atMost: 300, unit: 'ms' },
  fsyncs: { what: 'fsyncs of the controller per card', atMost: 14, unit: '' },
  acknowledgement: { what: 'event to acknowledgement, p50', atMost: 3, unit: 'ms' },
  start: { what: 'second start to first screen', atMost: 1_000, unit: 'ms' },
  memory: { what: 'idle memory at the second start (an empty Node-RED)', atMost: 110, unit: 'MB' },
  page: { what: "JavaScript of the kiosk's page, gzipped", atMost: 40, unit: 'kB' },
  'finger-extraction': {
    what: 'picture of a finger to its minutiae (the Java engine: 35 to 70)',
    atMost: 70,
    unit: 'ms',
  },
  'finger-index': { what: 'index of a probe', atMost: 5, unit: 'ms' },
  'finger-matches': { what: 'comparisons of fingers on one core', atLeast: 5_000, unit: '/s' },
  backlog: { what: 'backlog of 100,000 entries, drained and acknowledged', atLeast: 20_000, unit: '/s' },
  'long-journal': { what: 'start with 1,000,000 entries to first screen', atMost: 2_000, unit: 'ms' },
} as const satisfies Record<string, Aim>;

export type Aim = { what: string; unit: string } & ({ atMost: number } | { atLeast: number });

export type AimName = keyof typeof aims;

export const aimOf = (aim: AimName): Aim => aims[aim];

/** `<= 300 ms`, `>= 20000 /s`. */
export function aimText(aim: AimName): string {
  const wanted = aimOf(aim);
  return `${'atMost' in wanted ? `<= ${wanted.atMost}` : `>= ${wanted.atLeast}`} ${wanted.unit}`.trim();
}

export function verdictOn(aim: AimName, value: number): 'ok' | 'short' {
  const wanted = aimOf(aim);
  return ('atMost' in wanted ? value <= wanted.atMost : value >= wanted.atLeast) ? 'ok' : 'short';
}
