import { parseCLI, startVitest } from 'vitest/node';
import { buildPages } from './build-pages.ts';
import { countTests, sumLine } from './test-sum.ts';

await buildPages();
const { filter, options } = parseCLI(['vitest', 'run', ...process.argv.slice(2)]);
const vitest = await startVitest(filter, { ...options, watch: false });
const sum = countTests(vitest.state.getTestModules(), vitest.state.getUnhandledErrors().length);
await vitest.close();
process.stdout.write(`${sumLine(sum)}\n`);
if (sum.failed > 0 || sum.passed === 0) process.exitCode = 1;
