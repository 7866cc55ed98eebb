/** Who takes part: the office and two kiosks. Each is told apart by user name, client id and password. */
export const people = ['central', 'KIOSK-1', 'KIOSK-2'] as const;
export type Person = (typeof people)[number];
export const passwords: Record<Person, string> = {
  central: 'the office of this test',
  'KIOSK-1': 'first kiosk of this test',
  'KIOSK-2': 'second kiosk of this test',
};

/** Every topic of KIOSK-1 there is, and the office's own: who may publish there, and who hears it. Written by hand. */
export const cells: { topic: string; writer: Person; readers: Person[] }[] = [
  { topic: 'k/1/plg/KIOSK-1/evt', writer: 'KIOSK-1', readers: ['central'] },
  { topic: 'k/1/plg/KIOSK-1/state', writer: 'KIOSK-1', readers: ['central'] },
  { topic: 'k/1/plg/KIOSK-1/req/status', writer: 'KIOSK-1', readers: ['central'] },
  { topic: 'k/1/plg/KIOSK-1/req/identify', writer: 'KIOSK-1', readers: ['central'] },
  { topic: 'k/1/plg/KIOSK-1/req/lease', writer: 'KIOSK-1', readers: ['central'] },
  { topic: 'k/1/plg/KIOSK-1/ack', writer: 'central', readers: ['KIOSK-1'] },
  { topic: 'k/1/plg/KIOSK-1/rep/status', writer: 'central', readers: ['KIOSK-1'] },
  { topic: 'k/1/plg/KIOSK-1/rep/identify', writer: 'central', readers: ['KIOSK-1'] },
  { topic: 'k/1/plg/KIOSK-1/rep/lease', writer: 'central', readers: ['KIOSK-1'] },
  { topic: 'k/1/plg/KIOSK-1/cmd', writer: 'central', readers: ['KIOSK-1'] },
  { topic: 'k/1/plg/center', writer: 'central', readers: ['KIOSK-1', 'KIOSK-2'] },
];

/** Topics that are nobody's: next to ours, above them, below them, of another version, or of the broker itself. */
export const nobodysTopics = [
  'k/1/plg/KIOSK-1',
  'k/1/plg/KIOSK-1/log',
  'k/1/plg/KIOSK-1/evt/more',
  'k/1/plg/KIOSK-1/req',
  'k/1/plg/KIOSK-1/req/money',
  'k/1/plg/KIOSK-1/rep/money',
  'k/1/plg/central/evt',
  'k/1/plg/central/cmd',
  'k/1/plg/center/evt',
  'k/2/plg/KIOSK-1/evt',
  'K/1/plg/KIOSK-1/evt',
  '/k/1/plg/KIOSK-1/evt',
  'anything',
];

/** Filters with which somebody might try to hear more than their own. */
export const greedyFilters = [
  '#',
  '+/#',
  'k/#',
  'k/1/#',
  'k/1/plg/#',
  'k/1/plg/+/#',
  'k/1/+/+/ack',
  'k/1/plg/+/rep/identify',
  'k/1/plg/+/cmd',
  'k/1/plg/+/state',
  'k/1/plg/KIOSK-1/#',
  'k/1/plg/KIOSK-1/evt',
  'k/1/plg/KIOSK-1/req/+',
  '$SYS/#',
];
