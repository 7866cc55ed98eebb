import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import type { OpenWorld } from '#cabinet/world/open-world.ts';
import type { Verbs } from '#cabinet/world/verbs.ts';

/** What people and accidents do to the cabinet: in the simulated world at once, in a real room by asking somebody. */
export type Hands = <V extends keyof Verbs>(verb: V, ...given: Parameters<Verbs[V]>) => ReturnType<Verbs[V]> | null;

export function simulatedHands(world: OpenWorld): Hands {
  return (verb, ...given) => (world[verb] as (...all: typeof given) => never)(...given);
}

const sentences: Partial<Record<keyof Verbs, string>> = {
  loadHopper: 'Put this many blank cards into the feeder',
  emptyFeeder: 'Take all cards out of the feeder',
  takeCard: 'Take the card out of the slot. You are',
  leaveCard: 'Leave the card where it is. You are',
  takePaper: 'Take the papers. You are',
  unplug: 'Pull the cable of',
  replug: 'Plug in the cable of',
  switchOff: 'Switch off',
  switchOn: 'Switch on',
  cutMains: 'Pull the mains plug',
  restoreMains: 'Put the mains plug back',
  endPaper: 'Take the paper roll out of the receipt printer',
  loadPaper: 'Put a paper roll into the receipt printer',
  openDoor: 'Open the door',
  closeDoor: 'Close the door',
  openCover: 'Open the cover of the card printer',
  closeCover: 'Close the cover of the card printer',
  endRibbon: 'Put a ribbon into the card printer that has no print left',
  changeRibbon: 'Put a fresh ribbon into the card printer',
  holdBeforeCamera: 'Hold a QR code with this text before the camera',
  takeFromCamera: 'Take the code away from the camera',
  stallCamera: 'Pull the cable of the camera',
  restartCamera: 'Plug the camera in',
  putFinger: 'Put this finger on the glass of the scanner',
  liftFinger: 'Lift the finger',
  wedgeShutter: 'Block the shutter',
  freeShutter: 'Free the shutter',
};

/** Asks on the terminal and waits for Enter. Whatever a hand would have felt is not known. */
export function askedHands(): Hands {
  return (verb, ...given) => {
    const sentence = sentences[verb];
    if (!sentence) throw new Error(`nobody can do this to a real cabinet on request: ${verb}`);
    askPerson([sentence, ...given].join(' '));
    return null;
  };
}

function askPerson(text: string): void {
  const terminal = openSync('/dev/tty', 'r+');
  try {
    writeSync(terminal, `\n>>> ${text}, then press Enter. `);
    readSync(terminal, Buffer.alloc(200));
  } finally {
    closeSync(terminal);
  }
}
