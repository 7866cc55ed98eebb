import type { ByteLink } from '#drivers/kit/byte-link.ts';
import { type Command, forgetHalf, hear, isHalfway } from './command-stream.ts';
import { obey } from './commands.ts';
import { type Machine, orStopped, Stopped, spend } from './machine.ts';
import { awaits, bytesBeforeCut, takeCut } from './misbehaviour.ts';
import { restart } from './power.ts';
import type { ReplyLine } from './reply-line.ts';

/** Commands that wait for one at work; a host that sends more without reading has to wait with its bytes. */
const MOST_WAITING = 8;
/** Below this no pause is made for bytes on their way: pauses of nothing add up. */
const SHORTEST_PAUSE_MS = 1;

export interface Serving {
  serve(link: ByteLink): Promise<void>;
  /** Ends the link from the printer's side. */
  unplug(): void;
  settled(): Promise<void>;
}

interface Parts {
  machine(): Machine;
  /** Stops what is at work and gives a machine at rest with the same memory. */
  renew(): Machine;
  replies: ReplyLine;
}

/** Bytes in, one command after another, replies out. */
export function openServing({ machine, renew, replies }: Parts): Serving {
  let current: ByteLink | null = null;
  let newest: ByteLink | null = null;
  let before: Promise<void> = Promise.resolve();
  let chain: Promise<void> = Promise.resolve();
  let waiting = 0;
  let owedMs = 0;
  let restarting: Promise<void> = Promise.resolve();
  const broken = Promise.withResolvers<never>();
  broken.promise.catch(() => undefined); // met by `serve`

  /** A cable that is replaced still delivers what it carries; one that is cut does not. */
  function serve(link: ByteLink): Promise<void> {
    void newest?.[Symbol.asyncDispose]();
    newest = link;
    const attended = before.then(() => attend(link));
    before = attended.catch(() => undefined);
    return attended;
  }

  async function attend(link: ByteLink): Promise<void> {
    if (!machine().state.power) return link[Symbol.asyncDispose]();
    current = link;
    try {
      await Promise.race([listen(link), broken.promise]);
    } catch (fault) {
      if (!(fault instanceof Stopped)) throw fault;
    } finally {
      ended(link);
    }
  }

  async function listen(link: ByteLink): Promise<void> {
    await replies.connect(link);
    for await (const chunk of link.incoming) {
      if (current !== link) break;
      await take(chunk, link);
    }
  }

  function ended(link: ByteLink): void {
    replies.disconnect(link);
    if (current !== link) return;
    current = null;
    const { state, branches } = machine();
    if (branches.halfDownload === 'dropped') forgetHalf(state.stream);
  }

  function unplug(): void {
    if (current) ended(current);
    void newest?.[Symbol.asyncDispose]();
    newest = null;
  }

  /** One piece of the stream; a scripted cut takes the rest of it. */
  async function take(chunk: Uint8Array, link: ByteLink): Promise<void> {
    const now = machine();
    if (awaits(now.state, 'silence', () => true)) return;
    await arrive(chunk.length);
    await timeOutHalf(now, link);
    if (now.state.resetting || current !== link) return;
    const cut = bytesBeforeCut(now.state, chunk.length);
    for (const command of hear(now.state.stream, chunk.subarray(0, cut?.bytes ?? chunk.length))) {
      await enqueue(command, link);
      if (current !== link || machine() !== now) return; // what follows a reset or a cut in one piece is lost
    }
    if (cut) now.cut(cut.cut);
  }

  async function arrive(bytes: number): Promise<void> {
    const now = machine();
    owedMs += (bytes * now.pacing.msPerMegabyte) / 1e6;
    if (owedMs < SHORTEST_PAUSE_MS) return;
    const ms = owedMs;
    owedMs = 0;
    await spend(now, ms);
  }

  /** On one branch a half command is given up after a silence, and says so to whoever comes next. */
  async function timeOutHalf(now: Machine, link: ByteLink): Promise<void> {
    const { state, branches, clock } = now;
    const idleMs = clock.monotonicMs() - state.lastByteAtMs;
    state.lastByteAtMs = clock.monotonicMs();
    if (typeof branches.halfDownload === 'string' || idleMs <= branches.halfDownload.timesOutAfterMs) return;
    if (!isHalfway(state.stream)) return;
    forgetHalf(state.stream);
    await replies.answer(now, '', 'ERROR TIME OUT', link);
  }

  async function enqueue(command: Command, link: ByteLink): Promise<void> {
    if (command.name === 'Srs') return reset(link);
    const own = machine();
    waiting += 1;
    chain = chain
      .then(() => work(own, command, link))
      .finally(() => {
        waiting -= 1;
      });
    if (waiting > MOST_WAITING) await orStopped(own, Promise.race([chain, link.closed]));
  }

  /** Does a command of this machine's life and answers it; a machine that was stopped answers nothing. */
  async function work(own: Machine, command: Command, link: ByteLink): Promise<void> {
    const sent = [command.name, ...command.params].join(';');
    try {
      cutAt(own, sent, 'heard');
      const reply = await obey(own, command);
      cutAt(own, sent, 'done');
      await replies.answer(own, sent, reply, link);
      cutAt(own, sent, 'answered');
    } catch (fault) {
      if (!(fault instanceof Stopped)) broken.reject(fault);
    }
  }

  function cutAt(own: Machine, sent: string, moment: 'heard' | 'done' | 'answered'): void {
    own.life.signal.throwIfAborted();
    const cut = takeCut(own.state, sent, moment);
    if (cut) own.cut(cut.fault === 'power-fails' ? 'power' : 'cable');
    own.life.signal.throwIfAborted();
  }

  /** `Srs` is heard even while another command is at work, which then is never answered; inferred, not seen. */
  async function reset(link: ByteLink): Promise<void> {
    const own = renew();
    own.state.resetting = true;
    restarting = comeBack(own);
    await replies.answer(own, 'Srs', 'OK', link);
    if (own.pacing.resetMs === 0) await restarting;
  }

  async function comeBack(own: Machine): Promise<void> {
    try {
      await spend(own, own.pacing.resetMs);
      restart(own);
    } catch (fault) {
      if (!(fault instanceof Stopped)) throw fault;
    }
  }

  async function settled(): Promise<void> {
    for (;;) {
      const seen = [chain, machine().moving, restarting] as const;
      await Promise.allSettled(seen);
      if (seen[0] === chain && seen[1] === machine().moving && seen[2] === restarting) return;
    }
  }

  return { serve, unplug, settled };
}
