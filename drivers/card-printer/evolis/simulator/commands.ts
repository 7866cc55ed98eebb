import { bytesPerLine, DOTS_PER_LINE, LINES, packDots, panelOf } from './bitmap.ts';
import type { Panel } from './card-path.ts';
import type { Command } from './command-stream.ts';
import { type Machine, orStopped, refused, spend } from './machine.ts';
import { moves } from './moves.ts';
import { accept, download } from './printing.ts';
import { reads } from './reads.ts';
import { Refusal, texts } from './refusal.ts';
import { setParameter, settingNames } from './settings.ts';

type Obey = (machine: Machine, command: Command) => Promise<string>;

const table = new Map<string, Obey>([
  ...Object.entries(moves),
  ...settingNames.map((name): [string, Obey] => [name, setParameter]),
  ...Object.entries(reads).map(([name, read]): [string, Obey] => [
    name,
    async (machine, { params }) => read(machine, params),
  ]),
  ['Db', takePanel],
  ['Dbc', takePanel],
  ['Wcb', fillPanel],
]);

/** Does one command and says its reply, without the NUL. Rejects with `Stopped` when power or a reset took it away. */
export async function obey(machine: Machine, command: Command): Promise<string> {
  await spend(machine, machine.pacing.answerMs);
  const reply = await attempt(machine, command);
  if (!command.name.startsWith('R')) machine.state.lastReply = reply;
  return reply;
}

async function attempt(machine: Machine, command: Command): Promise<string> {
  try {
    return (await table.get(command.name)?.(machine, command)) ?? texts.unknown;
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    return refused(machine, fault);
  }
}

async function takePanel(machine: Machine, command: Command): Promise<string> {
  if (command.data === null) throw new Refusal('ERROR PARAMETRES');
  await download(machine, command);
  return 'OK';
}

/** `Wcb;o;255` fills a panel without a download, `Wcb;a` clears them all (sheet 1.5). */
async function fillPanel(machine: Machine, { params }: Command): Promise<string> {
  const { state } = machine;
  const [which = '', level] = params;
  if (which === 'a' && level === undefined) {
    state.panels = {};
    if (state.sequence) state.sequence.pending = null;
    return 'OK';
  }
  const panel = panelOf(which);
  if (!panel || (level !== undefined && !/^\d{1,3}$/.test(level))) throw new Refusal('ERROR PARAMETRES');
  if (state.sequence && state.settings.errorMode === 0) throw new Refusal('ERROR CDE');
  await orStopped(machine, machine.moving);
  await accept(machine, panel, filled(panel, Number(level ?? 0)));
  return 'OK';
}

/** Anything above zero heats resin and varnish; dye takes the upper 7 of the 8 bits. */
function filled(panel: Panel, level: number): Uint8Array {
  if (panel === 'k' || panel === 'o') return new Uint8Array(LINES * bytesPerLine(panel)).fill(level > 0 ? 0xff : 0);
  return packDots(new Uint8Array(LINES * DOTS_PER_LINE).fill((level >> 1) & 0x7f), 7);
}
