import type { Authority } from '#controller/commands/authority.ts';
import type { Vouching } from '#controller/kiosk/vouching.ts';
import type { ControlHandler } from '#kit/control-socket.ts';
import type { Desk, Which } from './desk.ts';
import type { Desktop } from './dossier.ts';
import type { Operators } from './operators.ts';
import type { Ribbons } from './ribbons.ts';
import type { StockRoom } from './stock-room.ts';
import type { Training } from './training.ts';

export interface CommandRooms {
  operators: Operators;
  stock: StockRoom;
  desk: Desk;
  printOwed: (visitNo: string, operatorId: string) => Promise<void>;
  ribbons?: Ribbons;
  desktop?: Desktop;
  training?: Training;
  authority?: Pick<Authority, 'leases' | 'surrender'>;
  /** How much room the journal has, and how far it was read through in this life. */
  health?: () => object;
  /** An officer in place of a finger, at the visit that stands on the screen. */
  vouching?: Vouching;
}

type Arguments = Record<string, unknown>;
type Commands = Record<string, (args: Reader) => unknown>;

/** What operators may ask of a running kiosk through its control socket; each act is named, the grave ones by two. */
export function operatorCommands(rooms: CommandRooms): ControlHandler {
  const commands: Commands = {
    ...stockCommands(rooms),
    ...deskCommands(rooms),
    ...dutyCommands(rooms),
    ...(rooms.ribbons && ribbonCommands(rooms.ribbons)),
    ...(rooms.training && trainingCommands(rooms.training)),
    ...(rooms.authority && leaseCommands(rooms.authority)),
    ...(rooms.vouching && vouchingCommands(rooms.vouching)),
    ...(rooms.health && { health: rooms.health }),
  };
  return async (command, args) => {
    const work = Object.hasOwn(commands, command) ? commands[command] : undefined;
    if (!work) throw new Error(`no such command: ${command}`);
    return work(readerOf(command, args));
  };
}

function stockCommands({ stock }: CommandRooms): Commands {
  const box = ({ count }: Reader) => ({
    complete: count('complete'),
    partial: count('partial'),
    blank: count('blank'),
  });
  return {
    load: ({ text, count, people }) => stock.load({ count: count('count'), document: text('document'), by: people() }),
    unload: ({ text, count, people }) =>
      stock.unload({ count: count('count'), document: text('document'), by: people() }),
    spoil: ({ text, count, people }) => stock.spoil({ count: count('count'), reason: text('reason'), by: people() }),
    'count-hopper': ({ count, people }) => stock.countHopper({ count: count('count'), by: people() }),
    'empty-box': (args) => stock.emptyBox({ ...box(args), by: args.people() }),
    'destroy-spoiled': ({ text, count, people }) =>
      stock.destroySpoiled({ count: count('count'), document: text('document'), by: people() }),
    'opening-count': (args) => stock.openingCount({ hopper: args.count('hopper'), ...box(args), by: args.people() }),
  };
}

function deskCommands({ desk, desktop }: CommandRooms): Commands {
  return {
    waiting: () => desk.waiting(),
    cases: ({ flag }) => desk.cases({ all: flag('all') }),
    desk: ({ optional, flag, people }) => {
      const about = optional('about');
      if (about === null) return { waiting: desk.waiting(), cases: desk.cases() };
      if (!desktop) throw new Error('this kiosk cannot be asked about one card');
      const [pictureBy = null] = flag('picture') ? people() : [];
      if (flag('picture') && pictureBy === null) throw new Error('a picture needs one operator: --by OPERATOR');
      const lang = optional('lang') === 'en' ? 'en' : 'id';
      return desktop.open(about, { lang, pictureBy });
    },
    'hand-over': ({ which, people }) => desk.handOver({ ...which(), by: people() }),
    destroy: ({ which, text, people }) => desk.destroy({ ...which(), document: text('document'), by: people() }),
    retain: ({ which, text, people }) => desk.retain({ ...which(), reason: text('reason'), by: people() }),
    counted: ({ which, people }) => desk.counted({ ...which(), by: people() }),
    found: ({ text, people }) => desk.found({ subject: text('subject'), place: text('place'), by: people() }),
    'not-found': ({ text, people }) =>
      desk.notFound({ subject: text('subject'), reason: text('reason'), by: people() }),
    explain: ({ text, people }) =>
      desk.explain({ caseId: text('case'), document: text('document'), reason: text('reason'), by: people() }),
  };
}

function dutyCommands({ operators, printOwed }: CommandRooms): Commands {
  return {
    'open-duty': ({ text, one }) => operators.openDuty({ operatorId: one(), certificateId: text('certificate') }),
    'close-duty': ({ text, one }) => operators.closeDuty({ operatorId: one(), certificateId: text('certificate') }),
    'printer-seen': ({ text, one }) => operators.printerSeen({ operatorId: one(), reason: text('reason') }),
    'print-owed': ({ text, one }) => printOwed(text('visit').toUpperCase(), one()),
  };
}

function vouchingCommands(vouching: Vouching): Commands {
  return {
    identify: ({ text, one }) =>
      vouching.identify({
        visitNo: text('about').toUpperCase(),
        operatorId: one(),
        document: text('document'),
        reason: text('reason'),
      }),
    person: ({ text, one }) => vouching.see({ visitNo: text('about').toUpperCase(), operatorId: one() }),
  };
}

function ribbonCommands(ribbons: Ribbons): Commands {
  return {
    ribbons: () => ribbons.bags(),
    'change-ribbon': ({ text, has, count, people }) =>
      ribbons.change({
        bag: text('bag'),
        printsLeft: has('prints') ? count('prints') : null,
        by: people(),
      }),
    'destroy-ribbon': ({ text, people }) =>
      ribbons.destroy({ bag: text('bag'), document: text('document'), by: people() }),
  };
}

function leaseCommands(authority: Pick<Authority, 'leases' | 'surrender'>): Commands {
  return {
    leases: () => authority.leases(),
    surrender: ({ text, one }) => {
      authority.surrender({ leaseId: text('about'), operatorId: one() });
    },
  };
}

function trainingCommands(training: Training): Commands {
  const words: Commands = {
    on: ({ people }) => training.turnOn({ by: people() }),
    off: ({ count, people }) =>
      training.turnOff({
        feeder: count('count'),
        box: count('boxed'),
        printed: count('printed'),
        by: people(),
      }),
    load: ({ text, count, people }) =>
      training.load({ count: count('count'), document: text('document'), by: people() }),
    spoil: ({ text, count, people }) => training.spoil({ count: count('count'), reason: text('reason'), by: people() }),
    print: ({ optional, one }) => training.print({ operatorId: one(), to: optional('to') === 'slot' ? 'slot' : 'box' }),
    books: () => ({ on: training.on, ...training.books() }),
  };
  return {
    training: (args) => {
      const word = args.optional('about') ?? 'books';
      const work = Object.hasOwn(words, word) ? words[word] : undefined;
      if (!work) throw new Error(`training knows: ${Object.keys(words).join(', ')}`);
      return work(args);
    },
  };
}

interface Reader {
  text(name: string): string;
  optional(name: string): string | null;
  flag(name: string): boolean;
  has(name: string): boolean;
  count(name: string): number;
  /** `--by`, once or twice. */
  people(): string[];
  one(): string;
  /** `--subject`, or `--visit`. */
  which(): Which;
}

function readerOf(command: string, args: Arguments): Reader {
  const people = () => [args.by].flat().filter((id): id is string => typeof id === 'string' && id !== '');
  const optional = (name: string) => {
    const value = args[name];
    return typeof value === 'string' && value !== '' ? value : null;
  };
  const text = (name: string) => {
    const value = optional(name);
    if (value === null) throw new Error(`${command} needs --${name}`);
    return value;
  };
  return {
    text,
    optional,
    people,
    flag: (name) => args[name] === true,
    has: (name) => args[name] !== undefined,
    count: (name) => wholeNumber(args[name]),
    which() {
      const subject = optional('subject');
      return subject === null ? { visitNo: text('visit').toUpperCase() } : { subject };
    },
    one() {
      const [only, ...more] = people();
      if (!only || more.length > 0) throw new Error(`${command} needs one operator: --by OPERATOR`);
      return only;
    },
  };
}

/** `1e2`, ` 5` and nothing at all are no numbers that somebody counted. */
function wholeNumber(given: unknown): number {
  return /^-?\d{1,6}$/.test(String(given)) ? Number(given) : Number.NaN;
}
