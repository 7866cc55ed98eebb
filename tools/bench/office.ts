import { openOffice } from '#central/office.ts';
import { systemClock } from '#kit/clock.ts';
import { sayReady, untilStopped } from '#kit/lifetime.ts';
import { silentLog } from '#kit/log.ts';
import { systemRandom } from '#kit/random.ts';
import { joseSealer } from '#kit/sealer.ts';

// The office as a process of its own, without the console: what the kiosk waits for, and nothing else.
const [folder = ''] = process.argv.slice(2);
const signal = untilStopped();
await using office = await openOffice({
  clock: systemClock,
  random: systemRandom,
  sealer: joseSealer,
  log: silentLog,
  folder,
  host: '127.0.0.1',
  brokerPort: 0,
  consolePort: null,
});
sayReady({ controlPath: office.controlPath });
await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
