import type { Detail } from './figure.ts';
import { outputOf } from './processes.ts';
import { median } from './stats.ts';

/** The heavy imports of the house; `entry` is what is imported where it is not the package itself. */
const heavy: { name: string; entry?: string }[] = [
  { name: 'typebox' },
  { name: 'typebox/compile', entry: 'typebox/compile' },
  { name: 'fastify' },
  { name: 'mqtt' },
  { name: 'better-sqlite3' },
  { name: 'jose' },
  { name: 'pino' },
  { name: 'johnny-five' },
  { name: 'firmata-io' },
  { name: 'serialport' },
  { name: 'sharp' },
  { name: '@point-of-sale/receipt-printer-encoder' },
  { name: 'zxing-wasm/reader' },
];
const rounds = 3;

/** Text of a child that imports one thing; plain JavaScript, so that stripping types costs nothing here. */
const child = `
const before = process.memoryUsage.rss();
const startMs = performance.now();
await import(process.argv[1]);
const ms = performance.now() - startMs;
console.log(JSON.stringify({ mb: (process.memoryUsage.rss() - before) / 2 ** 20, ms }));
process.exit();`;

/** Memory and time of each heavy import, alone in a process, with a warm compile cache; `loaded` are those of the idle controller. */
export async function importCosts(loaded: ReadonlySet<string>, progress: (line: string) => void): Promise<Detail> {
  const costs = heavy.map((one) => ({ ...one, mb: [] as number[], ms: [] as number[] }));
  for (let round = 0; round <= rounds; round += 1) {
    progress(`memory: cost of each import, round ${round} of ${rounds}`);
    for (const { name, mb, ms } of costs) {
      const cost = JSON.parse(await outputOf(['--input-type=module', '-e', child, name])) as { mb: number; ms: number };
      if (round === 0) continue; // fills the compile cache
      mb.push(cost.mb);
      ms.push(cost.ms);
    }
  }
  const rows = costs.map(({ name, mb, ms }) => [name, median(mb), median(ms), isLoaded(name, loaded)]);
  return { title: 'what each import costs alone (median)', columns: ['import', 'MB', 'ms', 'idle controller'], rows };
}

function isLoaded(name: string, loaded: ReadonlySet<string>): string {
  const known = loaded.has(name);
  return known ? 'loaded' : '-';
}
