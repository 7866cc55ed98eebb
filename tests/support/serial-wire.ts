import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { systemClock } from '#kit/clock.ts';

/** Two serial ports with a wire between them, for the test that runs; null, and said, where socat is not installed. */
export async function serialWire(): Promise<{ host: string; device: string; socat: ChildProcess } | null> {
  if (spawnSync('socat', ['-V']).error) {
    console.warn('socat is not installed: nothing is tried on a serial port');
    return null;
  }
  const folder = mkdtempSync(join(tmpdir(), 'wire-'));
  const [host, device] = [join(folder, 'host'), join(folder, 'device')];
  const socat = spawn('socat', [`pty,raw,echo=0,link=${host}`, `pty,raw,echo=0,link=${device}`], { stdio: 'ignore' });
  onTestFinished(() => {
    socat.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });
  while (!existsSync(host) || !existsSync(device)) await systemClock.sleep(10);
  return { host, device, socat };
}
