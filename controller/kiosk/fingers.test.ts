import { describe, expect, test } from 'vitest';
import type { SealedRecord } from '#contract/uplink/record.ts';
import type { FingerMatching } from '#controller/devices/finger-matching.ts';
import type { Happening } from '#controller/visit/happenings.ts';
import type { CaptureOptions, FingerCapture, FingerprintScanner } from '#drivers/fingerprint/fingerprint-scanner.ts';
import { DeviceError } from '#drivers/kit/device-error.ts';
import type { Log } from '#kit/log.ts';
import { manualClock } from '#kit/manual-clock.ts';
import { type FingersPorts, forgetFingers, readFinger, requiredProofs, takeReferences } from './fingers.ts';
import { newSession } from './session.ts';

/** The card's own fields are another story. */
const anybody = {
  v: 1,
  rightId: 'right-1',
  class: 'FIRST',
  firstCard: true,
  identify: null,
} as unknown as SealedRecord;

type Answer = (options: CaptureOptions) => Promise<FingerCapture>;

function picture(score: number, hint: FingerCapture['hint'] = null): FingerCapture {
  const image = { widthPx: 4, heightPx: 4, dpi: 500, pixels: new Uint8Array(16).fill(7) };
  return { image, hint, atMs: 0, quality: { score, foreground: 1, contrast: 1, minutiae: 40, coverage: 1 } };
}

const refuses = (code: 'no-finger' | 'repeated-image' | 'hardware'): Answer => {
  return () => Promise.reject(new DeviceError(`fingerprint-scanner/${code}`, 'a story'));
};
const gives = (capture: FingerCapture): Answer => {
  return async ({ tell }) => {
    tell?.({ is: 'touched' });
    tell?.({ is: 'reading', part: 0.5 });
    return capture;
  };
};
/** Nobody touches the glass until somebody gives up. */
const waits: Answer = ({ tell, signal }) => {
  tell?.({ is: 'waiting' });
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
};

/** A kiosk's corner with one visit, a scanner that answers so, and references that say so. */
function corner({ matched = true }: { matched?: boolean } = {}) {
  const answers: Answer[] = [];
  const asked: CaptureOptions[] = [];
  const told: Happening[] = [];
  const logged: object[] = [];
  const erased: string[] = [];
  const clock = manualClock();
  const note = (fields: object) => void logged.push(fields);
  const log: Log = { debug: note, info: note, warn: note, error: note };
  const scanner = {
    capture: (options: CaptureOptions) => {
      asked.push(options);
      return (answers.shift() ?? waits)(options);
    },
  } as unknown as FingerprintScanner;
  const references = {
    fingers: ['right-index'] as const,
    compare: () => ({ matched, score: 41.7 }),
    erase: () => void erased.push('all'),
  };
  const matching: FingerMatching = {
    judge: () => picture(80),
    openReferences: (records) =>
      records.length > 0 ? { ok: true, references } : { ok: false, code: 'fingerprint/none-enrolled' },
  };
  const devices: FingersPorts['devices'] = { fingerprintScanner: scanner, fingerMatching: async () => matching };
  const session = newSession('SU1-0001-3', 0, 'id');
  const ports = { clock, log, devices };
  return {
    ...{ ports, session, told, logged, erased, asked, clock },
    take: (fingers = ['a record']) => takeReferences(ports, session, { ...anybody, fingers }),
    reads(...next: Answer[]) {
      answers.push(...next);
      return readFinger(ports, session, 'right-index', (now) => told.push(now));
    },
  };
}

describe('one picture', () => {
  test('that is good is compared; of it the log gets a score and which comparison it was, nothing else', async () => {
    const { take, reads, told, logged, session } = corner();
    await take();
    const capture = picture(80);
    await reads(gives(capture));
    expect(told).toEqual([
      { type: 'finger-news', say: 'hold', part: 0 },
      { type: 'finger-news', say: 'hold', part: 0.5 },
      { type: 'finger-compared', matched: true },
    ]);
    expect(logged).toEqual([{ score: 42, comparison: 1 }]);
    expect(session.account.fingers).toEqual({ comparisons: 1, poor: 0 });
    expect([...capture.image.pixels], 'the picture itself').toEqual(Array(16).fill(0));
  });

  test('is shown as it comes, as often as a person sees a difference', async () => {
    const { take, reads, told } = corner();
    await take();
    const packets: Answer = async ({ tell }) => {
      for (let packet = 0; packet <= 288; packet += 1) tell?.({ is: 'reading', part: packet / 288 });
      return picture(80);
    };
    await reads(packets);
    const parts = told.flatMap((now) => (now.type === 'finger-news' ? [now.part] : []));
    expect(parts).toHaveLength(21);
    expect(parts.at(-1)).toBe(1);
  });

  test('that is poor is not compared, and is overwritten too', async () => {
    const { take, reads, told, session } = corner();
    await take();
    const capture = picture(20, 'dry');
    await reads(gives(capture));
    expect(told.at(-1)).toEqual({ type: 'finger-poor', hint: 'dry' });
    expect(session.account.fingers).toEqual({ comparisons: 0, poor: 1 });
    expect([...capture.image.pixels]).toEqual(Array(16).fill(0));
  });

  test('that is the last one to the bit asks to wipe the finger', async () => {
    const { take, reads, told } = corner();
    await take();
    await reads(refuses('repeated-image'));
    expect(told).toEqual([{ type: 'finger-poor', hint: 'wipe' }]);
  });

  test('that nobody gave is waited for again: it counts as nothing', async () => {
    const { take, reads, told, session, asked } = corner({ matched: false });
    await take();
    await reads(refuses('no-finger'), refuses('no-finger'), gives(picture(90)));
    expect(asked).toHaveLength(3);
    expect(told.at(-1)).toEqual({ type: 'finger-compared', matched: false });
    expect(session.account.fingers).toEqual({ comparisons: 1, poor: 0 });
  });

  test('that the scanner cannot give is told with its code', async () => {
    const { take, reads, told } = corner();
    await take();
    await reads(refuses('hardware'));
    expect(told).toEqual([{ type: 'finger-failed', code: 'fingerprint-scanner/hardware' }]);
  });
});

describe('time', () => {
  test('after ten seconds without a finger there are words, once', async () => {
    const { take, reads, told, clock, session } = corner();
    await take();
    void reads(waits);
    await clock.advance(9_900);
    expect(told).toEqual([]);
    await clock.advance(10_000);
    expect(told).toEqual([{ type: 'finger-news', say: 'no-finger', part: 0 }]);
    forgetFingers(session);
  });

  test('whoever needs more time has three times as long at the glass', async () => {
    const { reads, asked, session } = corner();
    session.account.pace = 3;
    void reads(waits);
    expect(asked[0]?.timeoutMs).toBe(90_000);
    forgetFingers(session);
  });
});

describe('what is over', () => {
  test('a new reading gives the one before it up, which then says nothing more', async () => {
    const { take, reads, told, asked } = corner();
    await take();
    const first = reads(waits);
    await reads(gives(picture(80)));
    await first;
    expect(asked[0]?.signal.aborted).toBe(true);
    expect(told.filter(({ type }) => type !== 'finger-news')).toEqual([{ type: 'finger-compared', matched: true }]);
  });

  test('references are erased when they are forgotten, and nothing is read any more', async () => {
    const { take, reads, told, erased, session } = corner();
    await take();
    const reading = reads(waits);
    forgetFingers(session);
    await reading;
    expect(erased).toEqual(['all']);
    expect(session.references).toBeNull();
    expect(told).toEqual([]);
  });

  test('references that come after the visit has ended are erased at once', async () => {
    const { take, erased, session } = corner();
    session.stop.abort();
    await take();
    expect(erased).toEqual(['all']);
    expect(session.references).toBeNull();
  });
});

test('what is left of a record that was opened has no fingers', async () => {
  const { take } = corner();
  const { record, fingers } = await take();
  expect(record.fingers).toEqual([]);
  expect(fingers).toEqual(['right-index']);
});

test('a finger is required where a scanner stands, and nowhere else', () => {
  const { ports } = corner();
  expect(requiredProofs(ports.devices)).toEqual(['pin', 'finger']);
  expect(requiredProofs({ fingerprintScanner: null, fingerMatching: null })).toEqual(['pin']);
});

test('without references it is told why, and without a scanner nobody looks for any', async () => {
  const { take, ports, session } = corner();
  expect(await take([])).toMatchObject({ fingers: [], unusable: 'fingerprint/none-enrolled' });
  const devices = { fingerprintScanner: null, fingerMatching: null };
  const answer = await takeReferences({ ...ports, devices }, session, { ...anybody, fingers: ['a record'] });
  expect(answer).toMatchObject({ record: { fingers: [] }, fingers: [], unusable: null });
});
