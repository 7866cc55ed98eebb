import type { Universe } from '../universe.ts';

/** A failed commit is not an absent commit: whoever heard of one sends nothing and moves nothing (rule 17). */
export function mustBeStill({ kiosk, told }: Universe, isAct: boolean, what: () => string): void {
  if (isAct && kiosk?.hasFailedDisk) told.untruths.push(`17 after its disk had failed, the kiosk did: ${what()}`);
}
