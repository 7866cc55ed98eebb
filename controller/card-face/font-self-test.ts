import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { FaceError } from './face-error.ts';
import type { FontPlace } from './fonts.ts';

const CHILD = fileURLToPath(new URL('./font-self-test-child.ts', import.meta.url));
/** Reading all fonts for the first time takes a tenth of a second; a slow board has plenty. */
const CHILD_WITHIN_MS = 30_000;

/**
 * Proves at start that cards will be drawn in our own font, in a short-lived process of its own: the controller does not
 * load sharp for it. Rejects with `kiosk/font-missing`. Aborting ends the process.
 */
export async function fontSelfTest(place: FontPlace, { signal }: { signal?: AbortSignal } = {}): Promise<void> {
  try {
    const options = { timeout: CHILD_WITHIN_MS, ...(signal && { signal }) };
    await promisify(execFile)(process.execPath, [CHILD, JSON.stringify(place)], options);
  } catch (cause) {
    signal?.throwIfAborted();
    const said = (cause as { stderr?: string }).stderr?.trim().split('\n').at(-1);
    throw new FaceError('kiosk/font-missing', said || 'the font self-test did not end', { cause });
  }
}
