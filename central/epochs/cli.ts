import { existsSync } from 'node:fs';
import type { Call, CliCommand } from '#central/commands/cli.ts';
import type { CommandRow } from '#central/commands/commands.ts';
import type { Pause } from '#central/gateway/pauses.ts';
import { localTime } from '#kit/civil-date.ts';
import { writeWhole } from '#kit/state-folder.ts';
import type { Compared } from './count.ts';
import type { Closed } from './epochs.ts';
import type { Reopened } from './reopen.ts';
import type { EpochReport } from './report.ts';

const text = { type: 'string' } as const;
const when = (atMs: number) => localTime(atMs).replace('T', ' ');

/** The lines that staff type about epochs, rights that were left behind or paused, next cards and commands. */
export const epochCli: CliCommand[] = [
  {
    name: 'close-epoch',
    usage: `close-epoch KIOSK --reason TEXT --by A --by B
                                                ends a kiosk's authority for good; its rights wait for late facts or people`,
    async run(call) {
      const closed = (await askAbout(call, 'close-epoch')) as Closed;
      call.say(`epoch ${closed.epoch} is closed; ${fenced(closed)}`);
    },
  },
  {
    name: 'open-epoch',
    usage: `open-epoch KIOSK --reason TEXT --by A --by B [--request REQUEST.json] [--out FILE]
                                                closes the open epoch, opens the next, writes a new enrolment file;
                                                --request brings the new key of a kiosk that lost its own`,
    options: { request: text },
    async run(call) {
      const { request, out = 'enrolment.json' } = call.values as { request?: string; out?: string };
      const key = request === undefined ? undefined : call.readJson(request);
      if (existsSync(out)) throw new Error(`${out} is there already; name another file with --out`);
      const { enrolment, closed, unexplained } = (await askAbout(call, 'open-epoch', { request: key })) as Reopened;
      writeWhole(out, `${JSON.stringify(enrolment, null, 2)}\n`);
      if (closed) call.say(`epoch ${closed.epoch} is closed; ${fenced(closed)}`);
      call.say(`epoch ${enrolment.epoch} is open; give ${out} to the technician, the old password is over`);
      call.say(`${unexplained} blanks are unexplained until two people at the kiosk have counted its beginning`);
    },
  },
  {
    name: 'count-kiosk',
    usage: `count-kiosk KIOSK --hopper N --complete N --partial N --blank N --document D --by A --by B
                                                what two people found in the cabinet of a closed epoch: blanks in the hopper,
                                                and every other card inside or taken from its box, by kind`,
    options: { hopper: text, complete: text, partial: text, blank: text, document: text },
    async run(call) {
      const { hopper, complete, partial, blank, document } = call.values;
      const args = { hopper, complete, partial, blank, document };
      const { epoch, compared } = (await askAbout(call, 'count-kiosk', args)) as { epoch: number; compared: Compared };
      call.say(`epoch ${epoch}: ${compareLine(compared)}`);
    },
  },
  {
    name: 'decide-right',
    usage: `decide-right RIGHT --as issued|destroyed|lost [--body TEXT --place TEXT] --reason TEXT --by A --by B
                                                what became of the card of a closed, counted epoch; only a body that was
                                                destroyed restores the right, and only where the count equals the books;
                                                a count of a later epoch is enough for issued or lost`,
    options: { as: text, body: text, place: text },
    async run(call) {
      const { as, body, place, reason, by } = call.values;
      const args = { right: call.positionals[0], as, body, place, reason, by };
      const { state } = (await call.ask('decide-right', args)) as { state: string };
      call.say(`the right is ${state}`);
    },
  },
  {
    name: 'open-generation',
    usage: `open-generation --number PICKUP|--person ID --reason TEXT --by A --by B
                                                a right for the next card, where the one before is issued, closed or lost`,
    options: { person: { type: 'string', multiple: true } },
    async run(call) {
      const { number, reason, by } = call.values;
      const [person] = [call.values.person].flat();
      const opened = (await call.ask('open-generation', { number, person, reason, by })) as Opened;
      call.say(`generation ${opened.generation} is open: right ${opened.rightId}`);
    },
  },
  {
    name: 'paused',
    usage: `paused [--json]            rights that wait because their holder said that the data is wrong: since when, which
                                                visit, and which delivery changed the record last`,
    async run(call) {
      const pauses = (await call.ask('paused', {})) as Pause[];
      if (call.values.json) return call.say(JSON.stringify(pauses));
      if (pauses.length === 0) call.say('no right is paused');
      for (const { rightId, sinceMs, visitNo, dataset } of pauses)
        call.say(
          `right ${rightId}: since ${when(sinceMs)}, visit ${visitNo ?? 'unknown'}, record of ${dataset ?? 'no delivery'}`,
        );
    },
  },
  {
    name: 'end-pause',
    usage: `end-pause RIGHT --reason TEXT --by A --by B [--json]
                                                the right is usable again: where the correction had come before the pause,
                                                or the record was right; another record delivered does it by itself`,
    async run(call) {
      const { reason, by, json } = call.values;
      const ended = (await call.ask('end-pause', { right: call.positionals[0], reason, by })) as { state: string };
      call.say(json ? JSON.stringify(ended) : `the right is ${ended.state}`);
    },
  },
  {
    name: 'epochs',
    usage: `epochs [KIOSK] [--json]
                                                who opened and closed what, and which rights wait for a decision`,
    async run(call) {
      const kiosk = call.positionals[0];
      const reports = (await call.ask('epochs', kiosk === undefined ? {} : { kiosk })) as EpochReport[];
      if (call.values.json) return call.say(JSON.stringify(reports));
      if (reports.length === 0) call.say('no kiosk is registered');
      for (const report of reports) for (const line of reportLines(report)) call.say(line);
    },
  },
  {
    name: 'commands',
    usage: `commands KIOSK [--json]
                                                what the kiosk was told to do, and how far it came`,
    async run(call) {
      const rows = (await askAbout(call, 'commands')) as CommandRow[];
      if (call.values.json) return call.say(JSON.stringify(rows));
      if (rows.length === 0) call.say('no commands');
      for (const row of rows) call.say(commandLine(row));
    },
  },
];

type Opened = { rightId: string; generation: number };

function askAbout(call: Call, command: string, more: Record<string, unknown> = {}): Promise<unknown> {
  const [kiosk] = call.positionals;
  if (!kiosk) throw new Error(`${command} needs the name of the kiosk`);
  const { by, reason } = call.values;
  return call.ask(command, { kiosk, by, reason, ...more });
}

const fenced = ({ fenced: rights }: Closed) => `${rights} rights wait for late facts, or for a count and decide-right`;

function compareLine({ counted, booked, equal }: Compared): string {
  const sides = `hopper ${counted.hopper} of ${booked.hopper}, other cards ${counted.bodies} of ${booked.bodies}`;
  return `${sides}: ${equal ? 'equal to the books' : 'NOT equal to the books, no right can be restored'}`;
}

function reportLines(report: EpochReport): string[] {
  const { kiosk, epoch, openedMs, openedReason, openedBy, closedMs, closedBy, closedReason, seq, countedLater } =
    report;
  const by = (people: string[] | null) => (people && people.length > 0 ? ` by ${people.join(' and ')}` : '');
  return [
    `${kiosk} epoch ${epoch}: ${closedMs === null ? 'open' : 'closed'}, ${seq} entries`,
    `  opened ${when(openedMs)}${by(openedBy)}: ${openedReason}`,
    ...(closedMs === null ? [] : [`  closed ${when(closedMs)}${by(closedBy)}: ${closedReason}`]),
    ...(report.count
      ? [`  counted ${when(report.count.atMs)}${by(report.count.by)}: ${compareLine(report.count)}`]
      : []),
    ...(countedLater && report.rights.length > 0
      ? [
          `  not counted; epoch ${countedLater.epoch} was, ${when(countedLater.atMs)}${by(countedLater.by)}: issued or lost, none is restored`,
        ]
      : []),
    ...(report.unexplained ? [`  ${report.unexplained} blanks unexplained`] : []),
    ...report.rights.map(
      ({ rightId, state, leaseId, sinceMs }) => `  right ${rightId}: ${state} since ${when(sinceMs)}, lease ${leaseId}`,
    ),
  ];
}

function commandLine({ cmdId, kind, args, state, code, createdMs, expiresMs, orderedBy }: CommandRow): string {
  const what = [kind, ...Object.entries(args).map(([name, value]) => `${name}=${value}`)].join(' ');
  const end = `${state}${code ? ` (${code})` : ''}`;
  return `${when(createdMs)} ${cmdId} ${what}: ${end}; ordered by ${orderedBy.join(', ')}, until ${when(expiresMs)}`;
}
