import { backUp } from '#central/restore/back-up.ts';
import { type HandOutPerson, handOut } from '#central/rights/offline.ts';
import type { OfficeCommand } from './cli.ts';
import { openOrdering } from './commands.ts';
import { operatorOf } from './people.ts';

/** Rights ahead of time, and the office's own database. */
export const authorityCommands: Record<string, OfficeCommand> = {
  'hand-out': (room, { kiosk, numbers, persons, by }) => {
    const people: HandOutPerson[] = [
      ...listOf(numbers).map((number) => ({ number })),
      ...listOf(persons).map((person) => ({ person })),
    ];
    const report = handOut(
      { ...room, order: openOrdering(room) },
      { kiosk: String(kiosk), people, by: operatorOf(by) },
    );
    room.central.sendCommands(String(kiosk));
    return report;
  },
  backup: ({ store }, { path }) => backUp(store, String(path)),
};

const listOf = (value: unknown): string[] => [value].flat().filter((one) => typeof one === 'string');
