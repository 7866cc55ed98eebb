import { expect, test } from 'vitest';
import type { ScreenState } from '#contract/screen/screen-state.ts';
import type { TapRequest } from '#contract/screen/taps.ts';
import { connect, type StateEvents } from './connection.ts';

const state = (rev: number): ScreenState => ({
  rev,
  lang: 'id',
  pace: 1,
  visitNo: null,
  secondsLeft: null,
  warning: false,
  officerCalled: false,
  screen: { at: 'how', camera: true },
});

/** A controller as the page sees it: streams it opened, states it was shown, taps it sent. */
function controller() {
  const streams: (StateEvents & { readyState: number })[] = [];
  const shown: (number | null)[] = [];
  const taps: TapRequest[] = [];
  const connection = connect({
    openEvents: () => {
      const stream = { readyState: 1, onmessage: null, onerror: null, close: () => undefined };
      streams.push(stream);
      return stream;
    },
    post: async (request) => {
      taps.push(request);
      throw new TypeError('the network is away');
    },
    show: (next) => shown.push(next?.rev ?? null),
  });
  const newest = () => streams.at(-1)!;
  const says = (rev: number) => newest().onmessage?.(new MessageEvent('message', { data: JSON.stringify(state(rev)) }));
  const breaks = (readyState: number) => {
    newest().readyState = readyState;
    newest().onerror?.(new Event('error'));
  };
  return { connection, streams, shown, taps, says, breaks };
}

test('each press carries the rev that was seen and an id of its own', () => {
  const { connection, taps, says } = controller();
  says(7);
  connection.tap({ tap: 'start' });
  connection.tap({ tap: 'start' });
  expect(taps.map((tap) => tap.rev)).toEqual([7, 7]);
  expect(new Set(taps.map((tap) => tap.tapId)).size).toBe(2);
  for (const { tapId } of taps) expect(tapId).toMatch(/^.{8,64}$/);
});

test('a controller that goes away takes the screen with it, and the page resumes with whatever it says next', () => {
  const { connection, shown, taps, says, breaks } = controller();
  says(41);
  breaks(0);
  connection.tap({ tap: 'done' });
  says(1); // a restarted controller counts from the start
  expect(shown).toEqual([41, null, 1]);
  expect(taps).toEqual([]);
});

test('where the browser gave up, the page asks again, and only then', () => {
  const { connection, streams, shown, says, breaks } = controller();
  connection.reopen();
  expect(streams).toHaveLength(1);
  breaks(2);
  connection.reopen();
  says(3);
  expect(streams).toHaveLength(2);
  expect(shown).toEqual([null, 3]);
});
