import type { Panel } from './card-path.ts';
import { openStream, type StreamState } from './command-stream.ts';
import type { Misbehaviour } from './misbehaviour.ts';
import type { FaultLine, FaultText } from './refusal.ts';

/** What the host has set. All but `errorMode` may or may not survive a power cycle: a branch. */
export interface Settings {
  /** `Pem`: 0 the printer recovers itself, 1 host without cover detection, 2 host, 3 host and BUSY not forced. */
  errorMode: number;
  /** `Pcim`: F feeder, M manual, B both, I bezel. */
  input: string;
  /** `Pcem`: I bezel, M manual slot, k reject slot. */
  output: string;
  /** `Pneab;D` / `E`. */
  ejectsAfterPrint: boolean;
  /** `Pneab;A;1` / `A;0`. */
  ejectAllowed: boolean;
  /** `Psmgr`: 2 = moves answer when accepted. */
  stateManager: number;
  /** `Pbc;A`: D nothing, N re-insert, R reject. `Pbc;D`: seconds. */
  bezelAction: string;
  bezelSeconds: number;
  ribbon: string;
}

/** Between `Ss` and `Se`. */
export interface Sequence {
  /** Downloaded, not yet under the head. */
  pending: Panel | null;
  printed: Panel[];
  /** What the roll had left after this card took its set; null before. */
  ribbonLeft: number | null;
}

/** Everything the printer remembers, as plain data. The cards, the ribbon and the cover are the world's. */
export interface PrinterState {
  power: boolean;
  /** A move, a pass under the head or a reset is under way. */
  doing: string | null;
  /** During `Srs`: deaf. */
  resetting: boolean;
  stream: StreamState;
  lastByteAtMs: number;
  settings: Settings;
  savedErrorMode: number;
  sequence: Sequence | null;
  panels: Partial<Record<Panel, Uint8Array>>;
  fault: { text: FaultText; line: FaultLine; lasting: boolean } | null;
  /** This card does not move until a person has opened the cover. */
  stuckCard: string | null;
  /** The end mark was seen with so many sets left by the tag; a fuller roll clears it. */
  ribbonEndedAt: number | null;
  hardwareError: number;
  lastReply: string;
  /** Answers that nobody fetched. */
  unread: string[];
  /** Answers that come together with the next one. */
  heldBack: string[];
  counters: { panels: number; cleanings: number; sinceCleaning: number };
  misbehaviours: Misbehaviour[];
}

export function factorySettings(errorMode = 0): Settings {
  return {
    errorMode,
    input: 'F',
    output: 'I',
    ejectsAfterPrint: true,
    ejectAllowed: true,
    stateManager: 1,
    bezelAction: 'N',
    bezelSeconds: 30,
    ribbon: 'ymcko',
  };
}

export function newPrinter(): PrinterState {
  return {
    power: true,
    doing: null,
    resetting: false,
    stream: openStream(),
    lastByteAtMs: 0,
    settings: factorySettings(),
    savedErrorMode: 0,
    sequence: null,
    panels: {},
    fault: null,
    stuckCard: null,
    ribbonEndedAt: null,
    hardwareError: 0,
    lastReply: 'OK',
    unread: [],
    heldBack: [],
    counters: { panels: 0, cleanings: 0, sinceCleaning: 0 },
    misbehaviours: [],
  };
}
