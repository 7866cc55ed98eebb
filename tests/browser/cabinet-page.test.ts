import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cardsAt } from '#cabinet/world/cards.ts';
import { saidEvent } from '#kiosk-ui/parts/said.ts';
import { openCounter } from './counter.ts';
import { citizen, hasBrowser, openBrowser, openTab, visitorAt } from './visitor.ts';

describe.skipIf(!hasBrowser())('in a real browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  test('a person tries the product at a desk: holds up a code, touches the framed screen, takes card and paper', async () => {
    await using counter = await openCounter({ pacing: 'fast' });
    const { world } = counter.place.cabinet;
    const { page, complaints, picture } = await openTab(browser, counter.cabinetUrl, 'desk', counter);
    const desk = (name: string) => page.getByRole('button', { name, exact: true });
    const screen = visitorAt(page.frameLocator('iframe'));
    const { name, pin } = citizen('FIRST-01');

    await screen.sees('Ambil KTP di sini.');
    await picture('cabinet-1-welcome');
    await screen.touches('Sentuh layar untuk mulai');
    await page.frameLocator('iframe').getByRole('button', { name: 'Kode QR' }).tap();
    await screen.sees('Hadapkan kode QR ke kamera.');
    const option = await page.getByRole('option', { name }).first().getAttribute('value');
    await page.getByLabel('Who', { exact: true }).selectOption(option);
    await page.getByText(pin).waitFor();
    await desk('Hold it up').click();
    await screen.sees('Masukkan PIN KTP, 5 angka.');
    await picture('cabinet-2-qr-held');
    await desk('Take the code away').click();
    await screen.types(pin);
    await screen.touches('Ya, benar. Cetak KTP');
    await screen.sees('KTP sedang dicetak');
    await picture('cabinet-3-printing');
    await screen.sees('Silakan ambil KTP Anda di lubang yang menyala.');
    await picture('cabinet-4-card');
    await desk('Take the card').click();
    await screen.sees('Sudah tercatat di kantor.');
    await picture('cabinet-5-done');
    await desk('Take the paper').click();
    await expect.poll(() => world.now.receipt.papers.at(-1)?.place).toMatch(/^hand:/);

    expect(cardsAt(world.now, 'hand:citizen')).toHaveLength(1);
    expect(complaints).toEqual([]);
  }, 60_000);

  test('a person tries the glass at a desk: a light finger is told what helps, a good one opens the data', async () => {
    await using counter = await openCounter({ pacing: 'fast', scanner: true });
    const { page, complaints, picture } = await openTab(browser, counter.cabinetUrl, 'desk', counter);
    const desk = (name: string) => page.getByRole('button', { name, exact: true });
    const screen = visitorAt(page.frameLocator('iframe'));
    const { name, pickupCode, pin } = citizen('FIRST-02');

    await screen.touches('Sentuh layar untuk mulai');
    await page.frameLocator('iframe').getByRole('button', { name: 'Nomor atau NIK' }).tap();
    await screen.types(pickupCode);
    await screen.sees('Masukkan PIN KTP, 5 angka.');
    await screen.types(pin);
    await screen.sees('Tempelkan telunjuk kanan di kaca.');
    const said = await hearsWhatIsSaid(page);
    const who = page.getByLabel('Who', { exact: true });
    await who.selectOption(await who.getByRole('option', { name }).first().getAttribute('value'));
    expect(await page.getByLabel('Whose finger').locator('option:checked').innerText()).toBe(name);
    await page.getByLabel('How the finger is put down').selectOption('lightly');
    await desk('Put right index').click();
    await screen.sees('Sedang dibaca. Tahan sebentar.');
    await picture('cabinet-6-finger-read');
    await screen.sees('Belum terbaca. Tekan sedikit lebih kuat.');
    await picture('cabinet-7-finger-hint');
    await desk('Lift').click();
    await page.getByLabel('How the finger is put down').selectOption('well');
    await page.waitForTimeout(1_000); // nobody is quicker
    await desk('Put right index').click();
    await screen.sees('Periksa data Anda.');
    await desk('Lift').click();
    expect(said).toEqual([
      'Sedang dibaca. Tahan sebentar.',
      'Belum terbaca. Tekan sedikit lebih kuat. Jari kering? Lembapkan sedikit.',
      'Sedang dibaca. Tahan sebentar.',
    ]);
    expect(complaints).toEqual([]);
  }, 60_000);

  test('the citizens come to the page after the machine: the finger is still of who stands there, not a stranger’s', async () => {
    await using counter = await openCounter({ pacing: 'fast', scanner: true });
    const { page } = await openTab(browser, counter.cabinetUrl, 'desk', counter);
    const asked = Promise.withResolvers<void>();
    await page.route('**/about', (route) => asked.promise.then(() => route.continue()));
    await page.reload();
    const whose = page.getByLabel('Whose finger');
    await whose.waitFor();
    asked.resolve();
    const { name } = citizen('FIRST-01');
    await expect
      .poll(() => page.getByLabel('Who', { exact: true }).locator('option:checked').innerText())
      .toContain(name);
    expect(await whose.locator('option:checked').innerText()).toBe(name);
  }, 60_000);
});

/** As a loudspeaker would: every sentence that the framed screen offers from now on. */
async function hearsWhatIsSaid(page: Page): Promise<string[]> {
  const said: string[] = [];
  await page.exposeFunction('hear', (text: string) => void said.push(text));
  const frame = page.frames().find((one) => one !== page.mainFrame());
  await frame?.evaluate(`document.addEventListener('${saidEvent}', ({ detail }) => hear(detail.text))`);
  return said;
}
