/** How a command is answered and what it may do: `read` asks, `set` changes a parameter, `move` turns rollers, `ink` can lead to ink. */
export interface Command {
  readonly text: string;
  /** After this the reply counts as missing. */
  readonly replyWithinMs: number;
  readonly kind: 'read' | 'set' | 'move' | 'ink';
}

/** 2 s for parameters and reads: the vendor's own sample (card-printer.md 1.1, S4). */
const PARAMETER_MS = 2_000;
/** 30 s for one I/O, also for one panel: the reply waits for the panel before it to be printed (1.1, S2 and S4; 1.5). */
const MOVE_MS = 30_000;
/** 60 s for `Se`: production kiosks (1.1, S3). */
const EJECT_MS = 60_000;

const read = (text: string) => ({ text, replyWithinMs: PARAMETER_MS, kind: 'read' }) as const;
const set = (text: string) => ({ text, replyWithinMs: PARAMETER_MS, kind: 'set' }) as const;
const move = (text: string, replyWithinMs = MOVE_MS) => ({ text, replyWithinMs, kind: 'move' }) as const;

/** Every command this driver sends, as the sheet spells it (card-printer.md 1.4 to 1.9). */
export const commands = {
  // Reads (1.9)
  serial: read('Rsn'),
  alive: read('Rok'),
  errorMode: read('Rem'),
  firmware: read('Rfv'),
  lastReply: read('Rlr'),
  cardInside: read('Rlr;p'),
  rejectBox: read('Rlr;h'),
  feederSensor: read('Rse;f'),
  bezelSensor: read('Rse;b'),
  coverSensor: read('Rse;o'),
  ribbonPrintsLeft: read('Rrt;count'),
  ribbonZone: read('Rrt;zone'),
  printerZone: read('Rzp'),
  ribbonEndMark: read('Rcr'),
  cardsFed: read('Rco;c'),
  panelsPrinted: read('Rco;p'),

  // Kiosk parameters (1.6, 1.7)
  hostManagesErrors: set('Pem;2'),
  feedFromFeeder: set('Pcim;F'),
  ejectToBezel: set('Pcem;I'),
  movesDoNotBlock: set('Psmgr;2'),
  noEjectAfterPrint: set('Pneab;E'),
  rejectToBox: set('Pcrm;D'),
  bezelWaits: set('Pbc;A;D'),
  forbidEject: set('Pneab;A;0'),
  allowEject: set('Pneab;A;1'),
  fullColourRibbon: set('Pr;ymcko'),
  clearStatusLine: set('Scs'),

  // Movements (1.8)
  feed: move('Si'),
  startJob: move('Ss'),
  endJob: move('Se', EJECT_MS),
  retract: move('Sib'),
  reject: move('Ser'),
  reset: move('Srs', PARAMETER_MS),
} as const satisfies Record<string, Command>;

/** One panel on its way: the reply may wait until the panel before it is on the card (1.5). */
export const panelReplyWithinMs = MOVE_MS;

/** What makes any printer of the family a kiosk printer; volatile, so sent after every connect and reset (1.7). */
export const kioskSettings = [
  commands.hostManagesErrors,
  commands.feedFromFeeder,
  commands.ejectToBezel,
  commands.movesDoNotBlock,
  commands.noEjectAfterPrint,
  commands.rejectToBox,
  commands.bezelWaits,
] as const satisfies readonly Command[];

/** The error mode that `Pem;2` sets. It does not survive a power cycle, so any other value tells of one (1.6). */
export const KIOSK_ERROR_MODE = 2;
