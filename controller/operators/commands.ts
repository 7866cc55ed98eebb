import type { ControlHandler } from '#kit/control-socket.ts';
import type { Desk } from './desk.ts';
import type { Operators } from './operators.ts';
import type { StockRoom } from './stock-room.ts';

export interface CommandRooms {
  operators: Operators;
  stock: StockRoom;
  desk: Desk;
  printOwed: (visitNo: string, operatorId: string) => Promise<void>;
}

type Arguments = Record<string, unknown>;

/** What operators may ask of a running kiosk through its control socket; each act is named, the grave ones by two. */
export function operatorCommands({ operators, stock, desk, printOwed }: CommandRooms): ControlHandler {
  const commands: Record<string, (args: Reader) => unknown> = {
    load: ({ text, count, people }) => stock.load({ count: count('count'), document: text('document'), by: people() }),
    unload: ({ text, count, people }) =>
      stock.unload({ count: count('count'), document: text('document'), by: people() }),
    'count-hopper': ({ count, people }) => stock.countHopper({ count: count('count'), by: people() }),
    'empty-box': ({ count, people }) =>
      stock.emptyBox({ complete: count('complete'), partial: count('partial'), blank: count('blank'), by: people() }),
    'destroy-spoiled': ({ text, count, people }) =>
      stock.destroySpoiled({ count: count('count'), document: text('document'), by: people() }),
    waiting: () => desk.waiting(),
    'hand-over': ({ text, people }) => desk.handOver({ visitNo: text('visit').toUpperCase(), by: people() }),
    destroy: ({ text, people }) =>
      desk.destroy({ visitNo: text('visit').toUpperCase(), document: text('document'), by: people() }),
    'open-duty': ({ text, one }) => operators.openDuty({ operatorId: one(), certificateId: text('certificate') }),
    'close-duty': ({ text, one }) => operators.closeDuty({ operatorId: one(), certificateId: text('certificate') }),
    'printer-seen': ({ text, one }) => operators.printerSeen({ operatorId: one(), reason: text('reason') }),
    'print-owed': ({ text, one }) => printOwed(text('visit').toUpperCase(), one()),
  };
  return async (command, args) => {
    const work = commands[command];
    if (!work) throw new Error(`no such command: ${command}`);
    return work(readerOf(command, args));
  };
}

interface Reader {
  text(name: string): string;
  count(name: string): number;
  /** `--by`, once or twice. */
  people(): string[];
  one(): string;
}

function readerOf(command: string, args: Arguments): Reader {
  const people = () => [args.by].flat().filter((id): id is string => typeof id === 'string' && id !== '');
  const text = (name: string) => {
    const value = args[name];
    if (typeof value !== 'string' || value === '') throw new Error(`${command} needs --${name}`);
    return value;
  };
  return {
    text,
    people,
    count: (name) => Number(args[name] ?? Number.NaN),
    one() {
      const [only, ...more] = people();
      if (!only || more.length > 0) throw new Error(`${command} needs one operator: --by OPERATOR`);
      return only;
    },
  };
}
