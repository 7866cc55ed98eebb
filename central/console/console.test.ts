import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { overview } from '#central/fleet/overview.ts';
import { loaded, openTestOffice, type TestOffice } from '#central/fleet/test-office.ts';
import { visitNumber } from '#contract/uplink/codes.ts';
import { seededRandom, systemRandom } from '#kit/random.ts';
import { openConsole } from './console.ts';
import { type Morning, withRoomTasks } from './morning.ts';
import { sessionMs } from './sessions.ts';

const minute = 60_000;
const folder = mkdtempSync(join(tmpdir(), 'anjungan-console-'));
beforeAll(() => {
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Anjungan</title>');
  writeFileSync(join(folder, 'assets/page.js'), 'export {};');
  writeFileSync(join(folder, '.sources-sha256'), 'not for anybody');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Visitor {
  url: string;
  password: string;
  office: TestOffice;
  changed: () => void;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** Signs in and returns the cookie. */
  signsIn(): Promise<string>;
}

async function opened(work: (visitor: Visitor) => Promise<void>): Promise<void> {
  using office = openTestOffice();
  const listeners = new Set<() => void>();
  await using console = await openConsole({
    ...{ store: office.store, clock: office.clock, lookupKey: office.lookupKey, random: systemRandom },
    ...{ host: '127.0.0.1', port: 0, page: folder },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  });
  const { url } = console;
  const password = console.firstPassword ?? '';
  const post: Visitor['post'] = (path, body, headers = {}) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url, ...headers },
      body: JSON.stringify(body),
    });
  await work({
    ...{ url, password, office, post },
    changed: () => listeners.forEach((listener) => void listener()),
    get: (path, headers = {}) => fetch(`${url}${path}`, { headers }),
    async signsIn() {
      const answer = await post('/api/sign-in', { name: 'admin', password });
      expect(answer.status).toBe(200);
      return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    },
  });
}

describe('the first password', () => {
  test('is made once, told once, and kept as a slow hash', async () => {
    using office = openTestOffice();
    const options = {
      ...{ store: office.store, clock: office.clock, lookupKey: office.lookupKey, random: systemRandom },
      ...{ host: '127.0.0.1', port: 0, page: folder, onChange: () => () => undefined },
    };
    let first: string | null;
    {
      await using console = await openConsole(options);
      first = console.firstPassword;
    }
    await using again = await openConsole(options);
    expect(first).toMatch(/^([2-9A-HJ-NP-Z]{4}-){3}[2-9A-HJ-NP-Z]{4}$/);
    expect(again.firstPassword).toBeNull();
    const rows = office.store.read((db) => db.prepare('SELECT * FROM staff').all()) as { password_hash: string }[];
    expect(rows).toMatchObject([{ name: 'admin', password_hash: expect.stringMatching(/^scrypt\$/) }]);
    expect(JSON.stringify(rows)).not.toContain(first);
  });

  test('is another one in another office', async () => {
    const passwords = new Set<string | null>();
    for (const seed of ['one', 'other']) {
      using office = openTestOffice();
      const { store, clock, lookupKey } = office;
      await using console = await openConsole({
        ...{ store, clock, lookupKey, random: seededRandom(seed), host: '127.0.0.1', port: 0, page: folder },
        onChange: () => () => undefined,
      });
      passwords.add(console.firstPassword);
    }
    expect(passwords.size).toBe(2);
  });

  test('nobody comes in with a guess: no default, no empty one, no other name', () =>
    opened(async ({ post, password }) => {
      for (const body of [
        { name: 'admin', password: 'admin' },
        { name: 'admin', password: password.toLowerCase() },
        { name: 'root', password },
        { name: "admin' --", password },
      ])
        expect((await post('/api/sign-in', body)).status).toBe(401);
      for (const body of [{ name: 'admin', password: '' }, { name: 'admin' }, [], 'x', { name: ['admin'], password }])
        expect((await post('/api/sign-in', body)).status).toBe(400);
    }));
});

describe('the door', () => {
  const inside = ['/api/live', '/api/jobs', '/api/job?subject=x', '/api/kiosk/SU1-A', '/api/oddities'];
  test('keeps everything but the bare page behind it', () =>
    opened(async ({ get, post }) => {
      for (const path of inside) expect((await get(path)).status, path).toBe(401);
      expect((await get('/api/jobs', { cookie: 'anjungan-console=guessed' })).status).toBe(401);
      expect((await post('/api/search', { kind: 'visit', value: 'x', purpose: 'guessing' })).status).toBe(401);
      expect((await get('/')).status).toBe(200);
      expect((await get('/assets/page.js')).headers.get('content-type')).toMatch(/javascript/);
    }));

  test('gives a cookie that no script can read and no other site can send', () =>
    opened(async ({ post, password }) => {
      const answer = await post('/api/sign-in', { name: 'admin', password });
      const cookie = answer.headers.get('set-cookie') ?? '';
      expect(cookie).toMatch(/^anjungan-console=[A-Za-z0-9_-]{43}; Max-Age=28800; Path=\/; HttpOnly; SameSite=Strict$/);
    }));

  test('opens with the cookie, closes with signing out, and another cookie stays good', () =>
    opened(async ({ get, post, signsIn }) => {
      const [cookie, other] = [await signsIn(), await signsIn()];
      expect(await (await get('/api/me', { cookie })).json()).toEqual({ name: 'admin' });
      expect((await get('/api/jobs', { cookie })).status).toBe(200);
      await post('/api/sign-out', {}, { cookie });
      expect((await get('/api/jobs', { cookie })).status).toBe(401);
      expect((await get('/api/jobs', { cookie: other })).status).toBe(200);
    }));

  test('closes by itself after eight hours', () =>
    opened(async ({ get, signsIn, office }) => {
      const cookie = await signsIn();
      await office.clock.advance(sessionMs - 1);
      expect((await get('/api/jobs', { cookie })).status).toBe(200);
      await office.clock.advance(1);
      expect((await get('/api/jobs', { cookie })).status).toBe(401);
    }));

  test('waits a quarter of an hour after five wrong passwords, even for the right one', () =>
    opened(async ({ post, password, office }) => {
      const tries = (given: string) => post('/api/sign-in', { name: 'admin', password: given });
      for (let n = 0; n < 5; n += 1) expect((await tries('wrong')).status).toBe(401);
      const refused = await tries(password);
      expect(refused.status).toBe(429);
      expect(Number(refused.headers.get('retry-after'))).toBe(15 * 60);
      await office.clock.advance(15 * minute);
      expect((await tries(password)).status).toBe(200);
    }));

  test('counts tries that come at the same moment, too', () =>
    opened(async ({ post }) => {
      const tries = Array.from({ length: 8 }, () => post('/api/sign-in', { name: 'admin', password: 'wrong' }));
      const codes = (await Promise.all(tries)).map(({ status }) => status).sort();
      expect(codes).toEqual([401, 401, 401, 401, 401, 429, 429, 429]);
    }));

  test('lets no more than twenty wrong tries through from one address, whatever the names', () =>
    opened(async ({ post }) => {
      const tries = Array.from({ length: 21 }, (_, n) =>
        post('/api/sign-in', { name: `name-${n}`, password: 'wrong' }),
      );
      const codes = (await Promise.all(tries)).map(({ status }) => status);
      expect(codes.filter((code) => code === 429)).toHaveLength(1);
    }));
});

describe('other sites', () => {
  test('cannot act with our cookie: a post from elsewhere, or from nowhere, is refused', () =>
    opened(async ({ url, post, signsIn }) => {
      const cookie = await signsIn();
      const body = { kind: 'visit', value: visitNumber('SU1', 1), purpose: 'Pengaduan warga' };
      for (const origin of ['http://evil.example', 'null', '', `${url}.evil.example`])
        expect((await post('/api/search', body, { cookie, origin })).status, origin).toBe(403);
      const { hostname, port } = new URL(url);
      const bare = await new Promise<number | undefined>((resolve) => {
        const headers = { 'content-type': 'application/json', cookie };
        request({ hostname, port, path: '/api/sign-out', method: 'POST', headers }, (answer) =>
          resolve(answer.statusCode),
        ).end('{}');
      });
      expect(bare).toBe(403);
      expect((await post('/api/search', body, { cookie })).status).toBe(200);
    }));

  test('cannot frame the page, feed it scripts or keep what it showed', () =>
    opened(async ({ get, signsIn }) => {
      const cookie = await signsIn();
      for (const path of ['/', '/assets/page.js', '/api/jobs', '/nowhere']) {
        const { headers } = await get(path, { cookie });
        const policy = headers.get('content-security-policy') ?? '';
        expect(policy, path).toContain("default-src 'none'");
        expect(policy).toContain("frame-ancestors 'none'");
        expect(policy).not.toMatch(/unsafe|\*|https?:/);
        expect(headers.get('x-content-type-options')).toBe('nosniff');
        expect(headers.get('referrer-policy')).toBe('no-referrer');
        expect(headers.get('cache-control')).toBe('no-store');
      }
    }));

  test('find no file that is not the page', () =>
    opened(async ({ get }) => {
      for (const path of ['/.sources-sha256', '/../package.json', '/%2e%2e/package.json', '/assets/'])
        expect((await get(path)).status, path).toBe(404);
    }));
});

describe('live', () => {
  /** Reads whole overviews from the stream, one by one. */
  async function* overviews(answer: Response): AsyncGenerator<Morning> {
    let text = '';
    for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk;
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        yield JSON.parse(text.slice('data: '.length, end)) as Morning;
        text = text.slice(end + 2);
      }
    }
  }

  test('the overview comes at once, after a change, and again when ages have grown', () =>
    opened(async ({ get, signsIn, office, changed }) => {
      await office.registers('SU1-A');
      const answer = await get('/api/live', { cookie: await signsIn() });
      expect(answer.headers.get('content-type')).toBe('text/event-stream');
      const seen = overviews(answer);
      const hopper = async () => (await seen.next()).value?.hopper.count;
      expect(await hopper()).toBe(0);
      office.tells('SU1-A', loaded(50, 'BA-0007'));
      changed();
      await office.clock.advance(300);
      expect(await hopper()).toBe(50);
      await office.clock.advance(30_300);
      expect(await hopper()).toBe(50);
      await seen.return(undefined);
    }));

  test('ends when the session does, though the page stays open', () =>
    opened(async ({ get, signsIn, office }) => {
      const seen = overviews(await get('/api/live', { cookie: await signsIn() }));
      await seen.next();
      await office.clock.advance(sessionMs + minute); // noticed with the next message
      let last = await seen.next();
      while (!last.done) last = await seen.next();
      expect(last.done).toBe(true);
    }));

  test('an open stream does not hold up the end of the program', async () => {
    let answer: Response | undefined;
    await opened(async ({ get, signsIn }) => {
      answer = await get('/api/live', { cookie: await signsIn() });
    });
    expect(answer?.status).toBe(200); // `opened` has closed the console under it
  });
});

describe('reading', () => {
  test('a look-up needs its purpose and leaves its trace under the name of whoever asked', () =>
    opened(async ({ post, signsIn, office }) => {
      const cookie = await signsIn();
      const ask = (purpose: string) =>
        post('/api/search', { kind: 'visit', value: visitNumber('SU1', 1), purpose }, { cookie });
      expect(await (await ask('')).json()).toEqual({ refused: 'purpose' });
      expect(await (await ask('Pengaduan warga')).json()).toEqual({ found: null });
      const rows = office.store.read((db) => db.prepare('SELECT who, kind, purpose FROM lookup').all());
      expect(rows).toEqual([{ who: 'admin', kind: 'visit', purpose: 'Pengaduan warga' }]);
    }));

  test.each([
    ['a kind that nobody has', { kind: 'nik', value: '1', purpose: 'Pengaduan' }],
    ['no value', { kind: 'visit', purpose: 'Pengaduan' }],
    ['a value that is no text', { kind: 'visit', value: { $gt: '' }, purpose: 'Pengaduan' }],
    ['a body that is too long', { kind: 'visit', value: 'x', purpose: 'x'.repeat(5_000) }],
  ])('%s is refused', (_, body) =>
    opened(async ({ post, signsIn }) => {
      const answer = await post('/api/search', body, { cookie: await signsIn() });
      expect([400, 413]).toContain(answer.status);
    }),
  );

  test('a journal that fills up is a task before the kiosk stops, until the kiosk says itself that it is full', () =>
    opened(async ({ office, get, signsIn, changed }) => {
      await office.registers('SU1-A');
      const tasks = (state: Parameters<TestOffice['says']>[1]) => {
        office.says('SU1-A', state);
        return office.store.read((db) => withRoomTasks(db, overview(db, office.clock.wallMs(), 0)).actions);
      };
      const disk = { usedBytes: 900, budgetBytes: 1_000, freeBytes: 2 ** 40 };
      expect(tasks({ disk })).toMatchObject([{ what: 'journal-room', kiosk: 'SU1-A', count: 90, owner: 'technician' }]);
      expect(tasks({ disk: { ...disk, usedBytes: 800 } })).toEqual([]);
      expect(tasks({ disk: { ...disk, usedBytes: 1, freeBytes: 100 * 2 ** 20 } })).toMatchObject([{ count: 0 }]);
      const full = { mode: 'status-only', reason: 'kiosk/disk-full' } as const;
      expect(tasks({ disk, service: full })).toMatchObject([{ what: 'service', code: 'kiosk/disk-full' }]);
      expect(tasks({})).toEqual([]);
      office.says('SU1-A', { disk, term: 3 });
      changed();
      const detail = await (await get('/api/kiosk/SU1-A', { cookie: await signsIn() })).json();
      expect(detail).toMatchObject({ term: 3, room: { ...disk, share: 0.9, narrow: true } });
    }));

  test('a receipt that no entry bears is said to be unknown, and the question is kept', () =>
    opened(async ({ post, signsIn, office }) => {
      const body = { kind: 'receipt', value: 'AAAA AAA AAA', purpose: 'Pengaduan warga' };
      const answer = await post('/api/search', body, { cookie: await signsIn() });
      expect(await answer.json()).toEqual({ found: null, receipt: { verdict: 'unknown' } });
      expect(office.store.read((db) => db.prepare('SELECT kind FROM lookup').all())).toEqual([{ kind: 'receipt' }]);
    }));

  test('a job, a kiosk and the oddities are there for those who are in', () =>
    opened(async ({ get, signsIn, office }) => {
      await office.registers('SU1-A');
      office.tells('SU1-A', loaded(50, 'BA-0007'));
      office.tellsText('SU1-A', 'nonsense');
      const cookie = await signsIn();
      const detail = (await (await get('/api/kiosk/SU1-A', { cookie })).json()) as object;
      expect(detail).toMatchObject({
        check: { sums: true, replays: true },
        movements: [{ data: { evidence: 'BA-0007' } }],
      });
      expect(await (await get('/api/oddities', { cookie })).json()).toMatchObject([
        { kind: 'anomaly', kiosk: 'SU1-A' },
      ]);
      expect((await get('/api/job?subject=nothing/1', { cookie })).status).toBe(404);
    }));
});

test('a port that is taken is said in one line', () =>
  opened(async ({ url, office }) => {
    const { store, clock, lookupKey } = office;
    const second = openConsole({
      ...{ store, clock, lookupKey, random: systemRandom, host: '127.0.0.1', page: folder },
      port: Number(new URL(url).port),
      onChange: () => () => undefined,
    });
    await expect(second).rejects.toMatchObject({ code: 'kiosk/port-taken' });
  }));

test('a page that is not built says so instead of failing', async () => {
  using office = openTestOffice();
  const { store, clock, lookupKey } = office;
  await using console = await openConsole({
    ...{ store, clock, lookupKey, random: systemRandom, host: '127.0.0.1', port: 0 },
    page: join(folder, 'nowhere'),
    onChange: () => () => undefined,
  });
  expect((await fetch(console.url)).status).toBe(503);
});
