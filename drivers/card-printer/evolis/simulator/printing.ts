import { firstLines, LINES, levelsOf, panelOf, rawForHead, suits } from './bitmap.ts';
import type { Panel } from './card-path.ts';
import type { Command } from './command-stream.ts';
import { busy, type Machine, orStopped, refuseOpenCover, refuseWhileInterrupted, spend } from './machine.ts';
import { takeAtPanel, takeFault } from './misbehaviour.ts';
import { Refusal } from './refusal.ts';
import { expand } from './run-lengths.ts';
import type { Sequence } from './state.ts';
import { ejectCard, feedCard, moveCard, refuseStuck } from './transport.ts';

/** Panels in the order in which the ribbon carries them. */
const RIBBON_ORDER: readonly Panel[] = ['y', 'm', 'c', 'k', 'o'];

/** `Ss`: a card to the head, and an empty list. */
export async function startSequence(machine: Machine): Promise<void> {
  const { path, state, branches } = machine;
  refuseWhileInterrupted(machine);
  refuseOpenCover(machine);
  refuseStuck(machine);
  if (path.inside && branches.sequenceWithCard === 'feeds-a-second') await pushOut(machine);
  if (path.inside) await moveCard(machine, 'print');
  else await feedCard(machine, 'print');
  state.sequence = { pending: null, printed: [], ribbonLeft: null };
}

/** A second card drives the first before it, out of the exit; where that is barred both stand. */
async function pushOut(machine: Machine): Promise<void> {
  if (machine.path.feeder.cards === 0) throw new Refusal('FEEDER EMPTY', 'media');
  await spend(machine, machine.pacing.ejectMs);
  if (!machine.path.present()) throw new Refusal('CARD JAM', 'mechanical', true);
}

/** A panel: the one before it goes under the head first, so this answers when that one is on the card (sheet 1.5). */
export async function download(machine: Machine, { name, params, data }: Command): Promise<void> {
  const panel = panelOf(params[0] ?? '');
  const levels = levelsOf(params[1] ?? '');
  if (!panel || !levels || !data || !suits(panel, levels)) throw new Refusal('ERROR PARAMETRES');
  const bitmap = name === 'Dbc' ? expand(panel, levels, data) : rawForHead(data, levels);
  if (!bitmap) throw new Refusal('ERROR PARAMETRES');
  refuseWhileInterrupted(machine);
  await orStopped(machine, machine.moving);
  await accept(machine, panel, bitmap);
}

export async function accept(machine: Machine, panel: Panel, bitmap: Uint8Array): Promise<void> {
  const { state } = machine;
  await printPending(machine);
  state.panels[panel] = bitmap;
  if (state.sequence) state.sequence.pending = panel;
}

/** The panel that waits goes under the head. Nothing waits: nothing happens. */
export async function printPending(machine: Machine): Promise<void> {
  const { sequence } = machine.state;
  const panel = sequence?.pending;
  if (!sequence || !panel) return;
  await busy(machine, `print ${panel}`, () => printPanel(machine, sequence, panel));
  sequence.printed.push(panel);
  sequence.pending = null;
}

async function printPanel(machine: Machine, sequence: Sequence, panel: Panel): Promise<void> {
  const { state, path } = machine;
  const bitmap = state.panels[panel] ?? new Uint8Array();
  refuseOpenCover(machine, true);
  refuseStuck(machine);
  if (path.inside === null) throw new Refusal('ERROR TIME OUT', 'mechanical', true);
  windRibbon(machine, sequence, panel);
  const nth = sequence.printed.length + 1;
  if (takeFault(state, 'unplugged', (one) => 'atPanel' in one && one.atPanel === nth)) machine.cut('cable');
  await troubleAtPanel(machine, panel, bitmap, nth);
  await heat(machine, panel, bitmap, LINES);
  state.counters.panels += 1;
}

/** A set of panels is used up with its first panel: the rest of a set that was begun is lost. */
function windRibbon(machine: Machine, sequence: Sequence, panel: Panel): void {
  const { path } = machine;
  refuseRibbon(machine);
  const left = path.ribbon?.prints ?? 0;
  const last = sequence.printed.at(-1);
  const sameSet = last !== undefined && RIBBON_ORDER.indexOf(panel) > RIBBON_ORDER.indexOf(last);
  const endedSince = sequence.ribbonLeft !== null && sequence.ribbonLeft > 0 && left === 0;
  if (endedSince || (!sameSet && left === 0)) throw new Refusal('ERROR RIBBON', 'media', true);
  if (sameSet) return;
  path.usePanels();
  sequence.ribbonLeft = path.ribbon?.prints ?? 0;
}

function refuseRibbon({ path, state, identity }: Machine): void {
  const { ribbon } = path;
  const ended = state.ribbonEndedAt !== null && ribbon !== null && ribbon.prints <= state.ribbonEndedAt;
  if (!ribbon || ribbon.broken || ended || ribbon.zone !== identity.zone)
    throw new Refusal('ERROR RIBBON', 'media', true);
  state.ribbonEndedAt = null;
}

/** Half a panel lands on the card, and then what was scripted happens. */
async function troubleAtPanel(machine: Machine, panel: Panel, bitmap: Uint8Array, nth: number): Promise<void> {
  const { state, path } = machine;
  const trouble = takeAtPanel(state, nth);
  if (!trouble) return;
  const lines = ('afterLines' in trouble ? trouble.afterLines : undefined) ?? LINES / 2;
  await heat(machine, panel, bitmap, lines);
  if (trouble.fault === 'power-fails') machine.cut('power');
  machine.life.signal.throwIfAborted();
  if (trouble.fault === 'jam' && trouble.freedBy === 'person') state.stuckCard = path.inside?.card ?? null;
  if (trouble.fault === 'ribbon-ends' || trouble.fault === 'ribbon-breaks')
    state.ribbonEndedAt = path.ribbon?.prints ?? 0;
  if (trouble.fault === 'jam') throw new Refusal('CARD JAM', 'mechanical', true);
  if (trouble.fault === 'cover-opens') throw new Refusal('COVER OPEN', 'mechanical', true);
  throw new Refusal('ERROR RIBBON', 'media', true);
}

/** So many lines under the head; cut in the middle, the card keeps what had passed. */
async function heat(machine: Machine, panel: Panel, bitmap: Uint8Array, lines: number): Promise<void> {
  const { clock, pacing, path } = machine;
  const fromMs = clock.monotonicMs();
  const passed = () => Math.min(lines, Math.floor(((clock.monotonicMs() - fromMs) / pacing.panelMs) * LINES));
  const land = (count: number) => path.ink(panel, count === LINES ? bitmap : firstLines(panel, bitmap, count));
  if (pacing.panelMs > 0) machine.cutShort = () => land(passed());
  await spend(machine, (pacing.panelMs * lines) / LINES);
  machine.cutShort = null;
  if (path.coverClosed || machine.state.settings.errorMode === 1) return land(lines);
  land(Math.floor(lines / 2)); // it was opened meanwhile, nobody knows when
  throw new Refusal('COVER OPEN', 'mechanical', true);
}

/** The last panel, and whether the card may then leave by itself. */
export async function finishPrinting(machine: Machine): Promise<boolean> {
  await printPending(machine);
  const inSequence = machine.state.sequence !== null;
  machine.state.sequence = null;
  return !holds(machine, inSequence);
}

/** `Pneab;E` speaks of the end of a print only; `A;0` forbids every eject. Which of them works is a branch. */
function holds({ state, branches }: Machine, inSequence: boolean): boolean {
  const e = inSequence && !state.settings.ejectsAfterPrint;
  const a0 = !state.settings.ejectAllowed;
  if (branches.holdsCard === 'E') return e;
  if (branches.holdsCard === 'A0') return a0;
  return branches.holdsCard === 'either' ? e || a0 : a0 && (e || !inSequence);
}

/** What is under way to its end without a host: after a power cut or a new ribbon, on the branches that do so. */
export async function finishJob(machine: Machine): Promise<void> {
  if (await finishPrinting(machine)) await ejectCard(machine);
}

/** `Sc`: the panels still in memory, on a new card. */
export async function repeatSequence(machine: Machine): Promise<void> {
  const kept = { ...machine.state.panels };
  await startSequence(machine);
  for (const panel of RIBBON_ORDER) {
    const bitmap = kept[panel];
    if (bitmap) await accept(machine, panel, bitmap);
  }
  await finishJob(machine);
}
