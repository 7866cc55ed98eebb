import { hashText, sameBytes } from '#contract/uplink/chain.ts';
import { type Message, maxBatchBytes, maxBatchEntries } from '#contract/uplink/messages.ts';
import { headFromText } from '#controller/journal/journal.ts';
import type { Outbox } from '#controller/journal/outbox.ts';

/** Batches that may be under way above the last acknowledged entry. */
export const windowBatches = 4;
/** Without progress for so long, sending starts again at acked + 1. */
export const resendAfterMs = 3_000;

export interface Fork {
  seq: number;
  detail: string;
}

export interface Sender {
  /** Sends what the window allows; called after every append, acknowledgement and connection. */
  pump(): void;
  /** Starts again at acked + 1: after a connection, a gap, or silence. */
  restart(): void;
  /** Takes an acknowledgement; believed only if its hash is our own. */
  acknowledged(ack: Message<'ack'>): void;
  readonly fork: Fork | null;
  /** True while entries wait for an acknowledgement. */
  readonly behind: boolean;
}

/**
 * Go-back-N over the journal: no row is claimed, nothing is stored, and every guarantee rests on the hash chain.
 * An acknowledgement is cumulative; a lower one is believed only in a higher term of central's database.
 */
export function openSender(
  journal: Outbox,
  send: (batch: Message<'evt'>) => boolean,
  onFork: (fork: Fork) => void,
): Sender {
  let sentSeq = journal.acked().seq;
  let underWay: number[] = []; // last seq of each batch in the window
  let fork: Fork | null = null;
  let gapSeq = -1; // the gap that was answered last: the other batches of the same window report it again

  function pump(): void {
    if (fork) return;
    underWay = underWay.filter((seq) => seq > journal.acked().seq);
    while (underWay.length < windowBatches) {
      const batch = journal.batchAfter(sentSeq, maxBatchEntries, maxBatchBytes);
      if (!batch) return;
      const { first, prev, texts } = batch;
      const sent = send({ v: 1, dev: journal.kiosk, epoch: journal.epoch, first, prev: hashText(prev), evs: texts });
      if (!sent) return;
      sentSeq = first + texts.length - 1;
      underWay.push(sentSeq);
    }
  }

  function restart(): void {
    sentSeq = journal.acked().seq;
    underWay = [];
    pump();
  }

  function stopAt(seq: number, detail: string): void {
    fork = { seq, detail };
    onFork(fork);
  }

  /** An old snapshot that the carrier repeats looks like an older disk to central; our own hashes tell them apart. */
  function isOwnHistory({ fork, seq, hash }: Message<'ack'>): boolean {
    const same = (at: { seq: number; hash: string }) => {
      const own = journal.hashAt(at.seq);
      return own !== null && sameBytes(own, headFromText(at).hash);
    };
    return fork !== undefined && same(fork) && same({ seq, hash });
  }

  function acknowledged(ack: Message<'ack'>): void {
    if (ack.epoch !== journal.epoch || fork) return;
    if (ack.fork && !isOwnHistory(ack)) {
      stopAt(ack.fork.seq, 'central knows another history of this kiosk');
      return;
    }
    const acked = journal.acked();
    if (ack.term < acked.term) return;
    if (ack.seq < acked.seq && ack.term === acked.term && !ack.gap) return; // late or repeated: harmless
    const { seq, hash } = headFromText(ack);
    const own = journal.hashAt(seq);
    if (!own || !sameBytes(own, hash)) {
      stopAt(
        seq,
        own ? `entry ${seq} has another hash at central` : `central has entry ${seq}, which this journal does not`,
      );
      return;
    }
    if (seq >= acked.seq || ack.term > acked.term) journal.acknowledge({ term: ack.term, seq, hash });
    if (ack.term > acked.term || (ack.gap && seq !== gapSeq)) {
      gapSeq = seq;
      restart();
    } else if (!ack.gap) {
      gapSeq = -1;
      pump();
    }
  }

  return {
    pump,
    restart,
    acknowledged,
    get fork() {
      return fork;
    },
    get behind() {
      return journal.acked().seq < journal.head().seq;
    },
  };
}
