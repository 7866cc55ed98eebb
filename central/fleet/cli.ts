import type { CliCommand, OfficeCommand } from '#central/commands/cli.ts';
import { operatorOf } from '#central/commands/people.ts';
import { hashBytes, shortHash } from '#contract/uplink/chain.ts';
import { localTime } from '#kit/civil-date.ts';
import { type ReceiptEntry, type ReceiptVerdict, verifyReceipt } from './verify-receipt.ts';

/** The hash itself is not kept: it leads to a visit. Who asked is. */
export const receiptCommands: Record<string, OfficeCommand> = {
  'verify-receipt': ({ store, clock }, { hash, by }) => {
    const who = by === undefined ? 'command line' : operatorOf(by);
    store.write('lookup', (db) =>
      db.prepare("INSERT INTO lookup VALUES (?, 'receipt', 'verify-receipt', ?)").run(who, clock.wallMs()),
    );
    return verifyReceipt(store, typeof hash === 'string' ? hash : '');
  },
};

export const receiptCli: CliCommand[] = [
  {
    name: 'verify-receipt',
    usage: `verify-receipt HASH [--by OPERATOR] [--json]
                                                whether a receipt is genuine, by the characters that it bears`,
    async run({ values, positionals, ask, say, exits }) {
      if (positionals.length === 0) throw new Error('verify-receipt needs the characters that stand on the receipt');
      const [by] = [values.by].flat();
      const verdict = (await ask('verify-receipt', { hash: positionals.join(''), by })) as ReceiptVerdict;
      if (values.json) say(JSON.stringify(verdict));
      else for (const line of inWords(verdict)) say(line);
      if (verdict.verdict !== 'genuine') exits(1);
    },
  },
];

/** The verdict as somebody at a counter can read it out. */
export function inWords(told: ReceiptVerdict): string[] {
  if (told.verdict === 'unknown')
    return ['NOT KNOWN: no print job that has come in bears these characters. Its kiosk may not have sent it yet.'];
  if (told.verdict === 'ambiguous')
    return [
      `AMBIGUOUS: ${told.entries.length} entries begin so; compare the visit number, or type more of the hash`,
      ...told.entries.map((entry) => `  ${where(entry)}`),
    ];
  const { entry } = told;
  const lines = [`  ${where(entry)}`, `  ${proofOf(entry)}`];
  if (told.verdict === 'genuine') return ['GENUINE: a card was issued', ...lines];
  if (told.verdict === 'not-issued')
    return [`NOT A RECEIPT OF A CARD: this job ended as ${entry.outcome ?? 'something that cannot be read'}`, ...lines];
  return ['NOT TO BE TRUSTED: the books that this entry stands in do not verify', ...lines];
}

function where({ kiosk, epoch, seq, visitNo, outcome, atMs, hash }: ReceiptEntry): string {
  const at = localTime(atMs).replace('T', ' ');
  const bears = shortHash(hashBytes(hash));
  return `${kiosk}, epoch ${epoch}, entry ${seq} (${bears}): ${outcome ?? 'unreadable'}, visit ${visitNo ?? 'none'}, ${at} WIB`;
}

function proofOf({ seq, chainVerifies, acknowledged, receivedMs }: ReceiptEntry): string {
  const chain = chainVerifies ? `all ${seq} entries up to it verify` : `the chain of entries up to it is BROKEN`;
  const ack = acknowledged ? 'acknowledged' : 'NOT acknowledged';
  return `${chain}; committed ${localTime(receivedMs).replace('T', ' ')} WIB, ${ack}`;
}
