import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { ScreenState } from '#contract/screen/screen-state.ts';
import type { Tap } from '#contract/screen/taps.ts';
import { Remembered } from '#kit/async.ts';
import { openScreenServer, type ScreenServer } from './screen-server.ts';

const shown = (rev: number): ScreenState => ({
  ...{ rev, lang: 'id', pace: 1, visitNo: null, secondsLeft: null, warning: false, officerCalled: false },
  screen: { at: 'how', camera: true },
});

let server: ScreenServer | undefined;
afterEach(async () => {
  await server?.[Symbol.asyncDispose]();
  server = undefined;
});

/** A page of three files, a screen, and what was tapped. */
async function open(more: { framedBy?: string; port?: number } = {}) {
  const page = mkdtempSync(join(tmpdir(), 'anjungan-page-'));
  mkdirSync(join(page, 'assets'));
  writeFileSync(join(page, 'index.html'), '<!doctype html><title>KTP</title>');
  writeFileSync(join(page, 'assets', 'page.js'), 'export {}');
  writeFileSync(join(page, 'secret.env'), 'password');
  const screen = new Remembered(shown(7));
  const tapped: Tap[] = [];
  const tap = (one: Tap) => {
    tapped.push(one);
    screen.set(shown(screen.value.rev + 1));
  };
  const opened = await openScreenServer({ screen, tap, page, host: '127.0.0.1', port: 0, ...more });
  server ??= opened;
  const { url } = opened;
  const post = (body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${url}/tap`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url, ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  return { opened, url, screen, tapped, post };
}

const start = { rev: 7, tapId: 'tap-00000001', tap: { tap: 'start' } };

describe('a tap', () => {
  test('on the screen that is shown is done, and answered with the screen after it', async () => {
    const { post, tapped } = await open();
    const answer = await post(start);
    expect([answer.status, await answer.json()]).toEqual([200, { rev: 8 }]);
    expect(tapped).toEqual([{ tap: 'start' }]);
  });

  test.each([6, 8])('on another screen (%i) changes nothing', async (rev) => {
    const { post, tapped } = await open();
    const answer = await post({ ...start, rev });
    expect([answer.status, await answer.json()]).toEqual([409, { rev: 7 }]);
    expect(tapped).toEqual([]);
  });

  test('that is repeated is answered again and done once, also where the first came too late', async () => {
    const { post, tapped, screen } = await open();
    const codes = [];
    for (let time = 0; time < 3; time += 1) codes.push((await post(start)).status);
    expect([codes, tapped.length]).toEqual([[200, 200, 200], 1]);
    const late = { ...start, rev: 9, tapId: 'tap-00000002' };
    expect((await post(late)).status).toBe(409);
    screen.set(shown(9));
    expect((await post(late)).status).toBe(409);
    expect(tapped).toHaveLength(1);
  });

  test('twice at once is done once', async () => {
    const { post, tapped } = await open();
    const answers = await Promise.all(Array.from({ length: 5 }, () => post(start)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(tapped).toHaveLength(1);
  });

  test.each<[string, unknown, number]>([
    ['no JSON', 'not JSON', 400],
    ['nothing', '', 400],
    ['null', 'null', 400],
    ['a tap that nobody knows', { ...start, tap: { tap: 'print' } }, 400],
    ['letters for a number', { ...start, tap: { tap: 'number', digits: '12a' } }, 400],
    ['too many digits', { ...start, tap: { tap: 'pin', digits: '123456789' } }, 400],
    ['a short tap id', { ...start, tapId: 'x' }, 400],
    ['a screen before the first', { ...start, rev: -1 }, 400],
    ['no screen', { ...start, rev: undefined }, 400],
    ['a flood', { ...start, more: 'x'.repeat(5_000) }, 413],
  ])('%s is refused and changes nothing', async (_, body, status) => {
    const { post, tapped } = await open();
    expect((await post(body)).status).toBe(status);
    expect(tapped).toEqual([]);
    expect((await post(start)).status).toBe(200);
  });

  test('of another page, or of no page, is refused', async () => {
    const { post, url, tapped } = await open();
    const origins = ['http://evil.example', 'null', 'http://127.0.0.1:1', url.replace('http:', 'https:')];
    for (const origin of origins) expect((await post(start, { origin })).status).toBe(403);
    expect(await withoutOrigin(`${url}/tap`)).toBe(403);
    expect((await post(start, { 'content-type': 'text/plain' })).status).toBe(400);
    expect(tapped).toEqual([]);
  });
});

describe('the screen', () => {
  test('is told whole on connect, and again at each change', async () => {
    const { url, screen } = await open();
    const stream = await fetch(`${url}/state`);
    expect(stream.headers.get('content-type')).toBe('text/event-stream');
    const next = states(stream);
    expect(await next()).toEqual(shown(7));
    screen.set(shown(8));
    expect(await next()).toEqual(shown(8));
    const other = states(await fetch(`${url}/state`));
    expect(await other()).toEqual(shown(8));
    screen.set(shown(9));
    expect([await next(), await other()]).toEqual([shown(9), shown(9)]);
  });

  test('a closed server ends every stream and does not wait for one', async () => {
    const { url, opened } = await open();
    const stream = await fetch(`${url}/state`);
    const next = states(stream);
    await next();
    server = undefined;
    await opened[Symbol.asyncDispose]();
    expect(await next().catch(() => null)).toBeNull();
    await expect(fetch(`${url}/state`)).rejects.toThrow();
  });
});

describe('the page', () => {
  test('is served with a policy that lets nothing in from outside, and is never kept', async () => {
    const { url } = await open();
    for (const path of ['/', '/assets/page.js', '/state', '/nowhere']) {
      const answer = await fetch(url + path);
      const policy = answer.headers.get('content-security-policy') ?? '';
      expect(policy).toBe("default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('cache-control')).toBe('no-store');
      await answer.body?.cancel();
    }
  });

  test('may be framed only by the address that was named', async () => {
    const { url } = await open({ framedBy: 'http://127.0.0.1:4711' });
    const policy = (await fetch(url)).headers.get('content-security-policy');
    expect(policy).toContain('frame-ancestors http://127.0.0.1:4711');
  });

  test('is its own files and nothing else of the disk', async () => {
    const { url } = await open();
    expect(await (await fetch(url)).text()).toContain('<title>KTP</title>');
    expect((await fetch(`${url}/assets/page.js`)).headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    for (const path of ['/secret.env', '/../secret.env', '/%2e%2e/etc/passwd', '/assets/..%2fsecret.env', '/assets'])
      expect((await fetch(url + path)).status, path).toBe(404);
  });

  test('a port that is taken is said with its code', async () => {
    const { url } = await open();
    await expect(open({ port: Number(new URL(url).port) })).rejects.toMatchObject({ code: 'kiosk/port-taken' });
  });
});

/** Each next state of a stream; rejects or gives null where it ends. */
function states(stream: Response) {
  const reader = (stream.body as ReadableStream<Uint8Array>).getReader();
  let text = '';
  return async (): Promise<ScreenState | null> => {
    for (;;) {
      const found = /data: (.*)\n\n/.exec(text);
      if (found) {
        text = text.slice((found.index ?? 0) + found[0].length);
        return JSON.parse(found[1] as string) as ScreenState;
      }
      const { done, value } = await reader.read();
      if (done) return null;
      text += Buffer.from(value).toString('utf8');
    }
  };
}

function withoutOrigin(url: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers: { 'content-type': 'application/json' } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    sent.on('error', reject);
    sent.end(JSON.stringify(start));
  });
}
