import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { welcomes } from './citizen.ts';
import { byScript, lastWords, type Product, startProduct, temporaryFolder } from './product.ts';

const anyPorts = ['kiosk', 'console', 'cabinet', 'broker'].flatMap((name) => [`--${name}-port`, '0']);
const folder = temporaryFolder();
const at = (name: string) => join(folder.path, name);
const starts = (...words: string[]) => lastWords(byScript, ['--json', ...words]);
const script = (path: string) => [process.execPath, path];

/** One that runs well, and is in the way of others. */
let running: Product;
beforeAll(async () => {
  running = await startProduct(at('running'));
  await welcomes(running);
}, 120_000);
afterAll(async () => {
  await running[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
}, 30_000);

const oneLine = (words: RegExp) => ({ code: 1, said: [expect.stringMatching(words)] });

test.each(['kiosk', 'console', 'cabinet', 'broker'])(
  'a %s port that is taken is named, with the option that changes it',
  async (name) => {
    const taken = createServer();
    await new Promise<void>((done) => taken.listen(0, '127.0.0.1', done));
    const { port } = taken.address() as { port: number };
    const end = await starts('--state', at('unused'), ...anyPorts, `--${name}-port`, String(port));
    taken.close();
    expect(end).toEqual(oneLine(new RegExp(`^port ${port} is taken .*--${name}-port`)));
  },
);

test('a file where the folder should be is one line, and so is a path that is too long', async () => {
  writeFileSync(at('file'), '');
  expect(await starts('--state', at('file'), ...anyPorts)).toEqual(oneLine(/file cannot be written to/));
  const long = at('long/'.repeat(20));
  expect(await starts('--state', long, ...anyPorts)).toEqual(oneLine(/too long for the sockets .*--state/));
});

test('a wrong word is one line', async () => {
  expect(await starts('--kiosk-port', 'front')).toEqual(oneLine(/--kiosk-port front is no port/));
  expect(await starts('--pacing', 'warp')).toEqual(oneLine(/--pacing warp is none of/));
  expect(await starts('--speed', 'warp')).toEqual(oneLine(/--speed/));
});

test('a second start on the same folder is refused, and the first goes on', async () => {
  const end = await starts('--state', running.state, ...anyPorts);
  expect(end).toEqual(oneLine(/is in use by another process|another cabinet answers/));
  expect(running.screen.value?.screen.at).toBe('welcome');
});

test('a second kiosk on one journal is refused, and the first goes on', async () => {
  const given = ['--state', join(running.state, 'kiosk'), '--cabinet', join(running.state, 'cabinet-file.json')];
  const { code, said } = await lastWords(script('controller/main.ts'), [...given, '--port', '0']);
  expect(code).toBe(1);
  expect(said.filter((line) => !line.startsWith('{'))).toEqual([
    expect.stringMatching(/journal-1\.db is in use by another process/),
  ]);
  expect(running.screen.value?.screen.at).toBe('welcome');
});

test('a cabinet file that is broken, wrong or missing is one line with its path', async () => {
  writeFileSync(at('broken.json'), '{ "v": 1, ');
  writeFileSync(at('wrong.json'), '{ "v": 1 }');
  const kioskWith = (name: string) =>
    lastWords(script('controller/main.ts'), ['--state', at('kiosk'), '--cabinet', at(name), '--port', '0']);
  expect(await kioskWith('broken.json')).toEqual(oneLine(/broken\.json cannot be read as JSON/));
  expect(await kioskWith('wrong.json')).toEqual(oneLine(/wrong\.json is not a cabinet file/));
  expect(await kioskWith('none.json')).toEqual(oneLine(/none\.json cannot be read/));
});

test('a Node that is too old says which one it needs', async () => {
  const old = `Object.defineProperty(process.versions, 'node', { value: '18.20.0' })`;
  const command = [process.execPath, '--import', `data:text/javascript,${encodeURIComponent(old)}`];
  const end = await lastWords([...command, 'tools/bootstrap.mjs', 'tools/start.ts'], []);
  expect(end).toEqual(oneLine(/needs Node 20 or newer/));
});
