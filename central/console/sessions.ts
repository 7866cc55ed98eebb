import { hashText, sha256 } from '#contract/uplink/chain.ts';
import type { Clock } from '#kit/clock.ts';
import type { Random } from '#kit/random.ts';

export const sessionMs = 8 * 3_600_000;
const cookieName = 'anjungan-console';

export interface Sessions {
  /** Begins one and returns its `Set-Cookie`. */
  begin(name: string): string;
  /** Who this is, by the `Cookie` header; null where the session is unknown or over. */
  nameOf(cookie: string | undefined): string | null;
  /** Ends the one in the `Cookie` header and returns the `Set-Cookie` that forgets it. */
  end(cookie: string | undefined): string;
}

/** Sessions live in memory, by the hash of their token: a restart of central signs everybody out. */
export function openSessions(clock: Clock, random: Random): Sessions {
  const open = new Map<string, { name: string; untilMs: number }>();
  const setCookie = (token: string, maxAgeS: number) =>
    `${cookieName}=${token}; Max-Age=${maxAgeS}; Path=/; HttpOnly; SameSite=Strict`;
  const keyOf = (cookie: string | undefined) => hashText(sha256(`session|${tokenIn(cookie)}`));
  return {
    begin(name) {
      const nowMs = clock.monotonicMs();
      for (const [key, { untilMs }] of open) if (untilMs <= nowMs) open.delete(key);
      const token = Buffer.from(random.bytes(32)).toString('base64url');
      open.set(hashText(sha256(`session|${token}`)), { name, untilMs: nowMs + sessionMs });
      return setCookie(token, sessionMs / 1_000);
    },
    nameOf(cookie) {
      const known = open.get(keyOf(cookie));
      return known && known.untilMs > clock.monotonicMs() ? known.name : null;
    },
    end(cookie) {
      open.delete(keyOf(cookie));
      return setCookie('', 0);
    },
  };
}

function tokenIn(cookie: string | undefined): string {
  const pairs = (cookie ?? '').split(';').map((pair) => pair.trim().split('='));
  return pairs.find(([name]) => name === cookieName)?.[1] ?? '';
}
