import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { qrPrefix } from '#contract/uplink/codes.ts';
import { openCounter } from './counter.ts';
import { citizen, hasBrowser, openBrowser, openTab, visitorAt } from './visitor.ts';

/** What a browser writes down while nobody answers it: no fault of the page. */
const nobodyThere = /ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE/;

describe.skipIf(!hasBrowser())('in a real browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  test('a visitor reads English, mistypes a number, and calls an officer', async () => {
    await using counter = await openCounter({ pacing: 'zero' });
    const { page, complaints, picture } = await openTab(browser, counter.kioskUrl, 'lying', counter);
    const hans = visitorAt(page);
    await hans.sees('Ambil KTP di sini.');
    await hans.touches('English');
    await hans.sees('Collect your ID card here.');
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await picture('welcome-english');
    await hans.touches('Touch the screen to start');
    await page.getByRole('button', { name: 'Number or NIK' }).tap();
    const { pickupCode } = citizen('FIRST-01');
    const mistyped = pickupCode.slice(0, 8) + pickupCode[9] + pickupCode[8];
    await hans.types(mistyped);
    await page.getByRole('alert').waitFor();
    await picture('wrong-check-digit');
    expect(await page.getByRole('alert').innerText()).toMatch(/number/i);
    expect(await page.locator('.digit:not(.empty)').count(), 'the number is typed anew').toBe(0);

    await hans.touches('Call an officer');
    await hans.sees('An officer has been called.');
    await picture('officer-called');
    await expect.poll(() => counter.place.cabinet.world.now.lamps.call, { message: 'and a lamp says so' }).toBe(true);
    expect(complaints).toEqual([]);
  }, 60_000);

  test('Budi holds his QR code before the camera, after one that was for something else', async () => {
    await using counter = await openCounter({ pacing: 'zero' });
    const { world } = counter.place.cabinet;
    const { page, complaints, picture } = await openTab(browser, counter.kioskUrl, 'standing', counter);
    const budi = visitorAt(page);
    await budi.touches('Sentuh layar untuk mulai');
    await page.getByRole('button', { name: 'Kode QR' }).tap();
    await budi.sees('Hadapkan kode QR ke kamera.');
    await picture('scan-qr');
    world.holdBeforeCamera('https://wa.me/628110000000', 'phone');
    await budi.sees('Itu QR WhatsApp.');
    await picture('scan-qr-foreign');
    world.holdBeforeCamera(`${qrPrefix}${citizen('FIRST-02').pickupCode}`, 'phone');
    await budi.sees('Masukkan PIN KTP, 5 angka.');
    await budi.types(citizen('FIRST-02').pin);
    await budi.sees('Periksa data Anda.');
    expect(complaints).toEqual([]);
  }, 60_000);

  test('the kiosk’s program goes in the middle of a visit: nothing personal stays, and the page goes on by itself', async () => {
    await using counter = await openCounter({ pacing: 'zero' });
    const { page, complaints, picture } = await openTab(browser, counter.kioskUrl, 'standing', counter);
    const maria = visitorAt(page);
    const { name, pickupCode, pin } = citizen('FIRST-03');
    await maria.touches('Sentuh layar untuk mulai');
    await page.getByRole('button', { name: 'Nomor atau NIK' }).tap();
    await maria.types(pickupCode);
    await maria.sees('Masukkan PIN KTP, 5 angka.');
    await maria.types(pin);
    await maria.sees('Periksa data Anda.');
    const visitNo = await maria.visitNo();

    await counter.kioskGoes();
    await maria.sees('Mesin sedang disiapkan.');
    await picture('preparing');
    expect(await page.content()).not.toMatch(new RegExp(`${name}|MA••••|${visitNo}`));
    await counter.kioskReturns();
    await maria.sees('Hari ini masih bisa mencetak 20 KTP.');
    await maria.touches('Sentuh layar untuk mulai');
    await maria.sees('Pilih yang Anda punya.');

    expect(await maria.visitNo(), 'her number is not given to anybody else').not.toBe(visitNo);
    expect(complaints.filter((words) => !nobodyThere.test(words))).toEqual([]);
  }, 60_000);
});
