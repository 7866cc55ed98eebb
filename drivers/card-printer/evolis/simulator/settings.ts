import { type Command, framingOf } from './command-stream.ts';
import type { Machine } from './machine.ts';
import { Refusal } from './refusal.ts';
import type { PrinterState } from './state.ts';

/** Takes the parameters of one P-command into the state; false where it makes no sense of them. */
type Setter = (state: PrinterState, params: readonly string[]) => boolean;

/** Accepted and forgotten: they change how a card looks or sounds, not where it goes, or nobody knows what they do. */
const without = [
  'Pc',
  'Pl',
  'Ps',
  'Px',
  'Py',
  'Pmi',
  'Pmk',
  'Prm',
  'Prs',
  'Poc',
  'Pos',
  'Pdt',
  'Ppws',
  'Mr',
  'Pfs',
  'Pfm',
];
const sessions = ['Psid', 'Pcla', 'Psync'];

const setters: Record<string, Setter> = {
  Pem: setErrorMode,
  Pr: (state, [ribbon]) => set(state, 'ribbon', ribbon),
  Pcim: (state, [from]) => oneOf('FMBI', from) && set(state, 'input', from),
  Pcem: (state, [to]) => oneOf('IMk', to) && set(state, 'output', to),
  Pcrm: (_, [to]) => to === 'D',
  Pneab: setAutoEject,
  Psmgr: (state, [mode]) => setNumber(state, 'stateManager', mode, 9),
  Pbc: setBezel,
  Psc: (_, params) => framingOf(params) !== null,
};
for (const name of [...without, ...sessions]) setters[name] = () => true;

export const settingNames = Object.keys(setters);

/** `P…`: sheet 1.6 and 1.7. */
export async function setParameter({ state }: Machine, { name, params }: Command): Promise<string> {
  if (!setters[name]?.(state, params)) throw new Refusal('ERROR PARAMETRES');
  return 'OK';
}

/** `Pem;n` until the power goes, `Pem;n;s` for good. */
function setErrorMode(state: PrinterState, [mode, keep]: readonly string[]): boolean {
  if (keep !== undefined && keep !== 's') return false;
  if (!setNumber(state, 'errorMode', mode, 63)) return false;
  if (keep === 's') state.savedErrorMode = state.settings.errorMode;
  return true;
}

function setAutoEject(state: PrinterState, params: readonly string[]): boolean {
  const said = params.join(';');
  if (said === 'E' || said === 'D') state.settings.ejectsAfterPrint = said === 'D';
  else if (said === 'A;0' || said === 'A;1') state.settings.ejectAllowed = said === 'A;1';
  else return false;
  return true;
}

function setBezel(state: PrinterState, [what, value]: readonly string[]): boolean {
  if (what === 'A') return oneOf('DNR', value) && set(state, 'bezelAction', value);
  return what === 'D' && setNumber(state, 'bezelSeconds', value, 600);
}

function oneOf(letters: string, value: string | undefined): boolean {
  return value?.length === 1 && letters.includes(value);
}

type Words = 'ribbon' | 'input' | 'output' | 'bezelAction';
function set(state: PrinterState, name: Words, value: string | undefined): boolean {
  if (!value) return false;
  state.settings[name] = value;
  return true;
}

type Numbers = 'errorMode' | 'stateManager' | 'bezelSeconds';
function setNumber(state: PrinterState, name: Numbers, value: string | undefined, most: number): boolean {
  if (value === undefined || !/^\d{1,3}$/.test(value) || Number(value) > most) return false;
  state.settings[name] = Number(value);
  return true;
}
