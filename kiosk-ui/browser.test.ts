import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { previewNames } from './all-previews.ts';
import { reviewPreviews } from './screens/review.tsx';

/**
 * Every state that a person can meet, drawn by a real browser at both sizes and in both languages. With
 * `ANJUNGAN_SCREENSHOTS=var/screenshots` each is also kept as a picture, to be looked at.
 */
const CHROMIUM = '/usr/bin/chromium';
const picturesTo = process.env.ANJUNGAN_SCREENSHOTS;
const sizes = { standing: { width: 1080, height: 1920 }, lying: { width: 1280, height: 800 } } as const;
/** 15.6 inches diagonal, the smallest panel that the page promises 20 mm keys on. */
const pxPerMm = { standing: 1920 / 345, lying: 1280 / 336 } as const;
const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

const folder = mkdtempSync(join(tmpdir(), 'anjungan-previews-'));
/** What the page can meet at `GET /state`: a controller with something to say, none, or something that is no stream. */
let controller: { says: unknown } | 'away' | 'no-stream' = 'away';
const streams = new Set<ServerResponse>();
const taps: unknown[] = [];

const server = createServer(async (request, response) => {
  if (request.url === '/state') return answerState(response);
  if (request.url === '/tap') {
    taps.push(JSON.parse(await text(request)));
    return response.writeHead(409).end();
  }
  const path = join(folder, new URL(request.url ?? '/', 'http://kiosk').pathname);
  response.setHeader('content-security-policy', "default-src 'self'");
  response.setHeader('content-type', types[extname(path)] ?? 'application/octet-stream');
  if (existsSync(path)) response.end(readFileSync(path));
  else response.writeHead(404).end();
});

function answerState(response: ServerResponse): void {
  if (controller === 'away') return void response.destroy();
  if (controller === 'no-stream') return void response.writeHead(503).end();
  streams.add(response);
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(`retry: 100\ndata: ${JSON.stringify(controller.says)}\n\n`);
}

/** From now on the controller is so; whoever listened before is cut off. */
function controllerIs(next: typeof controller): void {
  controller = next;
  for (const stream of streams) stream.destroy();
  streams.clear();
}

let browser: Browser;
let origin: string;

const unless = existsSync(CHROMIUM) ? describe : describe.skip;

unless('in a real browser', () => {
  beforeAll(async () => {
    await build({
      configFile: false,
      root: fileURLToPath(new URL('.', import.meta.url)),
      logLevel: 'silent',
      oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
      build: {
        outDir: folder,
        target: 'esnext',
        modulePreload: false,
        rolldownOptions: { input: ['index.html', 'previews.html'] },
      },
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'];
    browser = await chromium.launch({ executablePath: CHROMIUM, headless: true, args });
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A page that remembers what the browser complained about, and what it asked for elsewhere. */
  async function open(size: keyof typeof sizes): Promise<{ page: Page; complaints: string[] }> {
    const page = await browser.newPage({ viewport: sizes[size], reducedMotion: 'reduce' });
    const complaints: string[] = [];
    page.on('console', (said) => said.type() === 'error' && complaints.push(said.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (asked) => !asked.url().startsWith(origin) && complaints.push(`asked for ${asked.url()}`));
    return { page, complaints };
  }

  async function draw(page: Page, name: string): Promise<void> {
    await page.goto(`${origin}/previews.html#${name}`);
    await page.waitForSelector(`body[data-drawn="#${name}"]`);
  }

  describe.each(['id', 'en'] as const)('in %s', (lang) => {
    test.each(['standing', 'lying'] as const)(
      'every screen fits when the panel is %s: nothing cut off, nothing small',
      async (size) => {
        const { page, complaints } = await open(size);
        const faults: string[] = [];
        for (const name of previewNames) {
          await draw(page, `${name},${lang}`);
          const found = await page.evaluate(layoutFaults, 20 * pxPerMm[size]);
          faults.push(...found.map((fault) => `${name}: ${fault}`));
          if (picturesTo) await keep(page, `${picturesTo}/${size}-${lang}`, name);
        }
        await page.close();
        expect(faults).toEqual([]);
        expect(complaints).toEqual([]);
      },
      300_000,
    );
  });

  test.each(['standing', 'lying'] as const)(
    'a whole NIK and the longest name and address have their room when the panel is %s',
    async (size) => {
      const { page } = await open(size);
      const faults = async (name: string) => {
        if (picturesTo) await keep(page, `${picturesTo}/${size}-id`, name);
        return page.evaluate(layoutFaults, 20 * pxPerMm[size]);
      };
      await draw(page, 'number,id');
      await page.keyboard.type('167101541208000');
      expect(await page.locator('.missing').textContent()).toBe('Kurang 1 angka.');
      await page.keyboard.type('0');
      expect(await faults('number-typed')).toEqual([]);
      await draw(page, 'review-long-name,id');
      for (const label of ['Apakah ini nama Anda?', 'Alamat']) {
        await page.getByRole('button', { name: label }).hover();
        await page.mouse.down();
        expect(await faults(`review-pressed-${label.length}`)).toEqual([]);
        await page.mouse.up();
      }
      await page.close();
    },
    60_000,
  );

  test.each([
    ['id', 'Hanya KTP yang sudah disiapkan bisa diambil sekarang.', 'KTP Anda belum disiapkan? Datang lagi nanti.'],
    ['en', 'Only cards that were prepared can be collected now.', 'Yours was not prepared? Please come back later.'],
  ])('without the office everybody reads in %s, before any effort, who can be served', async (lang, title, others) => {
    const { page } = await open('standing');
    await draw(page, `welcome-only-prepared,${lang}`);
    expect(await page.locator('h1').textContent()).toBe(title);
    expect(await page.getByRole('status').textContent()).toContain(others);
    await draw(page, `welcome,${lang}`);
    expect(await page.locator('main').textContent()).not.toContain(others);
    await page.close();
  });

  test('a covered field shows itself while it is pressed or a key is held, and at no other time', async () => {
    const { page } = await open('standing');
    await draw(page, 'review,id');
    const shown = () => page.getByText('SITI NURHALIZAH').count();
    const field = page.getByRole('button', { name: 'Apakah ini nama Anda?' });
    expect(await shown()).toBe(0);
    await field.hover();
    await page.mouse.down();
    expect(await shown()).toBe(1);
    await page.mouse.up();
    expect(await shown()).toBe(0);
    await field.focus();
    await page.keyboard.down(' ');
    expect(await shown()).toBe(1);
    await page.keyboard.up(' ');
    expect(await shown()).toBe(0);
    await page.close();
  });

  test('digits typed by finger or keyboard leave the page once, and are forgotten with that', async () => {
    const { page } = await open('standing');
    const taps: string[] = [];
    page.on('console', (said) => said.text().startsWith('tap') && taps.push(said.text()));
    await draw(page, 'pin,id');
    await page.keyboard.type('1234');
    expect(await page.locator('.digit', { hasText: '●' }).count()).toBe(4);
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Enter'); // too short: nothing happens
    await page.getByRole('button', { name: '7' }).click();
    await page.getByRole('button', { name: '9' }).click();
    expect(taps).toEqual([]);
    await page.getByRole('button', { name: 'OK' }).dblclick();
    expect(taps).toEqual(['tap {"tap":"pin","digits":"12379"}']);
    expect(await page.locator('.digit.empty').count()).toBe(5);
    await page.close();
  });

  test('the second press of a double tap answers nothing, and any key answers "still here?"', async () => {
    const { page } = await open('lying');
    const taps: string[] = [];
    page.on('console', (said) => said.text().startsWith('tap') && taps.push(said.text()));
    await draw(page, 'review,en');
    await page.getByRole('button', { name: 'Yes, correct' }).dblclick();
    expect(taps).toEqual(['tap {"tap":"answer","answer":"yes"}']);
    await draw(page, 'pin-still-here,en');
    await page.keyboard.press('5');
    await page.getByRole('button', { name: 'I need more time' }).click();
    await page.getByRole('button', { name: 'I am still here' }).click();
    const answers = ['still-here', 'more-time', 'still-here'].map((tap) => `tap {"tap":"${tap}"}`);
    expect(taps.slice(1)).toEqual(answers);
    expect(await page.locator('.digit.empty').count()).toBe(5);
    await page.close();
  });

  test.each(['away', 'no-stream'] as const)(
    'a controller that goes (%s) takes everything personal off the screen, and the page resumes by itself',
    async (gone) => {
      const { page } = await open('standing');
      const calm = { pace: 1, visitNo: 'SU1-4821-7', secondsLeft: null, warning: false, officerCalled: false };
      const fields = reviewPreviews().review?.screen.fields;
      controllerIs({ says: { rev: 9, lang: 'id', ...calm, screen: { at: 'review', fields } } });
      await page.goto(`${origin}/index.html`);
      await page.getByRole('button', { name: 'Bukan saya' }).click();
      controllerIs(gone);
      await page.getByText('KTP Anda aman').waitFor();
      expect(await page.locator('#app').textContent()).not.toMatch(/NU••••|SU1-4821-7/);
      controllerIs({ says: { rev: 1, lang: 'en', ...calm, visitNo: null, screen: { at: 'how', camera: true } } });
      await page.getByText('Choose what you have.').waitFor();
      const sent = taps.splice(0);
      expect(sent).toEqual([{ rev: 9, tapId: expect.any(String), tap: { tap: 'answer', answer: 'not-me' } }]);
      expect(await page.evaluate(() => history.length)).toBeLessThanOrEqual(2);
      await page.close();
    },
    60_000,
  );
});

async function keep(page: Page, folder: string, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: `${folder}/${name}.png`, animations: 'disabled' });
}

/** Runs in the page. What a person would notice: text outside its place, boxes over each other, small print, small keys. */
function layoutFaults(keyPx: number): string[] {
  const faults: string[] = [];
  const say = (what: string, element: Element) => faults.push(`${what}: "${element.textContent?.slice(0, 40)}"`);
  const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];
  const main = document.querySelector('main')?.getBoundingClientRect();
  for (const element of all('main h1, main p, main li, main button, main .keypad, main .fields, main .picture')) {
    const box = element.getBoundingClientRect();
    if (box.width === 0) continue;
    if (main && (box.top < main.top - 1 || box.bottom > main.bottom + 1)) say('outside the screen', element);
    if (box.left < 0 || box.right > innerWidth + 1) say('outside the panel', element);
    if (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 2)
      if (getComputedStyle(element).display !== 'inline') say('cut off', element);
  }
  for (const element of all('header > *, footer > *, .question > *'))
    if (element.scrollWidth > element.clientWidth + 1) say('cut off', element);
  const places = all('.screen > *').filter((place) => place.getBoundingClientRect().width > 0);
  for (const [at, one] of places.entries())
    for (const other of places.slice(at + 1)) {
      const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
      if (a.bottom > b.top + 1 && b.bottom > a.top + 1 && a.right > b.left + 1 && b.right > a.left + 1)
        say('overlaps', one);
    }
  for (const place of places) if (place.scrollHeight > place.clientHeight + 2) say('too full', place);
  const picture = document.querySelector('.picture');
  if (picture && picture.clientWidth > 0 && picture.clientHeight < 150) say('no room for the drawing', picture);
  const saysSomething = (element: Element) =>
    [...element.childNodes].some((node) => node.nodeType === 3 && node.nodeValue?.trim());
  for (const element of all('main *, header *, footer *, .question *').filter(saysSomething))
    if (!(element instanceof SVGElement) && Number.parseFloat(getComputedStyle(element).fontSize) < 24)
      say('small print', element);
  for (const heading of all('h1'))
    if (Number.parseFloat(getComputedStyle(heading).fontSize) < 48) say('small heading', heading);
  for (const button of all('button')) if (button.getBoundingClientRect().height < 80) say('small button', button);
  for (const key of all('.key')) {
    const { width, height } = key.getBoundingClientRect();
    if (Math.min(width, height) < keyPx) say('small key', key);
  }
  return faults;
}
