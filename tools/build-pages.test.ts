import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildPages } from './build-pages.ts';

let repo: string;
const write = (path: string, text: string) => writeFileSync(join(repo, path), text);

beforeEach(() => {
  repo = mkdtempSync(join(tmpdir(), 'pages-'));
  for (const folder of ['kiosk-ui', 'contract', 'var']) mkdirSync(join(repo, folder));
  symlinkSync(fileURLToPath(new URL('../node_modules', import.meta.url)), join(repo, 'node_modules'));
  write('package.json', '{ "type": "module", "imports": { "#contract/*": "./contract/*" } }');
  write('contract/words.ts', `export const hello: string = 'Selamat datang';`);
  write('kiosk-ui/index.html', '<!doctype html><main></main><script type="module" src="./main.tsx"></script>');
  write(
    'kiosk-ui/main.tsx',
    `import { render } from 'preact'; import { hello } from '#contract/words.ts'; render(<p>{hello}</p>, document.body);`,
  );
});
afterEach(() => rmSync(repo, { recursive: true }));

test('a page is built with what it takes from the contract, and asks nobody else for anything', async () => {
  expect(await buildPages({ quiet: true, repo })).toEqual(['kiosk-ui']);
  const [script] = readdirSync(join(repo, 'kiosk-ui/dist/assets'));
  expect(readFileSync(join(repo, 'kiosk-ui/dist/assets', script!), 'utf8')).toContain('Selamat datang');
  const html = readFileSync(join(repo, 'kiosk-ui/dist/index.html'), 'utf8');
  expect(html).toContain(`src="./assets/${script}"`);
  expect(html).not.toMatch(/https?:/);
});

test('a page is built again only when something it is made of changed', async () => {
  await buildPages({ quiet: true, repo });
  expect(await buildPages({ quiet: true, repo })).toEqual([]);
  write('kiosk-ui/main.test.ts', 'a test is no part of the page');
  expect(await buildPages({ quiet: true, repo })).toEqual([]);
  write('contract/words.ts', `export const hello: string = 'Welcome';`);
  expect(await buildPages({ quiet: true, repo })).toEqual(['kiosk-ui']);
});

test('a page that does not build says so, and the last good one stays', async () => {
  await buildPages({ quiet: true, repo });
  write('kiosk-ui/main.tsx', 'this is no TypeScript');
  await expect(buildPages({ quiet: true, repo })).rejects.toThrow(/main\.tsx/);
  expect(readdirSync(join(repo, 'kiosk-ui/dist'))).toContain('index.html');
});
