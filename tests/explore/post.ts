import { may } from '#contract/uplink/acl.ts';
import { AsyncQueue } from '#kit/async.ts';
import type { Carrier, CarrierEvent } from '#kit/carrier.ts';
import { topicMatches } from '#kit/topic-filter.ts';
import type { Alive } from './time.ts';

export type Party = 'kiosk' | 'central';

/** One message on its way, as plain data. */
export interface Letter {
  no: number;
  to: Party;
  topic: string;
  text: string;
}

/** What a broker without persistence holds. */
export interface PostState {
  letters: Letter[];
  retained: Record<string, string>;
  sent: number;
  /** Every letter that was ever sent, for those who repeat one: also from before a death. */
  past: Letter[];
}

export const noPost: PostState = { letters: [], retained: {}, sent: 0, past: [] };

/** Letters are never changed, so only the lists are new. */
export const copyOf = ({ letters, retained, sent, past }: PostState): PostState => ({
  ...{ letters: [...letters], retained: { ...retained }, sent, past: [...past] },
});

interface Watch {
  /** Around each message: `sent` when it is handed over, `delivered` when it arrives. Says whether it may go on. */
  sent(moment: 'before' | 'after', letter: Letter): boolean;
  delivered(moment: 'before' | 'after', letter: Letter): boolean;
}

interface Line {
  owner: Alive;
  filters: Set<string>;
  events: AsyncQueue<CarrierEvent>;
  up: boolean;
  will: { topic: string; payload: string } | null;
}

/** The wire between kiosk and office: it delivers one letter at a time, when told to, in the order they were sent. */
export class Post {
  readonly state: PostState;
  get past(): readonly Letter[] {
    return this.state.past;
  }

  /** How many were sent in this universe, and how many have arrived. */
  handedOver = 0;
  arrived = 0;
  readonly #watch: Watch;
  readonly #names: Record<Party, string>;
  readonly #lines = new Map<Party, Line>();

  constructor(kiosk: string, state: PostState, watch: Watch) {
    this.#names = { kiosk, central: 'central' };
    this.state = copyOf(state);
    this.#watch = watch;
  }

  connect(party: Party, owner: Alive, will: Line['will'] = null): Carrier {
    const line: Line = { owner, filters: new Set(), events: new AsyncQueue(), up: false, will };
    this.#lines.set(party, line);
    if (party === 'central') this.state.retained = {}; // the broker begins its life with central's
    if (party === 'central') this.#raiseAll();
    else if (this.#isUp('central')) this.#raise(line);
    const post = this;
    return {
      get connected() {
        return line.up && !owner.dead;
      },
      incoming: line.events,
      publish: (topic, payload, { retain = false }) => post.#publish(party, line, topic, String(payload), retain),
      subscribe(filters) {
        for (const filter of filters) line.filters.add(filter);
        post.#replay(party, line);
      },
      async [Symbol.asyncDispose]() {
        post.hangUp(party);
      },
    };
  }

  /** The process at this end is gone: its will is read out. The broker lives and dies with central. */
  hangUp(party: Party): void {
    const line = this.#lines.get(party);
    this.#lines.delete(party);
    if (!line) return;
    line.up = false;
    if (party === 'central') {
      this.state.retained = {};
      this.state.letters = [];
      this.dropLine();
    } else if (line.will && this.#isUp('central')) this.#route('kiosk', line.will.topic, line.will.payload, true);
  }

  /** The kiosk's line breaks; `mend` lets it connect again. */
  dropLine(): void {
    const line = this.#lines.get('kiosk');
    if (!line?.up) return;
    line.up = false;
    this.state.letters = this.state.letters.filter(({ to }) => to !== 'kiosk');
    line.events.push({ type: 'disconnected' });
  }

  mend(): void {
    const line = this.#lines.get('kiosk');
    if (line && !line.up && this.#isUp('central')) this.#raise(line);
  }

  /** Delivers the oldest letter that somebody can take. False where there is none. */
  deliver(): boolean {
    const letter = this.state.letters.find(({ to }) => this.#isUp(to));
    if (!letter) return false;
    if (!this.#watch.delivered('before', letter)) return true;
    this.state.letters = this.state.letters.filter((other) => other !== letter);
    const line = this.#lines.get(letter.to);
    line?.events.push({ type: 'message', topic: letter.topic, payload: new TextEncoder().encode(letter.text) });
    this.arrived += 1;
    this.#watch.delivered('after', letter);
    return true;
  }

  /** The carrier loses the newest letter under way to this party, or brings an old one once more. */
  lose(no: number): void {
    this.state.letters = this.state.letters.filter((letter) => letter.no !== no);
  }

  repeat(letter: Letter): void {
    this.state.letters.push(letter);
  }

  #isUp(party: Party): boolean {
    const line = this.#lines.get(party);
    return line?.up === true && !line.owner.dead;
  }

  #raiseAll(): void {
    for (const line of this.#lines.values()) if (!line.up) this.#raise(line);
  }

  #raise(line: Line): void {
    line.up = true;
    line.events.push({ type: 'connected' });
  }

  #publish(from: Party, line: Line, topic: string, payload: string, retain: boolean): boolean {
    if (!line.up || line.owner.dead) return false;
    this.#route(from, topic, payload, retain);
    return !line.owner.dead;
  }

  #route(from: Party, topic: string, text: string, retain: boolean): void {
    if (!this.#may(from, 'publish', topic)) return;
    const to: Party = from === 'kiosk' ? 'central' : 'kiosk';
    const letter = { no: this.state.sent + 1, to, topic, text };
    if (!this.#watch.sent('before', letter)) return;
    this.state.sent += 1;
    if (retain) this.state.retained[topic] = text;
    const reader = this.#lines.get(to);
    this.state.past.push(letter);
    this.handedOver += 1;
    if (reader && this.#isUp(to) && this.#reads(to, reader, topic)) this.state.letters.push(letter);
    this.#watch.sent('after', letter);
  }

  #may(party: Party, action: 'publish' | 'read', topic: string): boolean {
    const kiosk = this.#names.kiosk;
    return may(party === 'central' ? { side: 'central' } : { side: 'kiosk', kiosk }, action, topic);
  }

  #reads(party: Party, { filters }: Line, topic: string): boolean {
    return this.#may(party, 'read', topic) && [...filters].some((filter) => topicMatches(filter, topic));
  }

  #replay(party: Party, line: Line): void {
    if (!line.up) return;
    for (const [topic, text] of Object.entries(this.state.retained))
      if (this.#reads(party, line, topic)) this.state.letters.push({ no: 0, to: party, topic, text });
  }
}
