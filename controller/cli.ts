import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '#kit/clock.ts';
import { askControl } from '#kit/control-socket.ts';
import { exitWith } from '#kit/lifetime.ts';
import { inLines, withAges } from './operators/show.ts';

const usage = `What named operators do to a running kiosk. Each act is an entry of its journal; grave acts take two people.

  Blanko
    npm run kiosk -- load --count N --document NO --by A --by B          from the safe into the hopper (the very first load: one person)
    npm run kiosk -- unload --count N --document NO --by A --by B        from the hopper into the safe
    npm run kiosk -- spoil --count N --reason TEXT --by A --by B         blanks that cannot be printed on, into the reject box
    npm run kiosk -- count-hopper --count N --by A --by B                count first, then type; the books are shown afterwards
    npm run kiosk -- empty-box --complete N --partial N --blank N --by A --by B
    npm run kiosk -- destroy-spoiled --count N --document NO --by A --by B
    npm run kiosk -- opening-count --hopper N --complete N --partial N --blank N --by A --by B   first act of a new epoch
  Ribbon
    npm run kiosk -- change-ribbon --bag NO [--prints N] --by A --by B   the old ribbon carries faces: into a numbered bag
    npm run kiosk -- destroy-ribbon --bag NO --document NO --by A --by B
    npm run kiosk -- ribbons                                             bags that should lie in the safe
  Cards that wait for people, and what does not add up
    npm run kiosk -- waiting                                             held and doubtful cards, with their visit number
    npm run kiosk -- cases [--all]                                       what does not add up, oldest first, with its age
    npm run kiosk -- desk [SUBJECT] [--picture FILE --by A] [--lang id|en]   all that is known of one, and what may be decided
    npm run kiosk -- hand-over --visit SU1-0001-3 --by A --by B          this very card to its owner, identity checked
    npm run kiosk -- retain --visit SU1-0001-3 --reason TEXT --by A --by B   a doubtful card, found whole, kept for its owner
    npm run kiosk -- destroy --visit SU1-0001-3 --document NO --by A --by B
    npm run kiosk -- counted --visit SU1-0001-3 --by A --by B            a blank in doubt that a count of the hopper settled
    npm run kiosk -- found --subject S --place box|TEXT --by A --by B    the body that a count of the box had missed
    npm run kiosk -- not-found --subject S --reason TEXT --by A --by B   looked for, not found: decides nothing, central will
    npm run kiosk -- explain --case C-N --document NO --reason TEXT --by A --by B
  A person whose finger is hard to read, at the visit that stands on the screen
    npm run kiosk -- person VISIT --by OPERATOR --photo FILE|-           the portrait in the record, to compare with the person: delete it afterwards
    npm run kiosk -- identify VISIT --by OPERATOR --document KK --reason worn|none-enrolled|refused|scanner|other
  Training, with SPECIMEN blanks in a ledger of their own; nobody is served
    npm run kiosk -- training on --by A --by B                           hopper and box emptied and booked before
    npm run kiosk -- training load --count N --document NO --by A --by B
    npm run kiosk -- training print --by A [--to slot|box]
    npm run kiosk -- training spoil --count N --reason TEXT --by A --by B
    npm run kiosk -- training off --count N --boxed N --printed N --by A --by B   counted out of feeder, box and hands
    npm run kiosk -- training books
  Leases that central handed out ahead of time, for use without it
    npm run kiosk -- leases                                              what is kept here, until when, and what forbids its use
    npm run kiosk -- surrender LEASE --by OPERATOR                       gives one back unused
  The program
    npm run kiosk -- health                                              room for the journal, how far it was read through
  Duty
    npm run kiosk -- open-duty --by OPERATOR --certificate ID            an officer is here
    npm run kiosk -- close-duty --by OPERATOR --certificate ID           nobody is here any more
    npm run kiosk -- print-owed --visit SU1-0001-3 --by OPERATOR         a paper that could not be printed in time
    npm run kiosk -- printer-seen --by OPERATOR --reason TEXT            the printer may go on after two spoiled cards

  --subject S    instead of --visit: one attempt, as waiting, cases and desk show it
  --state DIR    the kiosk's state folder (default var/kiosk)
  --json         what came back, for scripts

OPERATOR, A and B are ids such as OP-DEWI, never names.
Exit codes: 0 done, 1 not done (one line says why).`;

const word = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;
const options = {
  state: { type: 'string', default: 'var/kiosk' },
  by: { type: 'string', multiple: true },
  count: word,
  hopper: word,
  complete: word,
  partial: word,
  blank: word,
  boxed: word,
  printed: word,
  prints: word,
  document: word,
  certificate: word,
  reason: word,
  place: word,
  bag: word,
  case: word,
  visit: word,
  subject: word,
  to: word,
  picture: word,
  photo: word,
  lang: { type: 'string', default: 'id' },
  all: flag,
  json: flag,
  help: flag,
} as const;

const say = (text: string) => void process.stdout.write(`${text}\n`);

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const [command, about, ...more] = positionals;
  const { state, help, json, picture, photo, ...args } = values;
  if (help || !command) return say(usage);
  if (more.length > 0) throw new Error(`what is ${more.join(' ')}? Words go with an option, as --reason "..."`);
  if (command === 'person' && photo === undefined) throw new Error('say where the portrait goes: --photo FILE, or -');
  const asked = { ...args, ...(about && { about }), ...(picture && { picture: true }) };
  const answer = await askControl(join(state, 'control.sock'), command, asked);
  const value = picture ? savePicture(answer, picture) : photo !== undefined ? savePhoto(answer, photo) : answer;
  const lang = args.lang === 'en' ? 'en' : 'id';
  const nowMs = systemClock.wallMs();
  if (value === null && photo === '-') return;
  say(json ? JSON.stringify(withAges(value, nowMs, lang)) : inLines(command, value, nowMs, lang));
}

/** The only copy, in a file that the officer named and only the officer's account may read; it is never overwritten. */
function savePicture(answer: unknown, file: string): unknown {
  const { picture, ...rest } = answer as { picture: string | null };
  if (picture === null) throw new Error('no picture came back');
  writeFileSync(file, Buffer.from(picture, 'base64'), { mode: 0o600, flag: 'wx' });
  return { ...rest, picture: file };
}

/** The portrait to a file of the officer's own or to standard output, never by itself; name and birth date to the terminal. */
function savePhoto(answer: unknown, file: string): unknown {
  const { photo, ...who } = answer as { photo: string; name: string; birthDate: string };
  const jpeg = Buffer.from(photo, 'base64');
  if (file !== '-') {
    writeFileSync(file, jpeg, { mode: 0o600, flag: 'wx' });
    return { ...who, photo: `${file} (delete it when you have compared it)` };
  }
  process.stderr.write(`${who.name}  ${who.birthDate}\n`);
  process.stdout.write(jpeg);
  return null;
}

main().catch((error: unknown) => exitWith(error));
