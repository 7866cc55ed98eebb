/** What each figure is held against. Aims are for people to look at: no test fails when a shared machine is slow. */
export const aims = {
  'card-stream': { what: 'record to Evolis bytes, beside sharp alone', atMost: 1.7, unit: 'x' },
  pickup: { what: 'whole pickup, tap to acknowledged outcome', atMost: 300, unit: 'ms' },
  fsyncs: { what: 'fsyncs of the controller per card', atMost: 14, unit: '' },
  acknowledgement: { what: 'event to acknowledgement, p50', atMost: 3, unit: 'ms' },
  start: { what: 'second start to first screen', atMost: 1_000, unit: 'ms' },
  memory: { what: 'idle memory at the second start (an empty Node-RED)', atMost: 110, unit: 'MB' },
  page: { what: "JavaScript of the kiosk's page, gzipped", atMost: 40, unit: 'kB' },
} as const satisfies Record<string, { what: string; atMost: number; unit: string }>;

export type AimName = keyof typeof aims;

export function verdictOn(aim: AimName, value: number): 'ok' | 'short' {
  return value <= aims[aim].atMost ? 'ok' : 'short';
}
