import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestOffice, type TestOffice } from '#central/fleet/test-office.ts';
import { shortHash } from '#contract/uplink/chain.ts';
import { systemRandom } from '#kit/random.ts';
import { type Console, openConsole } from '../console.ts';
import { dawn, printedVisit, tellMorning } from '../test-fleet.ts';

/** The whole console in a real browser. With `ANJUNGAN_SCREENSHOTS=var/screenshots` its pages are kept, to be looked at. */
const CHROMIUM = '/usr/bin/chromium';
const here = existsSync(CHROMIUM);
if (!here) process.stderr.write(`skipped: no ${CHROMIUM}, so the console page is not tried in a browser\n`);
const picturesTo = process.env.ANJUNGAN_SCREENSHOTS;
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const [small, large] = [
  { width: 1280, height: 800 },
  { width: 1440, height: 900 },
];
const folder = mkdtempSync(join(tmpdir(), 'anjungan-console-page-'));

/** The ten characters that the receipt of this visit bears. */
function receiptOf({ store }: TestOffice, visitNo: string): string {
  const row = store.read((db) =>
    db.prepare("SELECT hash FROM entry WHERE visit_no = ? AND type = 'print.outcome'").get(visitNo),
  ) as { hash: Uint8Array };
  return shortHash(new Uint8Array(row.hash));
}

describe.skipIf(!here)('the console in a browser', () => {
  let browser: Browser;
  let office: TestOffice;
  let console: Console;
  let page: Page;
  const complaints: string[] = [];
  const changed = new Set<() => void>();

  beforeAll(async () => {
    await build({
      ...{
        configFile: false,
        envDir: false,
        root: import.meta.dirname,
        base: './',
        publicDir: false,
        logLevel: 'silent',
      },
      oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
      build: { outDir: folder, target: 'esnext', modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
    });
    office = openTestOffice(dawn);
    const { store, clock, lookupKey } = office;
    const onChange = (listener: () => void) => {
      changed.add(listener);
      return () => changed.delete(listener);
    };
    console = await openConsole({
      ...{ store, clock, lookupKey, onChange },
      random: systemRandom,
      host: '127.0.0.1',
      port: 0,
      page: folder,
    });
    await tellMorning(office);
    browser = await chromium.launch({ executablePath: CHROMIUM, headless: true, args });
    page = await browser.newPage({ viewport: large, locale: 'id-ID' });
    page.on(
      'console',
      (said) => said.type() === 'error' && !/status of 401/.test(said.text()) && complaints.push(said.text()),
    );
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (asked) => !asked.url().startsWith(console.url) && complaints.push(`asked for ${asked.url()}`));
    await page.goto(console.url);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await console?.[Symbol.asyncDispose]();
    office?.[Symbol.dispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  async function keep(name: string): Promise<void> {
    if (!picturesTo) return;
    mkdirSync(join(picturesTo, 'console'), { recursive: true });
    await page.screenshot({ path: join(picturesTo, 'console', `${name}.png`), fullPage: true });
  }
  const goTo = (hash: string) => page.goto(`${console.url}/#${hash}`);
  const sees = (text: string | RegExp) => page.getByText(text).first().waitFor();
  /** Nothing may stand out of its sheet or the window, on an office screen or a small laptop. */
  const fits = async () => {
    const tooWide = (boxes: Element[]) =>
      boxes.filter((box) => box.scrollWidth > box.clientWidth).map((box) => box.className);
    for (const size of [small, large]) {
      await page.setViewportSize(size);
      expect(await page.locator('html, .sheet').evaluateAll(tooWide)).toEqual([]);
    }
  };

  test('a wrong password stays outside, the first one opens the morning page', async () => {
    await sees('Kata sandi');
    await keep('sign-in');
    await page.getByLabel('Kata sandi').fill('guessed');
    await page.getByRole('button', { name: 'Masuk' }).click();
    await sees('Nama atau kata sandi tidak cocok.');
    await page.getByLabel('Kata sandi').fill(console.firstPassword ?? '');
    await page.getByRole('button', { name: 'Masuk' }).click();
    await sees('Blangko di tangan');
    await keep('morning');
    await fits();
  });

  test('the morning says what is known, and greys what is not', async () => {
    await goTo('/');
    const row = (site: string) => page.getByRole('row', { name: new RegExp(site) });
    await row('Seberang Ulu I').getByText('melayani penuh').waitFor();
    await row('Plaju').getByText('terputus').waitFor();
    await row('Gandus').getByText('belum ada kabar').waitFor();
    await row('Sako').getByText('hanya status').waitFor();
    expect(await page.locator('.figure .value').allInnerTexts()).toEqual([
      '224',
      '2 dari 6',
      '18',
      expect.stringMatching(/^\d+$/),
    ]);
  });

  test('it follows what arrives, without being asked', async () => {
    office.says('KLD-A', { online: false });
    await page.waitForFunction(() => document.querySelector('.figure .value') !== null);
    for (const listener of changed) listener();
    await office.clock.advance(400);
    await page
      .getByRole('row', { name: /Kalidoni/ })
      .getByText('terputus')
      .waitFor();
  });

  test('one kiosk shows its devices with the remedy, and blanks that add up', async () => {
    await goTo('/');
    await page.locator('.kiosks').getByRole('link', { name: 'Sako' }).click();
    await sees('Tempat kartu kosong menurut sensor.');
    await sees('masuk dari brankas kecamatan');
    await sees('jumlah tetap');
    await sees('terisi 10 %');
    await sees('410 MB dari 4 GB');
    await keep('kiosk');
    await fits();
    await goTo('/mesin/SU1-A');
    await sees('terisi 88 %');
    await sees('mengenal masa pusat ke-2');
    await keep('kiosk-room');
    await fits();
    await goTo('/mesin/IT2-A');
    await sees('Tempat kartu');
    await keep('kiosk-in-doubt');
  });

  test('one card’s story is told in plain sentences', async () => {
    await goTo('/cetak');
    await sees('100 terakhir');
    await keep('jobs');
    await page
      .getByRole('row', { name: new RegExp(printedVisit) })
      .getByRole('link')
      .click();
    await sees('Kartu diambil warga. Hak cetak terpakai.');
    await sees('Perjalanan satu kartu');
    await keep('job');
    await fits();
  });

  test('a look-up is found by visit number, after its purpose', async () => {
    await goTo('/cari');
    await page.getByLabel('Nomor kunjungan').last().fill(printedVisit);
    await page.getByLabel('Keperluan').fill('Pengaduan warga');
    await page.getByRole('button', { name: 'Cari' }).click();
    await sees(`Kunjungan ${printedVisit}`);
    await keep('search');
    expect(office.store.read((db) => db.prepare('SELECT who, purpose FROM lookup').all())).toEqual([
      { who: 'admin', purpose: 'Pengaduan warga' },
    ]);
  });

  test('a receipt is told genuine, and one that nobody knows is not', async () => {
    const receipt = page.getByLabel('Bukti tanda terima').last();
    await page.getByText('Bukti tanda terima').first().click();
    await receipt.fill(receiptOf(office, printedVisit));
    await page.getByLabel('Keperluan').fill('Pengaduan warga');
    await page.getByRole('button', { name: 'Cari' }).click();
    await sees('Kartu memang diserahkan, dan bukunya utuh sampai catatan ini.');
    await sees(`Kunjungan ${printedVisit}`);
    await keep('receipt');
    await receipt.fill('AAAA AAA AAA');
    await page.getByRole('button', { name: 'Cari' }).click();
    await sees('Tidak dikenal');
  });

  test('work list and oddities open from the top line', async () => {
    await goTo('/tindakan');
    await sees(/tidak pasti keberadaannya/);
    await sees(/Ruang jurnal hampir habis: 88 % dari jatah terpakai/);
    await keep('work-list');
    await goTo('/janggal');
    await sees('tidak sesuai tabel');
    await keep('oddities');
    await fits();
  });

  test('signing out closes it, and nothing was complained about on the way', async () => {
    await page.getByRole('button', { name: 'Keluar' }).click();
    await sees('Konsol pusat');
    await page.getByLabel('Kata sandi').waitFor();
    expect(complaints).toEqual([]);
  });
});
