import { describe, expect, test } from 'vitest';
import { checkSource } from './architecture.ts';
import { bannedGlobals, bannedModules, pureRooms } from './bans.ts';
import { packageHomes } from './package-homes.ts';
import { rooms } from './rooms.ts';
import { readSource } from './source-file.ts';

/** `[rule, path of the file, its source]`: a file that breaks this rule and no other. */
type Plant = readonly [rule: string, path: string, source: string];

const plants: Plant[] = [
  ['no-room', 'drivers/loose.ts', ''],
  ['no-room', 'garage/car.ts', ''],

  ['room:schemas', 'controller/devices/cabinet-file.schema.ts', `import { systemClock } from '#kit/clock.ts';`],
  ['room:citizen-words', 'contract/problems/citizen.id.ts', `import { entries } from '#contract/uplink/entries.ts';`],
  ['room:problems', 'contract/problems/codes.ts', `import { ScreenState } from '../screen/screen-state.ts';`],
  ['room:screen', 'contract/screen/screen-state.ts', `import { systemClock } from '#kit/clock.ts';`],
  ['room:contract', 'contract/uplink/topics.ts', `import type { Clock } from '#kit/clock.ts';`],
  ['room:kit', 'kit/store.ts', `import type { Entry } from '#contract/uplink/entries.ts';`],
  [
    'room:driver-kit',
    'drivers/kit/link.ts',
    `import type { CardPrinter } from '#drivers/card-printer/card-printer.ts';`,
  ],
  ['room:promise', 'drivers/camera/camera.ts', `import { systemClock } from '#kit/clock.ts';`],

  ['room:driver', 'drivers/camera/mjpeg/stream.ts', `import type { Panel } from '#drivers/panel/panel.ts';`],
  ['room:driver', 'drivers/camera/mjpeg/stream.ts', `import { lamps } from '#drivers/panel/firmata/lamps.ts';`],
  ['room:driver', 'drivers/camera/mjpeg/stream.ts', `import { systemClock } from '#kit/clock.ts';`],
  ['room:driver', 'drivers/camera/mjpeg/stream.ts', `import { type Clock } from '#kit/clock.ts';`],
  ['room:driver', 'drivers/camera/mjpeg/stream.ts', `import type { Visit } from '#controller/visit/visit.ts';`],
  ['room:driver', 'drivers/card-printer/evolis/driver.ts', `import { simulate } from './simulator/simulator.ts';`],
  ['room:driver', 'drivers/card-printer/evolis/driver.ts', `export * from './simulator/frame.ts';`],
  [
    'room:simulator',
    'drivers/card-printer/evolis/simulator/frame.ts',
    `import type { Frame } from '../protocol/frame.ts';`,
  ],
  [
    'room:simulator',
    'drivers/card-printer/evolis/simulator/printer.ts',
    `const driver = await import('../driver.ts');`,
  ],
  ['room:simulator', 'drivers/card-printer/evolis/simulator/printer.ts', `type F = import('../driver.ts').Frame;`],
  [
    'room:simulator',
    'drivers/camera/simulator/camera.ts',
    `import { paper } from '#drivers/receipt-printer/simulator/paper.ts';`,
  ],

  ['room:devices', 'controller/devices/open.ts', `import { simulate } from '#drivers/camera/simulator/camera.ts';`],
  ['room:devices', 'controller/devices/open.ts', `import type { World } from '#cabinet/world.ts';`],
  ['room:visit', 'controller/visit/next-step.ts', `import { entries } from '#contract/uplink/entries.ts';`],
  ['room:visit', 'controller/visit/next-step.ts', `import type { Clock } from '#kit/clock.ts';`],
  [
    'room:visit',
    'controller/visit/next-step.ts',
    `import type { CardPrinter } from '#drivers/card-printer/card-printer.ts';`,
  ],
  ['room:visit', 'controller/visit/next-step.ts', `export { jobs } from '../jobs/jobs.ts';`],
  ['room:controller', 'controller/jobs/jobs.ts', `import { openEvolis } from '#drivers/card-printer/evolis/open.ts';`],
  ['room:controller', 'controller/jobs/jobs.ts', `import { print } from '#drivers/card-printer/card-printer.ts';`],
  ['room:controller', 'controller/jobs/jobs.ts', `import type { Job } from '#drivers/card-printer/evolis/driver.ts';`],
  ['room:controller', 'controller/uplink/uplink.ts', `import type { Intake } from '#central/intake/intake.ts';`],
  ['room:controller', 'controller/kiosk/ask.ts', `import { Question } from '#contract/uplink/messages.schema.ts';`],
  ['room:contract', 'contract/uplink/messages.ts', `import { Evt } from './messages.schema.ts';`],
  ['room:screen', 'contract/screen/taps.ts', `export { TapRequest } from './taps.schema.ts';`],
  ['room:devices', 'controller/devices/open.ts', `import { Pins } from './cabinet-file.schema.ts';`],
  ['room:controller', 'controller/main.ts', `import { story } from '#tests/hil/story.ts';`],

  ['room:kiosk-ui', 'kiosk-ui/main.tsx', `import { ScreenState } from '#contract/screen/screen-state.ts';`],
  ['room:kiosk-ui', 'kiosk-ui/main.tsx', `import { problems } from '#contract/problems/codes.ts';`],
  ['room:kiosk-ui', 'kiosk-ui/main.tsx', `import type { Visit } from '#controller/visit/visit.ts';`],
  ['room:console-page', 'central/console/page/main.tsx', `import { fleet } from '#central/fleet/fleet.ts';`],
  ['room:cabinet-page', 'cabinet/page/main.tsx', `import { world } from '../world.ts';`],
  ['room:central', 'central/intake/intake.ts', `import { nextStep } from '#controller/visit/next-step.ts';`],
  ['room:central', 'central/fleet/fleet.ts', `import type { Camera } from '#drivers/camera/camera.ts';`],
  ['room:cabinet', 'cabinet/open.ts', `import { openEvolis } from '#drivers/card-printer/evolis/open.ts';`],
  ['room:cabinet', 'cabinet/open.ts', `import type { Controller } from '#controller/open.ts';`],
  ['room:provisioning', 'provisioning/enrol.ts', `import { register } from '#central/fleet/register.ts';`],
  ['room:tools', 'tools/day.ts', `import { openPlace } from '#tests/hil/place.ts';`],

  ['spelling', 'controller/jobs/jobs.ts', `import { lock } from '../../kit/async.ts';`],
  ['spelling', 'drivers/camera/mjpeg/stream.ts', `import { DeviceError } from '../../kit/device-error.ts';`],
  ['computed-import', 'controller/main.ts', 'const name = process.argv[2]; await import(name);'],

  ['home:better-sqlite3', 'controller/journal/journal.ts', `import Database from 'better-sqlite3';`],
  ['home:mqtt', 'controller/uplink/uplink.ts', `import { connect } from 'mqtt';`],
  ['home:jose', 'central/rights/rights.ts', `import type { JWK } from 'jose';`],
  ['home:pino', 'central/main.ts', `import { pino } from 'pino';`],
  ['home:aedes', 'central/intake/intake.ts', `import { Aedes } from 'aedes';`],
  ['home:serialport', 'drivers/panel/firmata/open.ts', `import { SerialPort } from 'serialport';`],
  ['home:usb', 'drivers/fingerprint/uru4000/uru4000.ts', `const { usb } = await import('usb');`],
  ['home:johnny-five', 'controller/devices/open.ts', `const five = await import('johnny-five');`],
  ['home:zxing-wasm', 'controller/screen-server/qr.ts', `const wasm = import.meta.resolve('zxing-wasm/reader');`],
  ['home:sharp', 'central/gateway/portrait.ts', `import sharp from 'sharp';`],
  [
    'home:@expo-google-fonts/noto-sans',
    'controller/visit-slip/slip.ts',
    `import.meta.resolve('@expo-google-fonts/noto-sans/x.ttf');`,
  ],
  [
    'home:@point-of-sale/receipt-printer-encoder',
    'controller/jobs/a.ts',
    `import E from '@point-of-sale/receipt-printer-encoder';`,
  ],
  ['home:typebox', 'drivers/panel/panel.ts', `import Type from 'typebox';`],
  ['home:typebox', 'contract/uplink/entries.ts', `import Type from 'typebox';`],
  ['home:typebox', 'controller/leases/leases.ts', `const { Compile } = await import('typebox/compile');`],
  ['home:fastify', 'controller/uplink/uplink.ts', `import fastify from 'fastify';`],
  ['home:preact', 'central/console/server.ts', `import { h } from 'preact';`],
  ['home:csv-parse', 'central/rights/rights.ts', `import { parse } from 'csv-parse/sync';`],
  ['home:vite', 'controller/screen-server/server.ts', `import { build } from 'vite';`],
  ['home:vitest', 'kit/testing.ts', `import { expect } from 'vitest';`],
  ['homeless-package', 'kit/left.ts', `import pad from 'left-pad';`],

  ['pure-visit', 'controller/visit/next-step.ts', `import { readFileSync } from 'node:fs';`],
  ['pure-contract', 'contract/uplink/topics.ts', `import { connect } from 'node:net';`],
  ['pure-page', 'kiosk-ui/main.tsx', `import { join } from 'node:path';`],
  ['pure-page', 'cabinet/page/main.tsx', `import sharp from 'sharp';`],

  ['timer-module', 'central/main.ts', `import { setTimeout as wait } from 'node:timers/promises';`],
  ['timer-module', 'tests/hil/story.ts', `import { setImmediate } from 'node:timers';`],
  ['timer-module', 'drivers/kit/link.ts', `const { performance: p } = await import('node:perf_hooks');`],
  ['crypto-module', 'controller/leases/keys.ts', `import { createHash, randomBytes } from 'node:crypto';`],
  ['crypto-module', 'central/rights/keys.ts', `import * as secrets from 'node:crypto';`],
  ['crypto-module', 'central/rights/keys.ts', `const { randomUUID } = require('node:crypto');`],
  ['ambient-time', 'controller/jobs/jobs.ts', 'const now = new Date();'],
  ['ambient-time', 'central/intake/intake.test.ts', 'const at = Date.now();'],
  ['ambient-time', 'kiosk-ui/main.tsx', 'const shown = <p>{new Date().getFullYear()}</p>;'],
  ['ambient-time', 'cabinet/world.ts', 'const before = process.hrtime.bigint();'],
  ['ambient-timer', 'controller/visit/next-step.ts', 'globalThis.setTimeout(() => {}, 10);'],
  ['ambient-timer', 'controller/visit/next-step.ts', `globalThis['setTimeout'](() => {}, 10);`],
  ['ambient-timer', 'kiosk-ui/main.tsx', 'window.setInterval(() => {}, 10);'],
  ['ambient-timer', 'central/fleet/fleet.ts', 'const soon = AbortSignal.timeout(10);'],
  ['ambient-timer', 'central/fleet/fleet.ts', 'const later = { setTimeout };'],
  ['ambient-randomness', 'cabinet/page/main.tsx', 'const dice = Math.random();'],
  ['ambient-randomness', 'tools/population/names.ts', 'const id = crypto.randomUUID();'],
  ['ambient-alias', 'central/fleet/fleet.ts', 'const { setTimeout: wait } = globalThis;'],
  ['ambient-alias', 'central/fleet/fleet.ts', `const wait = globalThis[['set', 'Timeout'].join('')];`],
  ['ambient-alias', 'central/fleet/fleet.ts', 'const { random } = Math;'],
];

const rulesBroken = (path: string, source: string) => checkSource(readSource(path, source)).map(({ rule }) => rule);

describe('a planted violation fires its rule and no other', () => {
  test.each(plants)('%s in %s: %s', (rule, path, source) => {
    expect(rulesBroken(path, source)).toEqual([rule]);
  });
});

test('every rule of the tables has a plant', () => {
  const planted = new Set(plants.map(([rule]) => rule));
  const perPackage = packageHomes.map(({ packages }) => packages.filter((name) => planted.has(`home:${name}`)));
  expect(perPackage.filter((names) => names.length === 0)).toEqual([]);
  const others = [
    ...Object.keys(rooms)
      .filter((name) => name !== 'tests')
      .map((name) => `room:${name}`),
  ];
  for (const { rule } of [...bannedGlobals, ...bannedModules, ...pureRooms]) others.push(rule);
  expect(others.filter((rule) => !planted.has(rule))).toEqual([]);
});

/** `[path of the file, its source]`: the legal neighbours of the plants. */
const neighbours: readonly (readonly [path: string, source: string])[] = [
  ['contract/problems/citizen.id.ts', `import type { ProblemCode } from './codes.ts';`],
  [
    'contract/screen/screen-state.ts',
    `import type { ProblemCode } from '../problems/codes.ts'; import type { Tap } from './taps.schema.ts';`,
  ],
  ['contract/uplink/entry.ts', `import { createHash } from 'node:crypto'; import type { Evt } from './evt.schema.ts';`],
  ['contract/uplink/entries.schema.ts', `import Type from 'typebox'; import { accounts } from './accounts.ts';`],
  [
    'kit/clock.ts',
    `import { performance } from 'node:perf_hooks'; const t = Date.now(); setTimeout(() => performance.now(), 1);`,
  ],
  ['kit/random.ts', `import { randomBytes } from 'node:crypto'; import Database from 'better-sqlite3';`],
  ['drivers/kit/lock.ts', `import { Lock } from '#kit/async.ts'; import { SerialPort } from 'serialport';`],
  ['drivers/panel/firmata/driver.ts', `import type { Clock } from '#kit/clock.ts'; import five from 'johnny-five';`],
  [
    'drivers/panel/firmata/driver.ts',
    `import type { Panel } from '../panel.ts'; import { rows } from './protocol/rows.ts';`,
  ],
  [
    'drivers/panel/firmata/driver.ts',
    `import { DeviceError } from '#drivers/kit/device-error.ts'; export type * from '../panel.ts';`,
  ],
  ['drivers/card-printer/evolis/simulator/printer.ts', `import { scan } from './frame.ts'; import sharp from 'sharp';`],
  ['drivers/card-printer/evolis/simulator/printer.ts', `import type { ByteLink } from '#drivers/kit/byte-link.ts';`],
  [
    'drivers/card-printer/evolis/driver.test.ts',
    `import { simulate } from './simulator/simulator.ts'; import fc from 'fast-check';`,
  ],
  ['controller/devices/open.ts', `import { openEvolis } from '#drivers/card-printer/evolis/open.ts';`],
  [
    'controller/visit/next-step.ts',
    `import type { Entry } from '#contract/uplink/entries.ts'; import { same } from '#contract/screen/same.ts';`,
  ],
  ['controller/visit/next-step.ts', `import { isDeviceError } from '#contract/problems/is-device-error.ts';`],
  ['controller/jobs/jobs.ts', `import type { CardPrinter } from '#drivers/card-printer/card-printer.ts';`],
  [
    'controller/jobs/jobs.ts',
    `import { append } from '../journal/journal.ts'; import { createHmac } from 'node:crypto';`,
  ],
  [
    'controller/screen-server/server.ts',
    `import fastify from 'fastify'; import { isTap } from '#contract/screen/taps.ts';`,
  ],
  [
    'kiosk-ui/main.tsx',
    `import { render } from 'preact'; import { citizenWords } from '#contract/problems/citizen.id.ts';`,
  ],
  ['kiosk-ui/main.tsx', `import type { ScreenState } from '#contract/screen/screen-state.ts'; import './style.css';`],
  ['central/console/page/main.tsx', `import type { Kiosk } from '#central/fleet/fleet.ts'; const now = new Date();`],
  [
    'cabinet/page/main.tsx',
    `import { technicianWords } from '#contract/problems/technician.en.ts'; setTimeout(() => {}, 10);`,
  ],
  ['central/broker/broker.ts', `import { Aedes } from 'aedes'; import type { Carrier } from '#kit/carrier.ts';`],
  ['cabinet/open.ts', `import { simulate } from '#drivers/camera/simulator/camera.ts'; import fastify from 'fastify';`],
  ['provisioning/enrol.ts', `import { enrolment } from '#contract/uplink/enrolment.ts';`],
  [
    'tools/pickup/main.ts',
    `import { openCentral } from '#central/open.ts'; import { openController } from '#controller/open.ts';`,
  ],
  [
    'tests/hil/place.ts',
    `import { openCabinet } from '#cabinet/open.ts'; import { openController } from '#controller/open.ts';`,
  ],
  ['tools/bootstrap.mjs', 'const name = process.argv[2]; await import(name);'],
  ['vitest.config.ts', `import { defineConfig } from 'vitest/config';`],
  [
    'central/fleet/fleet.ts',
    'type At = { seen: Date; crypto: string }; const at: Date | undefined = undefined; const x = { Date: 1 };',
  ],
  ['central/fleet/fleet.ts', 'const half = Math.floor(3 / 2); const both = AbortSignal.any([]); clock.performance();'],
];

describe('what is allowed passes', () => {
  test.each(neighbours)('%s: %s', (path, source) => {
    expect(rulesBroken(path, source)).toEqual([]);
  });
});

test('a file that does not parse is an error, not an empty file', () => {
  expect(() => readSource('kit/broken.ts', 'import { from')).toThrow();
});
