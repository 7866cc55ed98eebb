import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { brokenPointers, definedIn, pointersIn } from './claims.ts';
import { page, repo } from './pages.ts';

const tour = page('docs/tour.md');
const pointers = pointersIn(tour.text, repo);

test('every file on the tour is there, and defines what the tour says it does', () => {
  expect(brokenPointers(tour, repo)).toEqual([]);
});

test('the tour passes through every room that a card passes through', () => {
  const rooms = [
    ...['controller/screen-server', 'kiosk-ui', 'controller/kiosk', 'controller/visit', 'controller/uplink'],
    ...['central/requests', 'central/policy', 'central/rights', 'controller/leases', 'controller/card-face'],
    ...['controller/jobs', 'controller/journal', 'controller/blanko', 'controller/devices', 'drivers/card-printer'],
    ...[
      'drivers/panel',
      'cabinet/world',
      'controller/papers',
      'drivers/receipt-printer',
      'central/intake',
      'central/fleet',
    ],
  ];
  const unvisited = rooms.filter((room) => !pointers.some(({ path }) => path.startsWith(`${room}/`)));
  expect(unvisited).toEqual([]);
  expect(pointers.filter(({ symbol }) => symbol !== null).length).toBeGreaterThan(40);
});

test('a guide who points at nothing is caught', () => {
  const lie = (text: string) => brokenPointers({ path: 'docs/lie.md', text }, repo);
  expect(lie('See `kit/store.ts#openFileStore`, `drivers/camera` and `central/rights/`.')).toEqual([]);
  expect(lie('See `kit/shop.ts`.')).toEqual(['docs/lie.md: kit/shop.ts']);
  expect(lie('See `kit/store.ts#closeShop`.')).toEqual(['docs/lie.md: kit/store.ts#closeShop']);
  expect(lie('See `kit/store.ts#migrate` and `kit/store.ts#user_version`.')).toEqual([
    'docs/lie.md: kit/store.ts#user_version',
  ]);
});

test('what a file only imports, or only speaks of, it does not define', () => {
  const source =
    "import { a } from './a.ts';\n// b\nexport const c = 1, d = a;\nfunction e() {}\nexport interface F { g: 1 }";
  expect(definedIn('x.ts', source)).toEqual(['c', 'd', 'e', 'F']);
  const migration = 'controller/migrations/0001-journal.sql';
  expect(definedIn(migration, readFileSync(`${repo}/${migration}`, 'utf8'))).toEqual(['journal', 'acked']);
});
