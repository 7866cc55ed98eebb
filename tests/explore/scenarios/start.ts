import type { Scenario } from './scenario.ts';

export const start: Scenario = {
  name: 'start',
  tells: 'the kiosk starts, and nobody comes',
  visitors: [],
};
