import { useEffect, useState } from 'preact/hooks';
import type { Morning } from '#central/console/morning.ts';

export type Answer<T> = { status: number; body: T | null };

/** Asks the office; a session that is over shows as 401, an office that is away as 0. */
export async function ask<T>(path: string, body?: object): Promise<Answer<T>> {
  const headers = { 'content-type': 'application/json' };
  const options = body ? { method: 'POST', headers, body: JSON.stringify(body) } : {};
  const reply = await fetch(`api/${path}`, options).catch(() => null);
  if (!reply) return { status: 0, body: null };
  return { status: reply.status, body: (await reply.json().catch(() => null)) as T | null };
}

/** What a path answers, asked anew whenever `because` changes; null until it is known, 'away' where there was no answer. */
export function useAnswer<T>(path: string, because: unknown = null): T | 'away' | null {
  const [known, setKnown] = useState<{ path: string; value: T | 'away' } | null>(null);
  useEffect(() => {
    let wanted = true;
    ask<T>(path).then(({ status, body }) => {
      if (wanted) setKnown({ path, value: status === 200 && body !== null ? body : 'away' });
    });
    return () => {
      wanted = false;
    };
  }, [path, because]);
  return known?.path === path ? known.value : null;
}

export interface Live {
  overview: Morning | null;
  /** Whether the office tells us now; a page that lost it shows the last it knew, and says so. */
  connected: boolean;
  /** The office's clock, as far as this page can know it. */
  nowMs: number;
}

/** How often ages on the page grow by themselves. */
const tickMs = 10_000;

export function useLive(onOver: () => void): Live {
  const [overview, setOverview] = useState<Morning | null>(null);
  const [connected, setConnected] = useState(false);
  const [aheadMs, setAheadMs] = useState(0);
  const [, setTick] = useState(0);
  useEffect(() => {
    const source = new EventSource('api/live');
    source.onopen = () => setConnected(true);
    source.onerror = () => {
      setConnected(false);
      ask<{ name: string | null }>('me').then(({ body }) => body && body.name === null && onOver());
    };
    source.onmessage = ({ data }) => {
      const next = JSON.parse(data) as Morning;
      setAheadMs(next.atMs - Date.now());
      setOverview(next);
    };
    const timer = setInterval(() => setTick((tick) => tick + 1), tickMs);
    return () => {
      clearInterval(timer);
      source.close();
    };
  }, []);
  return { overview, connected, nowMs: Date.now() + aheadMs };
}

/** The part of the address after `#/`, as its levels. */
export function useRoute(): string[] {
  const read = () => location.hash.replace(/^#\/?/, '').split('/').map(decodeURIComponent);
  const [route, setRoute] = useState(read());
  useEffect(() => {
    const changed = () => {
      setRoute(read());
      scrollTo(0, 0);
    };
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  return route;
}

export const linkTo = (...levels: string[]) => `#/${levels.map(encodeURIComponent).join('/')}`;
