import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { citizenWords, nextSteps, reassurance } from '#contract/problems/citizen.id.ts';
import { type ProblemCode, problemRow, problems } from '#contract/problems/codes.ts';
import { technicianWords } from '#contract/problems/technician.id.ts';
import { isCabinetFile } from '#controller/devices/cabinet-file.ts';
import { exitCodes } from '#tools/pickup/result.ts';
import { unsaidWords } from './claims.ts';
import { faultPage } from './fault-page.ts';
import { page, repo } from './pages.ts';

const folder = `${repo}/docs/handbook`;
/** Everything that a screen, a paper or the console can say in Indonesian. */
const said = [
  JSON.stringify([citizenWords, nextSteps, reassurance]),
  readFileSync(`${repo}/kiosk-ui/words/id.ts`, 'utf8'),
  ...['controller/papers/papers.ts', 'central/console/page/frame.tsx'].map((path) =>
    readFileSync(`${repo}/${path}`, 'utf8'),
  ),
].join('\n');

test('the table of faults is the problem table, in Indonesian', async () => {
  const made = faultPage(Object.keys(problems) as ProblemCode[], problemRow, technicianWords);
  await expect(made).toMatchFileSnapshot(`${folder}/gangguan.id.md`);
});

test.each(readdirSync(folder).filter((name) => name.endsWith('.md')))(
  'what docs/handbook/%s quotes from a screen or a paper is really said there',
  (name) => {
    expect(unsaidWords(page(`docs/handbook/${name}`), said)).toEqual([]);
  },
);

test('the operator and the technician find the codes they meet most', () => {
  const pages = ['operator.id.md', 'teknisi.id.md'].map((name) => page(`docs/handbook/${name}`).text).join('\n');
  const mechanical = Object.keys(problems).filter((code) =>
    /^(card-printer|receipt-printer|panel|camera)\//.test(code),
  );
  expect(mechanical.filter((code) => !pages.includes(`\`${code}\``))).toEqual([]);
});

test('the cabinet file in the handbook is one that a kiosk takes', () => {
  const [, block = ''] = /```json\n([\s\S]*?)```/.exec(page('docs/handbook/teknisi.id.md').text) ?? [];
  expect(isCabinetFile(JSON.parse(block))).toBe(true);
});

test('the exit codes in the handbook are those of the command', () => {
  const told = [...page('docs/handbook/teknisi.id.md').text.matchAll(/^\| (\d+) \| [^|]+ \| (\d+) \|/gm)].flatMap(
    ([, left, right]) => [Number(left), Number(right)],
  );
  expect(told.sort((a, b) => a - b)).toEqual(Object.values(exitCodes).sort((a, b) => a - b));
});

test('a handbook that puts words into the mouth of the machine is caught', () => {
  const lie = { path: 'lie.md', text: 'Tekan «Panggil petugas», lalu «Bayar di sini».' };
  expect(unsaidWords(lie, said)).toEqual(['lie.md: Bayar di sini']);
});
