import { describe, expect, test } from 'vitest';
import { decide } from '#central/policy/decide.ts';
import { type ProblemCode, problems } from '#contract/problems/codes.ts';
import type { Params } from '#contract/screen/screen-state.ts';
import { initials } from '#controller/kiosk/person.ts';
import { effectOf } from '#controller/visit/screen.ts';
import { memoryLinkPair } from '#drivers/kit/memory-link.ts';
import { encodePaper } from '#drivers/receipt-printer/escpos/encode.ts';
import type { PaperEvent } from '#drivers/receipt-printer/escpos/simulator/paper-roll.ts';
import { receiptText, simulateEscPos } from '#drivers/receipt-printer/escpos/simulator/simulator.ts';
import type { PaperLine } from '#drivers/receipt-printer/receipt-printer.ts';
import { manualClock } from '#kit/manual-clock.ts';
import { seededRandom } from '#kit/random.ts';
import { demoCitizens, demoRecords } from '#tools/population/demo-citizens.ts';
import { receiptPaper, slipPaper } from './papers.ts';

const site = { office: 'KECAMATAN SEBERANG ULU I', siteName: 'Kota Palembang', kiosk: 'SU1-A' };
const moment = { visitNo: 'SU1-4821-7', wallMs: 1_795_417_500_000 }; // 23 November 2026, 14.05 WIB
const today = '2026-11-23';

const slip = (code: ProblemCode, params: Params = {}, officerPresent = true) =>
  slipPaper(site, moment, effectOf({ code, params }, { officerPresent, nextAt: '2026-11-24T08:00' }));
const receipt = (initialsOf: string | null = 'S. R.') =>
  receiptPaper(site, moment, { initials: initialsOf, rule: 'kec-first-1', shortHash: 'Ab3d E9x Kq7' });

function referralOf(cls: 'LOST'): PaperLine[] {
  const decision = decide({ class: cls, printableFrom: '2020-01-01' }, 'KECAMATAN', today);
  if (decision.print) throw new Error('it would be printed');
  return slip(decision.code, decision.params);
}

/** What a person reads: through the encoder's bytes and the simulated printer. */
async function printed(paper: readonly PaperLine[], columns: 48 | 32): Promise<string> {
  const events: PaperEvent[] = [];
  const put = (event: PaperEvent) => void events.push(event);
  const roll = { leftMm: 5_000, nearEnd: false, coverClosed: true, cutterBlocked: false, put };
  const printer = simulateEscPos({ roll, columns, clock: manualClock(), random: seededRandom(1), pacing: null });
  const { near, far } = memoryLinkPair();
  void printer.serve(far);
  await near.write(encodePaper(paper, { columns, codepage: 'cp858' }, new Uint8Array()));
  await near.write(Uint8Array.of(0x1d, 0x72, 1)); // answered when all before it is on paper
  await near.incoming[Symbol.asyncIterator]().next();
  return receiptText(events);
}

const papers: [string, PaperLine[]][] = [
  ['receipt', receipt()],
  ['slip-at-centre', slip('record/at-centre', { since: '2026-10-14', days: 40 })],
  ['slip-private', slip('record/duplicate')],
  ['slip-retained', slip('handover/not-taken')],
  ['slip-no-officer', slip('card-printer/jam', {}, false)],
  ['referral-lost', referralOf('LOST')],
];

describe.each([48, 32] as const)('on paper of %i columns', (columns) => {
  test.each(papers)('%s reads as it was approved', async (name, paper) => {
    await expect(await printed(paper, columns)).toMatchFileSnapshot(`golden/${name}-${columns}.txt`);
  });

  test('no line is longer than the paper is wide', async () => {
    for (const [name, paper] of papers)
      for (const line of (await printed(paper, columns)).split('\n'))
        if (!line.includes('[QR]')) expect(line.length, `${name}: ${line}`).toBeLessThanOrEqual(columns);
  });
});

describe('no paper tells who somebody is', () => {
  const textOf = (paper: readonly PaperLine[]) => JSON.stringify(paper);

  test.each(demoCitizens)('$code: initials, and nothing else of the person', ({ code, name, nik }) => {
    const { row } = demoRecords(today)[demoCitizens.findIndex((one) => one.code === code)] ?? {};
    const text = textOf(receipt(initials(name)));
    for (const secret of [name, nik, nik.slice(-8), row?.birth_date, row?.address]) expect(text).not.toContain(secret);
    expect(initials(name)).toMatch(/^(\p{Lu}\.)( \p{Lu}\.)*$/u);
  });

  test.each(Object.keys(problems) as ProblemCode[])('%s: no number that could be a NIK, no undefined', async (code) => {
    const text = textOf(
      slip(code, { since: '2026-10-14', days: 40, place: 'Plaju', box: '12', from: '2027-03-14', left: 2 }),
    );
    expect(text).not.toMatch(/\d{11,}|undefined|null|\{\w+\}/);
    expect(text).toContain(moment.visitNo);
  });
});

test('a receipt without initials has no line for them', () => {
  expect(JSON.stringify(receipt(null))).not.toContain('Penerima');
});
