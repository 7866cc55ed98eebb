import type { CliCommand, OfficeCommand, OfficeRoom } from './cli.ts';
import { openOrdering } from './commands.ts';
import { operatorOf, reasonOf } from './people.ts';

/** What may be ordered about a lease that is with a kiosk. */
const orders = {
  'revoke-lease': 'takes a lease back before ink: the card is not printed',
  'surrender-lease': 'asks the kiosk to give a lease back unused',
  'renew-lease': 'asks the kiosk to give a lease back and to ask for the same right anew',
} as const;

type Kind = keyof typeof orders;
const kinds = Object.keys(orders) as Kind[];

/** Each is a command to the kiosk: what becomes of it stands in `commands KIOSK`. */
export const leaseCommands: Record<string, OfficeCommand> = Object.fromEntries(
  kinds.map((kind) => [kind, (room, args) => orderAbout(room, kind, args)] satisfies [string, OfficeCommand]),
);

function orderAbout(room: OfficeRoom, kind: Kind, { lease: leaseId, by, reason }: Record<string, unknown>) {
  const people = [by].flat().map(operatorOf);
  const why = reasonOf(reason);
  const { store, clock } = room;
  const ordered = store.write('ordered', (db) => {
    const lease = db.prepare('SELECT kiosk, state FROM lease WHERE lease_id = ?').get(leaseId) as
      | { kiosk: string; state: string }
      | undefined;
    if (!lease) throw new Error(`there is no lease ${String(leaseId)}`);
    if (lease.state !== 'live') throw new Error(`the lease is ${lease.state}`);
    const cmdId = openOrdering(room)(db, { kiosk: lease.kiosk, kind, args: { leaseId: String(leaseId) }, by: people });
    const log = db.prepare('INSERT INTO lookup VALUES (?, ?, ?, ?)');
    for (const who of people) log.run(who, kind, `lease ${String(leaseId)}: ${why}`, clock.wallMs());
    return { cmdId, kiosk: lease.kiosk };
  });
  room.central.sendCommands(ordered.kiosk);
  return ordered;
}

export const leaseCli: CliCommand[] = kinds.map((name) => ({
  name,
  usage: `${name} LEASE --reason TEXT --by OPERATOR
                                                ${orders[name]}`,
  async run({ values, positionals, ask, say }) {
    const [lease] = positionals;
    if (!lease) throw new Error(`${name} needs the lease: epochs KIOSK lists them`);
    const { by, reason } = values;
    const { cmdId, kiosk } = (await ask(name, { lease, by, reason })) as { cmdId: string; kiosk: string };
    say(`ordered: ${cmdId}; commands ${kiosk} tells how far it came`);
  },
}));
