import { DeadlineError, withDeadline } from '#drivers/kit/async.ts';
import { DeviceError } from '#drivers/kit/device-error.ts';
import { hardwareBits, isAsleep, isRunning, needsReboot, versionsOf, WAKE_MASK } from './protocol/registers.ts';
import type { Reader } from './reader.ts';

const STEP_MS = 10;
const MOST_STEPS = 100;
const POWERED_UP_WITHIN_MS = 300;
const ATTEMPTS = 3;

/** Brings the reader from whatever state it is in to one in which it obeys. Resolves with its versions. */
export async function powerUp(reader: Reader, signal: AbortSignal): Promise<string> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    if (await wakesUp(reader, signal)) return versionsOf(await reader.read('versions', signal));
  }
  throw new DeviceError('fingerprint-scanner/hardware', `does not report power-up, asked ${ATTEMPTS} times`);
}

async function wakesUp(reader: Reader, signal: AbortSignal): Promise<boolean> {
  let status = await readStatus(reader, signal);
  if (needsReboot(status)) status = await reboot(reader, status, signal);
  if (!isAsleep(status)) await writeStatus(reader, status | hardwareBits.lowPower, signal);
  await wake(reader, status & WAKE_MASK, signal);
  return reportsPowerUp(reader, signal);
}

async function reboot(reader: Reader, status: number, signal: AbortSignal): Promise<number> {
  await writeStatus(reader, status & WAKE_MASK, signal);
  return step(reader, signal, 'does not come back from its reboot', async () => {
    const now = await readStatus(reader, signal);
    return isRunning(now) ? now : undefined;
  });
}

/** It may take several writes before the reader leaves low power. */
function wake(reader: Reader, status: number, signal: AbortSignal): Promise<number> {
  return step(reader, signal, 'stays in low power', async () => {
    await writeStatus(reader, status, signal);
    const now = await readStatus(reader, signal);
    return isAsleep(now) ? undefined : now;
  });
}

async function reportsPowerUp(reader: Reader, signal: AbortSignal): Promise<boolean> {
  try {
    await withDeadline(reader.clock, POWERED_UP_WITHIN_MS, signal, (cut) => reader.interrupts.hears('powered-up', cut));
    return true;
  } catch (error) {
    if (error instanceof DeadlineError) return false;
    throw error;
  }
}

/** Tries again and again, a little later each time, until there is a value. */
async function step(reader: Reader, signal: AbortSignal, fault: string, work: () => Promise<number | undefined>) {
  for (let n = 1; n <= MOST_STEPS; n++) {
    const value = await work();
    if (value !== undefined) return value;
    await reader.clock.sleep(STEP_MS, signal);
  }
  throw new DeviceError('fingerprint-scanner/hardware', fault);
}

async function readStatus(reader: Reader, signal: AbortSignal): Promise<number> {
  const [status] = await reader.read('hardwareStatus', signal);
  if (status === undefined) throw new DeviceError('fingerprint-scanner/no-answer', 'an empty hardware status');
  return status;
}

function writeStatus(reader: Reader, status: number, signal: AbortSignal): Promise<void> {
  return reader.write('hardwareStatus', Uint8Array.of(status), signal);
}
