import type { ByteLink } from '#drivers/kit/byte-link.ts';
import type { Random } from '#kit/random.ts';
import { type Machine, spend } from './machine.ts';
import { type ReplyTrick, takeFault } from './misbehaviour.ts';

/** How a reply is cut on its way: anywhere, byte by byte, or not at all. */
export type Pieces = 'random' | 'single-bytes' | 'whole';

/** The way back to the host. A reply is text and a NUL (sheet 1.2). */
export interface ReplyLine {
  /** The link that hears replies from now on; on one branch it first gets what its predecessor did not fetch. */
  connect(link: ByteLink): Promise<void>;
  disconnect(link: ByteLink): void;
  /** Sends one reply to whoever is connected, or does with it what was scripted. `command` as it was sent. */
  answer(machine: Machine, command: string, reply: string, from: ByteLink): Promise<void>;
}

export function replyLine(random: Random, pieces: Pieces, branch: 'lost' | 'kept', unread: () => string[]): ReplyLine {
  let current: ByteLink | null = null;
  const send = async (text: string) => {
    const link = current;
    if (!link) return keep(text);
    try {
      for (const piece of cut(bytesOf(text), random, pieces)) await link.write(piece);
    } catch {
      keep(text); // the host went away while it was written
    }
  };
  const keep = (text: string) => {
    if (branch === 'kept') unread().push(text);
  };
  return {
    async connect(link) {
      current = link;
      for (const text of unread().splice(0)) await send(text);
    },
    disconnect(link) {
      if (current === link) current = null;
    },
    async answer(machine, command, reply, from) {
      if (branch === 'lost' && from !== current) return; // its asker is gone
      for (const text of await tricked(machine, command, reply)) await send(text);
    },
  };
}

/** What is sent instead of one reply. */
async function tricked(machine: Machine, command: string, reply: string): Promise<string[]> {
  const { state, random } = machine;
  const one = takeFault(state, 'reply', ({ on }) => command.startsWith(on ?? ''));
  const held = state.heldBack.splice(0);
  if (one?.does.trick === 'held-back') {
    state.heldBack.push(...held, reply);
    return [];
  }
  return [...held, ...(one ? await replaced(one.does, machine, reply, random) : [reply])];
}

async function replaced(does: ReplyTrick, machine: Machine, reply: string, random: Random): Promise<string[]> {
  if (does.trick === 'preceded') return [does.by, reply];
  if (does.trick === 'replaced') return [does.by];
  if (does.trick === 'garbage')
    return [Buffer.from(random.bytes(does.bytes).map((byte) => byte || 1)).toString('latin1')];
  if (does.trick !== 'late') return [];
  await spend(machine, does.ms);
  return [reply];
}

function bytesOf(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(`${text}\0`, 'latin1'));
}

/** Cuts bytes at random points; a replay with the same seed cuts at the same ones. */
function cut(bytes: Uint8Array, random: Random, pieces: Pieces): Uint8Array[] {
  if (pieces === 'whole') return [bytes];
  const coins = pieces === 'random' ? random.bytes(bytes.length) : new Uint8Array(bytes.length);
  const ends = [...coins.keys()].filter((at) => (coins[at] ?? 0) < 64 || at === bytes.length - 1);
  return ends.map((end, index) => bytes.subarray(index === 0 ? 0 : (ends[index - 1] ?? 0) + 1, end + 1));
}
