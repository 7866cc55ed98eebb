/** Ambient things that would make a run impossible to repeat. Each is a port in the kit instead. */
export type Ban = { rule: string; names: readonly string[]; homes: readonly string[]; because: string };

const KIT = 'kit/**';
/** Pages without promises to keep in time: they refresh and animate. kiosk-ui is none of them. */
const OFFICE_PAGES = ['central/console/page/**', 'cabinet/page/**'];

/** Names of globals, of their members, and of what hides them. */
export const bannedGlobals: readonly Ban[] = [
  {
    rule: 'ambient-time',
    names: ['Date', 'Temporal', 'performance', 'process.hrtime', 'process.uptime'],
    homes: [KIT, ...OFFICE_PAGES],
    because: 'time is passed in: take a Clock',
  },
  {
    rule: 'ambient-timer',
    names: [
      ...['setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval', 'clearImmediate'],
      ...['requestAnimationFrame', 'requestIdleCallback', 'AbortSignal.timeout', 'Atomics.wait'],
    ],
    homes: [KIT, ...OFFICE_PAGES],
    because: 'waiting is passed in: use clock.sleep; the kiosk page has no timers at all',
  },
  {
    rule: 'ambient-randomness',
    names: ['Math.random', 'crypto'],
    homes: [KIT],
    because: 'randomness is passed in: take a Random',
  },
  {
    rule: 'ambient-alias',
    names: ['globalThis', 'global', 'Math'],
    homes: [KIT, ...OFFICE_PAGES],
    because: 'handed on as a value nobody can see what is taken from it',
  },
];

/** Built-in modules with the same things inside. `only` names what may be taken from them outside their home. */
export const bannedModules: readonly (Omit<Ban, 'names'> & { modules: readonly string[]; only: readonly string[] })[] =
  [
    {
      rule: 'timer-module',
      modules: ['timers', 'timers/promises', 'perf_hooks'],
      only: [],
      homes: [KIT],
      because: 'time is passed in: take a Clock',
    },
    {
      rule: 'crypto-module',
      modules: ['crypto'],
      only: ['createHash', 'createHmac', 'timingSafeEqual'],
      homes: [KIT],
      because: 'keys and randomness come from the kit; hashing and comparing are plain functions',
    },
  ];

/** Rooms whose code is a function of its arguments, or runs in a browser: which modules from outside the house they may use. */
export const pureRooms: readonly {
  rule: string;
  holds: readonly string[];
  modules: readonly string[];
  because: string;
}[] = [
  {
    rule: 'pure-visit',
    holds: ['controller/visit/**'],
    modules: [],
    because: 'the visit is a value: no clock, no device, no I/O',
  },
  {
    rule: 'pure-contract',
    holds: ['contract/**'],
    modules: ['node:crypto', 'typebox', 'typebox/*'],
    because: 'the contract says what is said; it opens nothing',
  },
  {
    rule: 'pure-page',
    holds: ['kiosk-ui/**', 'central/console/page/**', 'cabinet/page/**'],
    modules: ['preact', 'preact/*', '@expo-google-fonts/noto-sans/**'],
    because: 'it runs in a browser',
  },
];
