import type { Random } from '#kit/random.ts';
import { slowHash, slowHashMatches } from '#kit/secrets.ts';
import type { Store } from '#kit/store.ts';

/** The one account of a new office. */
const firstName = 'admin';
/** 32 signs that nobody mixes up on paper: no 0 and O, no 1 and I. */
const signs = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

export interface Staff {
  /** What was made at this opening, to be told once; null where there are accounts already. */
  readonly firstPassword: string | null;
  /** Whether name and password belong together; as slow for a name that nobody has. */
  matches(name: string, password: string): Promise<boolean>;
}

/** Makes the first account where there is none. */
export async function openStaff(store: Store, random: Random): Promise<Staff> {
  const nobody = await slowHash(password(random), random);
  const none = store.read((db) => db.prepare('SELECT 1 FROM staff').get()) === undefined;
  const firstPassword = none ? password(random) : null;
  if (firstPassword !== null) {
    const hash = await slowHash(firstPassword, random);
    store.write('staff.first', (db) => db.prepare('INSERT INTO staff VALUES (?, ?)').run(firstName, hash));
  }
  return {
    firstPassword,
    async matches(name, given) {
      const row = store.read((db) => db.prepare('SELECT password_hash FROM staff WHERE name = ?').get(name)) as
        | { password_hash: string }
        | undefined;
      const fits = await slowHashMatches(given, row?.password_hash ?? nobody);
      return fits && row !== undefined;
    },
  };
}

/** `XXXX-XXXX-XXXX-XXXX`: 80 random bits, five a sign. */
function password(random: Random): string {
  const chosen = Array.from(random.bytes(16), (byte) => signs[byte % signs.length]).join('');
  return chosen.match(/.{4}/g)?.join('-') ?? chosen;
}
