import type { OfficeCommand, OfficeRoom } from '#central/commands/cli.ts';
import { commandsOf } from '#central/commands/commands.ts';
import { countOf, namedOf, reasonOf, twoOf } from '#central/commands/people.ts';
import { endPause, pausedRights } from '#central/gateway/pauses.ts';
import { openGeneration, personNamed } from '#central/generations/generations.ts';
import { logKiosk, noGrantsLog } from '#central/rights/grants-log.ts';
import { isEnrolmentRequest } from '#contract/uplink/enrolment.ts';
import type { PublicKey } from '#kit/sealer.ts';
import { countKiosk } from './count.ts';
import { type Decided, decideRight, decisions } from './decide.ts';
import { closeEpoch } from './epochs.ts';
import { reopenKiosk } from './reopen.ts';
import { epochReports } from './report.ts';

type Args = Record<string, unknown>;

const actOf = ({ by, reason }: Args) => ({ by: twoOf(by), reason: reasonOf(reason) });
const textOf = (value: unknown, what: string) => {
  if (typeof value !== 'string' || value === '') throw new Error(`name ${what}`);
  return value;
};
const kioskOf = ({ kiosk }: Args) => textOf(kiosk, 'the kiosk');

/** What the running office does about epochs, fenced and paused rights, next cards and commands. */
export const epochCommands: Record<string, OfficeCommand> = {
  'close-epoch': (room, args) => {
    const [kiosk, act] = [kioskOf(args), actOf(args)];
    const { store, random, clock, registrar } = room;
    const closed = store.write('epoch.closed', (db) => {
      const done = closeEpoch(db, random, clock.wallMs(), kiosk, act);
      logKiosk(db, registrar.grantsLog ?? noGrantsLog, kiosk);
      return done;
    });
    tell(room, kiosk);
    return closed;
  },
  'open-epoch': async (room, args) => {
    const [kiosk, act] = [kioskOf(args), actOf(args)];
    const opened = await reopenKiosk(room.registrar, kiosk, newKeyOf(kiosk, args.request), act);
    room.disconnect(kiosk); // whoever still speaks with the old password is no longer this kiosk
    tell(room, kiosk);
    return opened;
  },
  'count-kiosk': (room, args) => {
    const kiosk = kioskOf(args);
    const by = twoOf(args.by);
    const count = (kind: 'hopper' | 'complete' | 'partial' | 'blank') => countOf(args[kind], kind);
    const found = {
      ...{ hopper: count('hopper'), complete: count('complete'), partial: count('partial'), blank: count('blank') },
    };
    const document = namedOf(args.document, 'document');
    const { store, clock } = room;
    const counted = store.write('kiosk.counted', (db) =>
      countKiosk(db, clock.wallMs(), kiosk, found, { by, document }),
    );
    room.central.changed();
    return counted;
  },
  'decide-right': (room, args) => {
    const act = actOf(args);
    const rightId = textOf(args.right, 'the right: central epochs KIOSK lists them');
    if (!isDecision(args.as)) throw new Error(`--as is one of ${decisions.join(', ')}`);
    const body = bodyOf(args);
    const as = args.as;
    const { store, clock } = room;
    const decided = store.write('right.decided', (db) =>
      decideRight(db, clock.wallMs(), { rightId, as, body, ...act }),
    );
    room.central.changed();
    return decided;
  },
  'open-generation': (room, args) => {
    const act = actOf(args);
    const whom =
      typeof args.person === 'string'
        ? { person: args.person }
        : { pickupNumber: textOf(args.number, 'the person: --number PICKUP or --person ID') };
    const { store, clock, lookupKey } = room;
    return store.write('generation.opened', (db) =>
      openGeneration(db, clock.wallMs(), personNamed(db, lookupKey, whom), act),
    );
  },
  paused: ({ store }) => store.read(pausedRights),
  'end-pause': (room, args) => {
    const act = actOf(args);
    const rightId = textOf(args.right, 'the right: central paused lists them');
    const { store, clock } = room;
    const ended = store.write('pause.ended', (db) => endPause(db, clock.wallMs(), rightId, act));
    room.central.changed();
    return ended;
  },
  epochs: ({ store }, args) => {
    const kiosk = args.kiosk === undefined ? undefined : kioskOf(args);
    const reports = store.read((db) => epochReports(db, kiosk));
    if (kiosk !== undefined && reports.length === 0) throw new Error(`there is no kiosk ${kiosk}`);
    return reports;
  },
  commands: ({ store }, args) => store.read((db) => commandsOf(db, kioskOf(args))),
};

function tell({ central }: OfficeRoom, kiosk: string): void {
  central.sendCommands(kiosk);
  central.changed();
}

const isDecision = (value: unknown): value is Decided => decisions.includes(value as Decided);

/** Both or neither: a body without its place is hearsay. */
function bodyOf({ body, place }: Args): { text: string; place: string } | null {
  if (body === undefined && place === undefined) return null;
  const named = (text: unknown, option: string) => namedOf(text, option).replace(/\d{16}/g, '…'); // a serial may stand here, a NIK not
  return { text: named(body, 'body'), place: named(place, 'place') };
}

/** A kiosk whose disk is gone made itself a new key: its request brings it. */
function newKeyOf(kiosk: string, request: unknown): PublicKey | null {
  if (request === undefined || request === null) return null;
  if (!isEnrolmentRequest(request)) throw new Error('this is not an enrolment request');
  if (request.kiosk !== kiosk) throw new Error(`the request is of ${request.kiosk}, not of ${kiosk}`);
  return request.sealingKey as PublicKey;
}
