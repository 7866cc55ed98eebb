import type { ControlHandler } from '#kit/control-socket.ts';
import type { Operators } from './operators.ts';

/** What operators may ask of a running kiosk through its control socket; each act is named. */
export function operatorCommands(
  operators: Operators,
  printOwed: (visitNo: string, operatorId: string) => Promise<void>,
): ControlHandler {
  return async (command, args) => {
    const text = (name: string) => {
      const value = args[name];
      if (typeof value !== 'string' || value === '') throw new Error(`${command} needs ${name}`);
      return value;
    };
    if (command === 'load')
      return operators.load({ count: Number(args.count), document: text('document'), operatorId: text('by') });
    if (command === 'open-duty')
      return operators.openDuty({ operatorId: text('by'), certificateId: text('certificate') });
    if (command === 'close-duty')
      return operators.closeDuty({ operatorId: text('by'), certificateId: text('certificate') });
    if (command === 'printer-seen') return operators.printerSeen({ operatorId: text('by'), reason: text('reason') });
    if (command === 'print-owed') return printOwed(text('visit').toUpperCase(), text('by'));
    throw new Error(`no such command: ${command}`);
  };
}
