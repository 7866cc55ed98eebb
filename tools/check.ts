import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { systemClock } from '#kit/clock.ts';
import { checkHouse, describe } from './check/house.ts';

const REPO = fileURLToPath(new URL('..', import.meta.url));
type Result = { passed: boolean; says: string };

const checks: Readonly<Record<string, () => Promise<Result>>> = {
  'format and lint': () =>
    tool('@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '--max-diagnostics=100', '.'),
  types: () => tool('typescript/bin/tsc', '--noEmit', '--project', '.'),
  architecture: async () => architecture(),
};

/** Runs a tool of ours to its end and keeps what it says. */
function tool(bin: string, ...args: string[]): Promise<Result> {
  const child = spawn(process.execPath, [`node_modules/${bin}`, ...args], {
    cwd: REPO,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let says = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (says += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ passed: code === 0, says }));
  });
}

function architecture(): Result {
  const { violations, sources } = checkHouse(REPO);
  const says = violations.map((one) => `${describe(one)}\n`).join('');
  return {
    passed: violations.length === 0 && sources > 0,
    says: says || (sources > 0 ? '' : 'no source file was seen\n'),
  };
}

for (const [name, run] of Object.entries(checks)) {
  const startedMs = systemClock.monotonicMs();
  const { passed, says } = await run();
  const tookMs = Math.round(systemClock.monotonicMs() - startedMs);
  if (!passed) process.stdout.write(says);
  process.stdout.write(`${passed ? 'ok    ' : 'FAILED'} ${name} (${tookMs} ms)\n`);
  if (!passed) process.exitCode = 1;
}
