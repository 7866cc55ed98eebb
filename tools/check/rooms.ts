import { match } from './pattern.ts';

/** A room of the house: which files live in it, and which rooms it may import values or only types from. */
export type Room = {
  holds: readonly string[];
  values: readonly RoomName[] | 'everything';
  types?: readonly RoomName[];
  because: string;
};
export type RoomName =
  | 'tests'
  | 'schemas'
  | 'citizen-words'
  | 'problems'
  | 'screen'
  | 'contract'
  | 'kit'
  | 'simulator'
  | 'driver-kit'
  | 'promise'
  | 'driver'
  | 'devices'
  | 'visit'
  | 'controller'
  | 'kiosk-ui'
  | 'console-page'
  | 'central'
  | 'cabinet-page'
  | 'cabinet'
  | 'provisioning'
  | 'tools';

const CONTRACT: readonly RoomName[] = ['contract', 'screen', 'problems', 'citizen-words'];

/** The house, one row per room. A file lives in the first room that holds it; what a row does not allow is forbidden. */
export const rooms: Readonly<Record<RoomName, Room>> = {
  tests: {
    holds: ['tests/**', '**/*.test.ts', '**/*.test.tsx'],
    values: 'everything',
    because: 'a story needs the whole place; nobody else imports a test',
  },
  schemas: {
    holds: ['**/*.schema.ts'],
    values: ['schemas', ...CONTRACT],
    types: ['central'],
    because: 'a schema says a shape; its check is made from it, and loads before any program does',
  },
  'citizen-words': {
    holds: ['contract/problems/citizen.*'],
    values: ['citizen-words', 'problems'],
    types: ['contract', 'screen'],
    because: 'the kiosk page bundles them: a schema library would weigh more than the page',
  },
  problems: {
    holds: ['contract/problems/**'],
    values: ['citizen-words', 'problems'],
    types: ['contract', 'screen'],
    because: 'drivers and pages take the problem table, and must not get the schemas with it',
  },
  screen: {
    holds: ['contract/screen/**'],
    values: CONTRACT,
    types: ['schemas'],
    because: 'the contract imports nothing of ours, and of a schema only the type',
  },
  contract: {
    holds: ['contract/**'],
    values: CONTRACT,
    types: ['schemas'],
    because: 'the contract imports nothing of ours, and of a schema only the type',
  },
  kit: { holds: ['kit/**'], values: ['kit'], because: 'the kit knows no domain' },
  simulator: {
    holds: ['drivers/:device/**/simulator/**'],
    values: ['simulator', 'driver-kit', 'problems'],
    types: ['promise', 'kit'],
    because: 'a simulator that shared its codec with the driver would be wrong together with it',
  },
  'driver-kit': {
    holds: ['drivers/kit/**'],
    values: ['driver-kit', 'problems', 'kit'],
    because: 'what all drivers stand on knows none of them',
  },
  promise: {
    holds: ['drivers/:device/:device.ts', 'drivers/:device/fingerprint-scanner.ts', 'drivers/:device/grey-image.ts'],
    values: ['promise', 'driver', 'driver-kit', 'problems'],
    types: ['kit'],
    because: 'a driver knows its own device only, and gets time and randomness passed in',
  },
  driver: {
    holds: ['drivers/:device/**'],
    values: ['promise', 'driver', 'driver-kit', 'problems'],
    types: ['kit'],
    because: 'a driver knows its own device only, never a simulator, and gets time and randomness passed in',
  },
  devices: {
    holds: ['controller/devices/**'],
    values: ['devices', 'controller', 'promise', 'driver', 'driver-kit', 'kit', ...CONTRACT],
    types: ['schemas'],
    because: 'it opens the drivers; the controller contains no simulator',
  },
  visit: {
    holds: ['controller/visit/**'],
    values: ['visit', 'screen', 'problems'],
    types: ['contract', 'citizen-words'],
    because: 'the visit is a value: no clock, no device, no I/O',
  },
  controller: {
    holds: ['controller/**'],
    values: ['controller', 'devices', 'visit', 'kit', ...CONTRACT],
    types: ['promise'],
    because: 'only controller/devices opens drivers; the rest knows what they promise',
  },
  'kiosk-ui': {
    holds: ['kiosk-ui/**'],
    values: ['kiosk-ui', 'citizen-words'],
    types: ['screen', 'problems'],
    because: 'the page decides nothing and stays small',
  },
  'console-page': {
    holds: ['central/console/page/**'],
    values: ['console-page', 'problems', 'citizen-words'],
    types: ['central', 'contract', 'screen'],
    because: 'it runs in a browser: of the office it knows only the shapes',
  },
  central: {
    holds: ['central/**'],
    values: ['central', 'schemas', 'kit', ...CONTRACT],
    because: 'the office meets kiosks only through the contract',
  },
  'cabinet-page': {
    holds: ['cabinet/page/**'],
    values: ['cabinet-page', 'problems', 'citizen-words'],
    types: ['cabinet', 'contract', 'screen'],
    because: 'it runs in a browser: of the world it knows only the shapes',
  },
  cabinet: {
    holds: ['cabinet/**'],
    values: ['cabinet', 'simulator', 'driver-kit', 'kit', ...CONTRACT],
    types: ['promise'],
    because: 'the physical world has simulators, no drivers and no controller',
  },
  provisioning: {
    holds: ['provisioning/**'],
    values: ['provisioning', 'kit', ...CONTRACT],
    because: 'it prepares a kiosk and is no part of it',
  },
  tools: { holds: ['tools/**', '*'], values: 'everything', because: 'commands for people may use all, except tests' },
};

/** Rooms where "own folder" is the device: `drivers/camera` may not look into `drivers/panel`. */
const ONE_DEVICE_EACH: readonly RoomName[] = ['driver', 'promise', 'simulator'];

/** The room a file lives in, and the device whose folder it is in; undefined for a file that lives nowhere. */
export function roomOf(path: string): { name: RoomName; device: string | undefined } | undefined {
  for (const name of Object.keys(rooms) as RoomName[]) {
    for (const pattern of rooms[name].holds) {
      const remembered = match(pattern, path);
      if (remembered) return { name, device: remembered.device };
    }
  }
  return undefined;
}

/** Whether the file `from` may import the file `to`, for its types only or for its values. */
export function mayImport(from: string, to: string, typeOnly: boolean): boolean {
  const [here, there] = [roomOf(from), roomOf(to)];
  if (!here || !there) return false;
  const room = rooms[here.name];
  if (there.name === 'tests' && here.name !== 'tests') return false;
  if (room.values === 'everything') return true;
  const allowed = typeOnly ? [...room.values, ...(room.types ?? [])] : room.values;
  if (!allowed.includes(there.name)) return false;
  return !isForeignDevice(here, there);
}

type Place = NonNullable<ReturnType<typeof roomOf>>;

function isForeignDevice(here: Place, there: Place): boolean {
  if (!ONE_DEVICE_EACH.includes(here.name) || !ONE_DEVICE_EACH.includes(there.name)) return false;
  return there.device !== here.device && there.device !== 'kit';
}
