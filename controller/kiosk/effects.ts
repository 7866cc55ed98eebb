import type { ProblemCode } from '#contract/problems/codes.ts';
import { codeOf, isProblemCode } from '#contract/problems/codes.ts';
import { limitSeconds } from '#contract/screen/limits.ts';
import { hashText, sha256, shortHash } from '#contract/uplink/chain.ts';
import { readQr } from '#contract/uplink/codes.ts';
import type { Ended } from '#controller/jobs/job.ts';
import { type PaperMoment, receiptPaper, slipPaper } from '#controller/papers/papers.ts';
import type { Effect, Happening } from '#controller/visit/happenings.ts';
import { effectOf } from '#controller/visit/screen.ts';
import { newId } from '#kit/random.ts';
import { keyedHash } from '#kit/secrets.ts';
import { askIdentify, askRight, askStatus } from './asking.ts';
import { forgetFingers, readFinger, requiredProofs, takeReferences } from './fingers.ts';
import type { KioskPorts } from './kiosk.ts';
import { paperSite, printPaper } from './paperwork.ts';
import { identified, initials } from './person.ts';
import { presentToVisit, printForVisit } from './printing.ts';
import type { Session } from './session.ts';
import type { VisitBook } from './visit-book.ts';

export interface EffectPorts extends KioskPorts {
  book: VisitBook;
  happen: (now: Happening) => void;
  /** The store broke, or something that must never happen did: the program ends. */
  fatal: (error: unknown) => void;
  session: () => Session;
  begin: () => void;
  end: () => void;
  callOfficer: (called: boolean) => void;
  officerCalled: () => boolean;
  life: () => AbortSignal;
  /** When officers are there next. */
  nextAt: () => string | null;
}

export interface Effects {
  carryOut(effect: Effect): void;
}

type Of<D extends Effect['do']> = Extract<Effect, { do: D }>;

/** Carries effects out. Each ends in happenings; answers that belong to a visit that is over are dropped. */
export function openEffects(ports: EffectPorts): Effects {
  const { happen, devices, clock, journal, enrolment, random } = ports;
  const pinKey = random.bytes(32);
  const pinHashOf = (session: Session, pin: string) => keyedHash(pinKey, session.visitNo, pin);
  const site = paperSite(enrolment);
  const around = () => ({ officerPresent: ports.duty.officerPresent(), nextAt: ports.nextAt() });
  const moment = ({ visitNo }: Session): PaperMoment => ({ visitNo, wallMs: clock.wallMs() });

  /** Runs in the background; what it reports afterwards reaches only the visit it was started for. */
  function later(session: Session, work: (tell: (now: Happening) => void) => Promise<void>): void {
    const tell = (now: Happening) => {
      if (!session.stop.signal.aborted) happen(now);
    };
    work(tell).catch((error: unknown) => {
      const over =
        session.stop.signal.aborted ||
        session.asking.signal.aborted ||
        session.camera.signal.aborted ||
        ports.life().aborted;
      if (!over || (error instanceof Error && error.name === 'StoreBroken')) ports.fatal(error);
    });
  }

  /** One question at a time: a new one gives the one before it up. */
  function askAnew(session: Session): AbortSignal {
    session.asking.abort();
    session.asking = new AbortController();
    return AbortSignal.any([session.asking.signal, session.stop.signal]);
  }

  const work: { [D in Effect['do']]: (effect: Of<D>, session: Session) => void } = {
    'begin-visit': () => ports.begin(),
    'watch-qr': (_, session) => later(session, (tell) => watchQr(session, tell)),
    'stop-camera': (_, session) => session.camera.abort(),
    'ask-status': ({ lookup }, session) =>
      later(session, async (tell) => {
        session.lookup = lookup;
        const answer = await askStatus(ports, lookup, askAnew(session));
        tell(answer.ok ? { type: 'status-ok' } : { type: 'status-refused', code: answer.code, params: answer.params });
      }),
    identify: ({ lookup, pin }, session) =>
      later(session, async (tell) => {
        session.account.tries += 1;
        const answer = await askIdentify(ports, lookup, pin, askAnew(session));
        if (!answer.ok) return tell({ type: 'identify-refused', code: answer.code, params: answer.params });
        session.account.proofs = ['pin']; // also where the machine cannot serve this person any further
        const { record, fingers, unusable } = await takeReferences(ports, session, answer.record);
        Object.assign(session, {
          record,
          sealed: answer.sealed,
          identifyReqId: answer.reqId,
          keptLeaseId: answer.keptLeaseId,
          pinHash: pinHashOf(session, pin),
        });
        tell({
          type: 'identified',
          person: identified(record, fingers),
          required: requiredProofs(devices),
          unusable,
        });
      }),
    'read-finger': ({ finger }, session) => later(session, (tell) => readFinger(ports, session, finger, tell)),
    'stop-finger': (_, session) => session.reading.abort(),
    'forget-fingers': (_, session) => forgetFingers(session),
    'render-face': (_, session) => later(session, (tell) => renderFace(session, tell)),
    'ask-right': (_, session) => later(session, (tell) => askForRight(session, tell)),
    'void-right': ({ reason }, session) => {
      session.asking.abort();
      if (session.leaseReqId) ports.leases.void(session.leaseReqId, reason, session.visitNo);
    },
    print: (_, session) => later(session, (tell) => print(session, tell)),
    'check-pin': ({ pin }, session) =>
      happen({ type: 'pin-checked', fits: pinHashOf(session, pin) === session.pinHash }),
    'present-again': (_, session) => later(session, (tell) => present(session, 2, tell)),
    retain: (_, session) =>
      later(session, async (tell) => ended(session, await session.held?.retain(ports.life()), tell)),
    'print-receipt': (_, session) => later(session, (tell) => receipt(session, tell)),
    'print-slip': ({ code, params }, session) =>
      later(session, async (tell) => {
        const kind = typeof params.office === 'string' ? 'referral' : 'slip';
        await paper(session, kind, slipPaper(site, moment(session), effectOf({ code, params }, around())), tell);
      }),
    'call-officer': ({ dispute }, session) => {
      if (ports.officerCalled() && !dispute) return; // called already: one entry a call
      ports.callOfficer(true);
      journal.record('operator.acted', (append) =>
        append({ type: 'operator.acted', visitNo: session.visitNo, data: { action: dispute ? 'disputed' : 'called' } }),
      );
    },
    'officer-done': (_, session) => {
      if (!ports.officerCalled()) return;
      ports.callOfficer(false);
      journal.record('operator.acted', (append) =>
        append({ type: 'operator.acted', visitNo: session.visitNo, data: { action: 'call-ended' } }),
      );
    },
    'end-visit': ({ outcome, code }, session) => {
      if (session.keptLeaseId && isWrongRecord(code))
        ports.authority.recognition.giveBack(session.keptLeaseId, code ?? outcome);
      ports.book.ended(session, outcome, code, clock.monotonicMs());
      if (session.account.helpCalled) ports.callOfficer(false);
      ports.end();
    },
  };

  async function watchQr(session: Session, tell: (now: Happening) => void): Promise<void> {
    session.camera = new AbortController();
    const signal = AbortSignal.any([session.camera.signal, session.stop.signal]);
    const { camera } = devices;
    if (!camera) return tell({ type: 'camera-failed', code: 'camera/unreachable' });
    try {
      for await (const sight of camera.qrCodes(signal))
        tell({
          type: 'qr',
          seen: sight.found === 'code' ? seenText(sight.text) : { kind: 'hint', seen: hintOf(sight.brightness) },
        });
    } catch (error) {
      if (!signal.aborted) tell({ type: 'camera-failed', code: codeOf(error, 'camera/stalled') });
    }
  }

  async function renderFace(session: Session, tell: (now: Happening) => void): Promise<void> {
    if (!session.record) return;
    try {
      session.face = await ports.renderer.render(session.record.card, { signal: session.stop.signal });
      tell({ type: 'face-ready' });
    } catch (error) {
      session.stop.signal.throwIfAborted();
      tell({ type: 'face-failed', code: codeOf(error, 'record/unprintable-text') });
    }
  }

  async function askForRight(session: Session, tell: (now: Happening) => void): Promise<void> {
    const { record, identifyReqId, sealed, visitNo, keptLeaseId } = session;
    if (keptLeaseId) return useKept(session, keptLeaseId, tell);
    if (!record || !identifyReqId || !sealed) return;
    session.leaseReqId = newId(random);
    const asked = {
      reqId: session.leaseReqId,
      rightId: record.rightId,
      identifyReqId,
      sealed,
      sealedSha256: hashText(sha256(sealed)),
      visitNo,
    };
    const answer = await askRight(ports, asked, askAnew(session));
    if (!answer.ok) return tell({ type: 'right-refused', code: answer.code, params: answer.params });
    session.lease = answer.lease;
    tell({ type: 'right-granted' });
  }

  /** No question is asked, so none is voided when the visit ends without a card: the lease waits for the next one. */
  function useKept(session: Session, leaseId: string, tell: (now: Happening) => void): void {
    const answer = ports.authority.recognition.use(leaseId);
    if (answer.ok) session.lease = answer.lease;
    tell(answer.ok ? { type: 'right-granted' } : { type: 'right-refused', code: answer.code, params: answer.params });
  }

  async function print(session: Session, tell: (now: Happening) => void): Promise<void> {
    const { lease, face, visitNo } = session;
    if (!lease || !face) return;
    const { printer, panel } = devices;
    const result = await printForVisit({ ...ports, printer, panel }, { lease, face, visitNo }, tell, ports.life());
    if (result.at === 'ended') return ended(session, result, tell);
    if (result.at === 'not-started') return tell({ type: 'job-ended', outcome: 'not-started', code: result.code });
    session.held = result;
    await present(session, 1, tell);
  }

  async function present(session: Session, offer: 1 | 2, tell: (now: Happening) => void): Promise<void> {
    if (!session.held) return;
    const waitMs = () => (limitSeconds('take-card', session.account.pace) ?? 60) * 1_000; // asked again when it is over: more time may have been wanted
    const result = await presentToVisit(session.held, offer, waitMs, tell, ports.life());
    if (result) ended(session, result, tell);
  }

  function ended(session: Session, result: Ended | undefined, tell: (now: Happening) => void): void {
    if (!result) return;
    session.outcome = result.entry;
    if (result.outcome === 'issued') ports.book.noteOutcome(result.entry);
    tell({ type: 'job-ended', outcome: result.outcome, code: isProblemCode(result.code) ? result.code : null });
  }

  async function receipt(session: Session, tell: (now: Happening) => void): Promise<void> {
    const { record, lease, outcome } = session;
    if (!outcome) return;
    const what = {
      initials: record ? initials(record.card.name) : null,
      rule: lease?.rule ?? '',
      shortHash: shortHash(outcome.hash),
    };
    await paper(session, 'receipt', receiptPaper(site, moment(session), what), tell);
  }

  async function paper(
    session: Session,
    kind: 'receipt' | 'slip' | 'referral',
    lines: ReturnType<typeof slipPaper>,
    tell: (now: Happening) => void,
  ): Promise<void> {
    session.paper = await printPaper(devices.receiptPrinter, clock, kind, lines, session.stop.signal);
    tell({ type: 'paper', paper: session.paper.result });
  }

  return {
    carryOut(effect) {
      try {
        (work[effect.do] as (effect: Effect, session: Session) => void)(effect, ports.session());
      } catch (error) {
        ports.fatal(error);
      }
    },
  };
}

/** The record itself is at fault: central must be able to mend it, so its lease goes back. */
function isWrongRecord(code: ProblemCode | null): boolean {
  return code?.startsWith('record/') ?? false;
}

function seenText(text: string): Extract<Happening, { type: 'qr' }>['seen'] {
  const reading = readQr(text);
  if (reading.kind === 'pickup') return reading;
  return { kind: 'hint', seen: reading.kind === 'damaged' ? 'damaged' : reading.what };
}

function hintOf(brightness: 'dark' | 'ok' | 'glare'): 'nothing' | 'dark' | 'glare' {
  return brightness === 'ok' ? 'nothing' : brightness;
}
