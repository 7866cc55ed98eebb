import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cardsAt } from '#cabinet/world/cards.ts';
import { openCounter } from './counter.ts';
import { citizen, hasBrowser, openBrowser, openTab, visitorAt } from './visitor.ts';

describe.skipIf(!hasBrowser())('in a real browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  test('Siti touches her way from the welcome to her card and her receipt', async () => {
    await using counter = await openCounter({ pacing: 'fast' });
    const { world } = counter.place.cabinet;
    const { page, complaints, picture } = await openTab(browser, counter.kioskUrl, 'standing', counter);
    const siti = visitorAt(page);
    const { name, pickupCode, pin } = citizen('FIRST-01');

    await siti.sees('Hari ini masih bisa mencetak 20 KTP.');
    await picture('1-welcome');
    await siti.touches('Sentuh layar untuk mulai');
    await siti.sees('Pilih yang Anda punya.');
    await picture('2-how');
    const visitNo = await siti.visitNo();
    await page.getByRole('button', { name: 'Nomor atau NIK' }).tap();
    await picture('3-number');
    await siti.types(pickupCode);
    await siti.sees('Masukkan PIN KTP, 5 angka.');
    await picture('4-pin');
    await siti.types(pin);

    await siti.sees('Periksa data Anda.');
    expect(await siti.reads(), 'a queue does not read along').not.toContain(name);
    await picture('5-review');
    await page.getByRole('button', { name: 'Apakah ini nama Anda?' }).hover();
    await page.mouse.down();
    expect(await siti.reads()).toContain(name);
    await picture('6-review-pressed');
    await page.mouse.up();
    expect(await siti.reads()).not.toContain(name);
    await siti.touches('Ya, benar. Cetak KTP');

    await siti.sees('KTP sedang dicetak');
    await page.locator('li[aria-current="step"]', { hasText: 'Kartu dicetak' }).waitFor();
    await picture('7-printing');
    await siti.sees('Silakan ambil KTP Anda di lubang yang menyala.');
    await picture('8-take-card');
    await expect.poll(() => world.now.lamps.slot, { message: 'the lit slot is lit' }).toBe(true);
    expect(world.now.shutter.open).toBe(true);
    world.takeCard('SITI');

    await siti.sees('Selesai. Simpan KTP dan tanda terima Anda.');
    await siti.sees('Sudah tercatat di kantor.');
    await picture('9-goodbye');
    expect(await siti.visitNo(), 'one number from the first touch to the end').toBe(visitNo);
    const paper = world.now.receipt.papers.at(-1)?.lines.join('\n') ?? '';
    expect(paper).toContain(visitNo);
    await siti.touches('Selesai');
    await siti.sees('Hari ini masih bisa mencetak 19 KTP.');
    expect(await page.content(), 'nothing of her is left').not.toMatch(new RegExp(`${name}|${visitNo}`));

    const [card] = cardsAt(world.now, 'hand:SITI');
    expect(card?.ink.map(({ panel }) => panel)).toEqual(['y', 'm', 'c', 'k', 'o']);
    expect(complaints).toEqual([]);
  }, 60_000);

  test('nothing comes from elsewhere and nothing runs that the page did not bring', async () => {
    await using counter = await openCounter({ pacing: 'zero' });
    const { page, complaints } = await openTab(browser, counter.kioskUrl, 'standing', counter);
    await visitorAt(page).sees('Ambil KTP di sini.');
    expect(complaints).toEqual([]);
    const refused = await page.evaluate(
      () =>
        new Promise<string[]>((done) => {
          const directives: string[] = [];
          document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
            if (directives.push(effectiveDirective) === 5) done(directives.sort());
          });
          const [script, style] = [document.createElement('script'), document.createElement('style')];
          const [image, frame] = [document.createElement('img'), document.createElement('iframe')];
          script.textContent = 'document.title = "taken over"';
          style.textContent = 'body { display: none }';
          image.src = 'http://elsewhere.example/a.png';
          frame.src = 'http://elsewhere.example/';
          document.body.append(script, style, image, frame);
          fetch('http://elsewhere.example/').catch(() => undefined);
        }),
    );
    expect(refused).toEqual(['connect-src', 'frame-src', 'img-src', 'script-src-elem', 'style-src-elem']);
    expect(await page.title()).not.toBe('taken over');
    const elsewhere = {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'http://elsewhere.example' },
    };
    const body = JSON.stringify({ rev: 1, tapId: 'from-elsewhere', tap: { tap: 'start' } });
    expect((await fetch(`${counter.kioskUrl}/tap`, { ...elsewhere, body })).status).toBe(403);
  }, 60_000);
});
