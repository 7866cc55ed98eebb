import type { ProblemCode } from '#contract/problems/codes.ts';
import { codeOf } from '#contract/problems/codes.ts';
import { placementSeconds } from '#contract/screen/limits.ts';
import type { FingerPosition } from '#contract/screen/screen-state.ts';
import type { Proof } from '#contract/uplink/entries.ts';
import type { SealedRecord } from '#contract/uplink/record.ts';
import type { Devices } from '#controller/devices/devices.ts';
import type { Happening } from '#controller/visit/happenings.ts';
import type { CaptureNews, FingerCapture, FingerprintScanner } from '#drivers/fingerprint/fingerprint-scanner.ts';
import type { Clock } from '#kit/clock.ts';
import type { Log } from '#kit/log.ts';
import type { Session } from './session.ts';

export interface FingersPorts {
  clock: Clock;
  log: Log;
  devices: Pick<Devices, 'fingerprintScanner' | 'fingerMatching'>;
}

type Tell = (now: Happening) => void;

/** Below, a picture is not worth one of the four comparisons. Set on drawn prints, not on fingers. */
const leastQuality = 40;
/** A picture comes in some hundred packets; the screen is told as often as a person sees a difference. */
const shownParts = 20;

/** What a visit in this cabinet has to prove: a finger only where there is a glass to put it on. */
export function requiredProofs({ fingerMatching }: FingersPorts['devices']): readonly Proof[] {
  return fingerMatching ? ['pin', 'finger'] : ['pin'];
}

interface Taken {
  /** What is left of the record. */
  record: SealedRecord;
  fingers: readonly FingerPosition[];
  /** Why no finger can be compared. */
  unusable: ProblemCode | null;
}

/** Takes the references out of a record that was just opened: from here on they are in this session and nowhere else. */
export async function takeReferences(ports: FingersPorts, session: Session, whole: SealedRecord): Promise<Taken> {
  const record = { ...whole, fingers: [] };
  return { record, ...(await keepReferences(ports, session, whole.fingers)) };
}

async function keepReferences(
  { devices, log }: FingersPorts,
  session: Session,
  records: readonly string[],
): Promise<Omit<Taken, 'record'>> {
  const matching = await devices.fingerMatching?.();
  if (!matching) return { fingers: [], unusable: null };
  const opened = matching.openReferences(records);
  if (!opened.ok) {
    log.info({ problem: opened.code }, 'no finger can be compared');
    return { fingers: [], unusable: opened.code };
  }
  if (session.stop.signal.aborted) opened.references.erase();
  else session.references = opened.references;
  return { fingers: opened.references.fingers, unusable: null };
}

/** One picture of one finger, and what came of it. A new reading gives the one before it up. */
export async function readFinger(ports: FingersPorts, session: Session, finger: FingerPosition, tell: Tell) {
  session.reading.abort();
  session.reading = new AbortController();
  const signal = AbortSignal.any([session.reading.signal, session.stop.signal]);
  const report: Tell = (now) => {
    if (!signal.aborted) tell(now);
  };
  const failed = (error: unknown): Happening => {
    const code = codeOf(error, 'fingerprint-scanner/hardware');
    if (!signal.aborted) ports.log.warn({ problem: code }, 'a finger could not be read');
    return { type: 'finger-failed', code };
  };
  report(await readOnce(ports, session, finger, { report, signal }).catch(failed));
}

/** The proof is given, or never will be: no reference is left in memory, and no reading goes on. */
export function forgetFingers(session: Session): void {
  session.reading.abort();
  session.references?.erase();
  session.references = null;
}

interface Reading {
  report: Tell;
  signal: AbortSignal;
}

async function readOnce(ports: FingersPorts, session: Session, finger: FingerPosition, reading: Reading) {
  for (;;) {
    const scanner = ports.devices.fingerprintScanner;
    if (!scanner) return { type: 'finger-failed', code: 'fingerprint-scanner/unreachable' } as const;
    const capture = await placement(ports, scanner, session, reading);
    if (capture === 'repeated') return notedPoor(session, 'wipe');
    if (capture !== 'none') return compared(ports, session, finger, capture);
  }
}

/** Waits for one finger. Nobody touching the glass is no try and no picture: it is waited for again. */
async function placement(
  { clock }: FingersPorts,
  scanner: FingerprintScanner,
  session: Session,
  { report, signal }: Reading,
): Promise<FingerCapture | 'none' | 'repeated'> {
  const touched = new AbortController();
  let shown = -1;
  const remind = () => {
    const quiet = AbortSignal.any([signal, touched.signal]);
    clock.sleep(placementSeconds.words * 1_000, quiet).then(
      () => report({ type: 'finger-news', say: 'no-finger', part: 0 }),
      () => undefined,
    );
  };
  const hear = (news: CaptureNews) => {
    if (news.is === 'waiting') return remind();
    touched.abort();
    const part = news.is === 'reading' ? Math.floor(news.part * shownParts) / shownParts : 0;
    if (news.is === 'hint' || part === shown) return;
    shown = part;
    report({ type: 'finger-news', say: 'hold', part });
  };
  const timeoutMs = placementSeconds.whole * session.account.pace * 1_000;
  try {
    return await scanner.capture({ timeoutMs, minQuality: 0, signal, tell: hear }); // one picture: each counts
  } catch (error) {
    const code = codeOf(error, 'fingerprint-scanner/hardware');
    if (code === 'fingerprint-scanner/no-finger') return 'none';
    if (code === 'fingerprint-scanner/repeated-image') return 'repeated';
    throw error;
  } finally {
    touched.abort();
  }
}

function compared({ log }: FingersPorts, session: Session, finger: FingerPosition, capture: FingerCapture): Happening {
  const { image, quality, hint } = capture;
  try {
    if (quality.score < leastQuality) return notedPoor(session, hint ?? 'wipe');
    if (!session.references) throw new Error('a finger was read after its references were forgotten');
    const { matched, score } = session.references.compare(image, finger);
    const { fingers } = session.account;
    fingers.comparisons += 1;
    log.info({ score: Math.round(score), comparison: fingers.comparisons }, 'a finger was compared');
    return { type: 'finger-compared', matched };
  } finally {
    image.pixels.fill(0);
  }
}

function notedPoor(session: Session, hint: NonNullable<FingerCapture['hint']>): Happening {
  session.account.fingers.poor += 1;
  return { type: 'finger-poor', hint };
}
