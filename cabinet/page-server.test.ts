import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { systemClock } from '#kit/clock.ts';
import { silentLog } from '#kit/log.ts';
import { seededRandom } from '#kit/random.ts';
import { buildPages } from '#tools/build-pages.ts';
import { openCabinet } from './cabinet.ts';
import { servePage } from './page-server.ts';

const CHROMIUM = '/usr/bin/chromium';
const FLAGS = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync', '--no-first-run'],
];
const page = fileURLToPath(new URL('./page/dist', import.meta.url));
const citizens = [{ code: '1234567895', pin: '48291', name: 'SITI AMINAH', expect: 'issued' }];

async function openPage(kioskUrl?: string) {
  const random = seededRandom('page');
  const cabinet = await openCabinet({
    clock: systemClock,
    random,
    links: 'memory',
    pacing: 'zero',
    begin: { blanks: 80 },
  });
  const server = await servePage({ cabinet, page, port: 0, citizens, log: silentLog, ...(kioskUrl && { kioskUrl }) });
  const post = (body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${server.url}do`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  return { cabinet, url: server.url, post, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

describe('what the page may do', () => {
  test('nothing from elsewhere, except the kiosk in its frame', async () => {
    await using alone = await openPage();
    await using beside = await openPage('http://127.0.0.1:9999/screen?x=1');
    const policyOf = async (url: string) => (await fetch(`${url}about`)).headers.get('content-security-policy');
    expect(await policyOf(alone.url)).not.toContain('frame-src');
    expect(await policyOf(beside.url)).toContain("default-src 'none'");
    expect(await policyOf(beside.url)).toContain('frame-src http://127.0.0.1:9999;');
  });

  test('a page from elsewhere cannot press the buttons', async () => {
    await using place = await openPage();
    const reply = await place.post({ verb: 'cutMains' }, { origin: 'http://elsewhere.example' });
    expect(reply.status).toBe(403);
    expect(place.cabinet.world.now.mains).toBe(true);
  });

  test.each([
    ['no verb at all', {}],
    ['a verb that is none', { verb: 'constructor' }],
    ['half a card', { verb: 'loadHopper', count: 0.5 }],
    ['a device that is none', { verb: 'unplug', device: 'coffee machine' }],
    ['a code longer than any', { verb: 'holdBeforeCamera', text: 'x'.repeat(501) }],
  ])('what nobody can do is refused: %s', async (_what, body) => {
    await using place = await openPage();
    const before = place.cabinet.world.now;
    expect((await place.post(body)).status).toBe(400);
    expect(place.cabinet.world.now).toBe(before);
  });

  test('the code of a demo citizen is what stands on their slip', async () => {
    await using place = await openPage();
    expect(await (await fetch(`${place.url}about`)).json()).toMatchObject({
      citizens: [{ name: 'SITI AMINAH', number: '123 456 7895', qr: 'KTPEL1:1234567895' }],
    });
  });

  test('no path leads out of the page folder', async () => {
    await using place = await openPage();
    expect((await fetch(`${place.url}..%2f..%2fcabinet.ts`)).status).toBe(404);
    expect((await fetch(`${place.url}card/blanko-0001.png`)).status).toBe(404);
  });
});

/** Said aloud in the list of tests where there is no browser. */
const needsBrowser = existsSync(CHROMIUM) ? '' : ` (skipped: no Chromium at ${CHROMIUM})`;

test.skipIf(needsBrowser)(`a person loads cards, holds up a code and takes the card${needsBrowser}`, async () => {
  await buildPages({ quiet: true });
  await using place = await openPage();
  const { world } = place.cabinet;
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  try {
    const tab = await browser.newPage();
    const faults: string[] = [];
    tab.on('pageerror', (fault) => faults.push(fault.message));
    tab.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    await tab.goto(place.url);

    await tab.getByRole('button', { name: 'Load 50 blanko' }).click();
    await tab.getByRole('img', { name: 'Feeder 50 blanko' }).waitFor();
    await tab.getByRole('button', { name: 'Hold it up' }).click();
    await tab.getByRole('button', { name: 'Take the code away' }).waitFor();
    expect(world.scene.held).toEqual({ text: 'KTPEL1:1234567895', as: 'paper' });

    world.cardPath.feed('print');
    world.cardPath.ink('k', new Uint8Array(82_296).fill(0xaa));
    world.panelWiring.shutter(true);
    world.cardPath.present();
    const face = tab.getByRole('button', { name: 'blanko-0001, in the slot' });
    await face.locator('image').waitFor();
    await tab.getByRole('button', { name: 'Take the card' }).click();
    await tab.getByRole('button', { name: 'blanko-0001, taken by citizen' }).waitFor();
    expect(world.now.cards.find((card) => card.id === 'blanko-0001')?.place).toBe('hand:citizen');
    expect(faults).toEqual([]);
  } finally {
    await browser.close();
  }
});
