import { existsSync } from 'node:fs';
import { type Browser, chromium, type FrameLocator, type Page } from 'playwright-core';
import { demoCitizens } from '#tools/population/demo-citizens.ts';
import type { Counter } from './counter.ts';

const CHROMIUM = '/usr/bin/chromium';
const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'];
const picturesTo = process.env.ANJUNGAN_SCREENSHOTS;

/** False where there is no browser; then it says aloud what is missing. */
export function hasBrowser(): boolean {
  if (existsSync(CHROMIUM)) return true;
  process.stderr.write(`anjungan: no ${CHROMIUM}, so its stories are skipped (apt-get install chromium)\n`);
  return false;
}

export const openBrowser = (): Promise<Browser> => chromium.launch({ executablePath: CHROMIUM, headless: true, args });

/** The panel of a standing kiosk, a lying one, and the screen of somebody who tries the product at a desk. */
const sizes = {
  standing: { width: 1080, height: 1920 },
  lying: { width: 1280, height: 800 },
  desk: { width: 1920, height: 1080 },
} as const;

/** A browser tab, and everything it complained about or asked for elsewhere. */
export interface Tab {
  readonly page: Page;
  readonly complaints: string[];
  picture(name: string): Promise<void>;
}

export async function openTab(browser: Browser, url: string, size: keyof typeof sizes, counter: Counter): Promise<Tab> {
  const context = await browser.newContext({ viewport: sizes[size], hasTouch: true, reducedMotion: 'reduce' });
  const page = await context.newPage();
  const ours = [counter.kioskUrl, counter.cabinetUrl].map((one) => new URL(one).origin);
  const complaints: string[] = [];
  page.on('console', (said) => said.type() === 'error' && complaints.push(said.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on(
    'request',
    (asked) => ours.includes(new URL(asked.url()).origin) || complaints.push(`asked for ${asked.url()}`),
  );
  await page.goto(url);
  const picture = async (name: string) => {
    if (picturesTo) await page.screenshot({ path: `${picturesTo}/browser/${name}.png` });
  };
  return { page, complaints, picture };
}

/** A person before the kiosk's page, wherever it is shown. */
export function visitorAt(screen: Page | FrameLocator) {
  const button = (name: string) => screen.getByRole('button', { name, exact: true });
  const sees = (words: string) => screen.getByText(words).first().waitFor();
  return {
    sees,
    button,
    touches: (name: string) => button(name).tap(),
    /** On the keys of the screen, and then OK. */
    async types(digits: string) {
      for (const digit of digits) await button(digit).tap();
      await button('OK').tap();
    },
    reads: () => screen.locator('#app').innerText(),
    visitNo: () => screen.locator('.visit b').innerText(),
  };
}

export function citizen(code: string) {
  const found = demoCitizens.find((one) => one.code === code);
  if (!found) throw new Error(`nobody is called ${code}`);
  return found;
}
