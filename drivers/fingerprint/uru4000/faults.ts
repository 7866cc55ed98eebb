import { DeadlineError } from '#drivers/kit/async.ts';
import { DeviceError } from '#drivers/kit/device-error.ts';

/** What the wire says, in the words of the scanner. Why a wait was given up is the caller's, and stays as it is. */
export async function inScannerWords<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw signal.aborted && error === signal.reason ? error : asScannerFault(error);
  }
}

function asScannerFault(error: unknown): unknown {
  if (error instanceof DeadlineError) return noAnswer(error);
  if (!(error instanceof DeviceError)) return error;
  if (error.code === 'device/protocol') return noAnswer(error);
  const gone = error.code === 'link/lost' || error.code === 'link/unreachable';
  return gone ? new DeviceError('fingerprint-scanner/unreachable', error.message, { cause: error }) : error;
}

const noAnswer = (cause: Error) => new DeviceError('fingerprint-scanner/no-answer', cause.message, { cause });
