import { useEffect, useState } from 'preact/hooks';
import type { Action } from '../actions.ts';
import type { About } from '../page-server.ts';
import type { CabinetView } from '../view.ts';

/** Asks the cabinet to let something happen; what comes of it is seen in the next view. */
export type Do = (verb: Action['verb'], more?: Omit<Action, 'verb'>) => void;

export const act: Do = (verb, more = {}) => {
  const body = JSON.stringify({ verb, ...more });
  fetch('do', { method: 'POST', headers: { 'content-type': 'application/json' }, body }).catch(() => undefined);
};

/** The newest view, and whether the cabinet still tells us. The browser reconnects by itself. */
export function useWorld(): { view: CabinetView | null; live: boolean } {
  const [view, setView] = useState<CabinetView | null>(null);
  const [live, setLive] = useState(false);
  useEffect(() => {
    const source = new EventSource('view');
    source.onopen = () => setLive(true);
    source.onerror = () => setLive(false);
    source.onmessage = (message) => setView(JSON.parse(message.data) as CabinetView);
    return () => source.close();
  }, []);
  return { view, live };
}

export function useAbout(): About {
  const [about, setAbout] = useState<About>({ kioskUrl: null, citizens: [] });
  useEffect(() => {
    fetch('about')
      .then((reply) => reply.json())
      .then((known) => setAbout(known as About))
      .catch(() => undefined);
  }, []);
  return about;
}
