import type { DemoPerson } from './demo-person.ts';
import { served } from './demo-served.ts';
import { unserved } from './demo-unserved.ts';

/** The cast: at least one person for every way in which a visit can end. */
export const demoPeople: readonly DemoPerson[] = [...served, ...unserved];
