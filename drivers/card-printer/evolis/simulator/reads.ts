import type { Station } from './card-path.ts';
import type { Machine } from './machine.ts';
import { awaits } from './misbehaviour.ts';
import { Refusal, spoken } from './refusal.ts';

type Read = (machine: Machine, params: readonly string[]) => string;

/** What the printer says of itself (sheet 1.9). Nothing moves and nothing is changed. */
export const reads: Readonly<Record<string, Read>> = {
  Rok: () => 'OK',
  Rtp: ({ identity }) => identity.model,
  Rsn: ({ identity }) => identity.serial,
  Rfv: ({ identity }) => identity.firmware,
  Rkn: ({ identity }) => identity.headKit,
  Rzp: ({ identity }) => identity.zone,
  Rem: ({ state }, [what]) =>
    what === '1' ? String(state.hardwareError) : `${state.settings.errorMode};${state.savedErrorMode}`,
  Rlr: readLast,
  Rse: readSensor,
  Rrt: readRibbonTag,
  Rcr: readEndMark,
  Rco: readCounter,
  Rsid: () => '0',
  Sk: ({ path }) => (path.feeder.cards > 0 ? '0' : '3'),
};

const AT: Readonly<Record<Station, string>> = {
  print: 'CARD',
  contact: 'SMART CARD',
  contactless: 'CONTACTLESS CARD',
  exit: 'CARD',
};

/** `Rlr;p` sees the transport, not the bezel: a card that stands there reads as none. */
function readLast(machine: Machine, [what]: readonly string[]): string {
  const { path, state, branches } = machine;
  if (what === undefined) return state.lastReply;
  if (what === 'p') return path.inside ? AT[path.inside.at] : 'OK';
  if (what === 'h') return path.rejectBox.cards >= path.rejectBox.capacity ? 'CARD' : 'NO CARD';
  if (what !== 'r' && what !== 'c') throw new Refusal('ERROR PARAMETRES');
  return cardsToCleaning(machine) > 0 ? 'OK' : spoken('ERR NEED CLEANING', branches);
}

const SENSORS: Readonly<Record<string, (machine: Machine) => number>> = {
  f: ({ path }) => (path.feeder.cards > 0 ? 5 : 0),
  n: ({ path }) => (path.feeder.cards <= path.feeder.nearEmptyAt ? 3.92 : 0.17),
  b: (machine) => (machine.path.atExit === null ? 0.2 : 4.9) + (machine.random.bytes(1)[0] ?? 0) / 2560,
  o: ({ path }) => (path.coverClosed ? 5 : 0),
  p: ({ path }) => (path.inside?.at === 'print' ? 5 : 0),
  c: ({ path }) => (path.inside?.at === 'contact' ? 5 : 0),
  m: () => 0,
  r: ({ path }) => (path.ribbon ? 5 : 0),
};

/** Volts with a decimal comma. The bezel sensor's second digit is never the same twice. */
function readSensor(machine: Machine, [which = '']: readonly string[]): string {
  const stuck = awaits(machine.state, 'sensor-stuck', (one) => one.sensor === which);
  if (stuck) return stuck.reads;
  const volts = SENSORS[which]?.(machine);
  if (volts === undefined) throw new Refusal('ERROR PARAMETRES');
  return `${volts.toFixed(2).replace('.', ',')} Volts`;
}

/** The fields of the ribbon's tag; how `all` joins them is not known. */
function readRibbonTag({ path, state }: Machine, [field = 'all']: readonly string[]): string {
  const { ribbon } = path;
  if (!ribbon) throw new Refusal('ERR RIB DETECTION');
  const fields: Record<string, string> = {
    type: state.settings.ribbon.toUpperCase(),
    qty: String(ribbon.capacity),
    count: String(ribbon.prints),
    progress: String(ribbon.capacity - ribbon.prints),
    zone: ribbon.zone,
  };
  if (field === 'all') return Object.values(fields).join(';');
  const value = fields[field];
  if (value === undefined) throw new Refusal('ERROR PARAMETRES');
  return value;
}

function readEndMark({ path: { ribbon }, state }: Machine): string {
  const ended = state.ribbonEndedAt !== null && ribbon !== null && ribbon.prints <= state.ribbonEndedAt;
  if (!ribbon || ribbon.broken || ribbon.prints === 0 || ended) throw new Refusal('ERROR RIBBON');
  return 'OK';
}

function readCounter(machine: Machine, params: readonly string[]): string {
  const { path, state, identity } = machine;
  const counters: Record<string, number> = {
    p: state.counters.panels,
    c: path.cardsFed,
    a: identity.cleaningEvery,
    m: identity.cleaningEvery,
    n: state.counters.cleanings,
    l: path.ribbon?.prints ?? 0,
    r: Math.max(0, cardsToCleaning(machine)),
    's;1': state.counters.sinceCleaning,
    clp: state.counters.cleanings,
    cnac: state.counters.sinceCleaning,
  };
  const value = counters[params.join(';')];
  if (value === undefined) throw new Refusal('ERROR PARAMETRES');
  return String(value);
}

function cardsToCleaning({ state, identity }: Machine): number {
  return identity.cleaningEvery - state.counters.sinceCleaning;
}
