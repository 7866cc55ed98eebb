import { DeviceError } from '#drivers/kit/device-error.ts';
import type { CardFace } from '../../card-printer.ts';
import { commands } from '../protocol/commands.ts';
import { type PanelDownload, panelDownloads } from '../protocol/panel-downloads.ts';
import { parseCount, parseSensor } from '../protocol/replies.ts';
import type { Conversation } from './conversation.ts';
import { assertOneFed } from './feed.ts';
import { assertSamePower, readCardsFed, readRibbon, setForCertain } from './inspect.ts';
import { portReady } from './port-status.ts';
import { assertNoFault, look, placeOf, watchUntil } from './sighting.ts';
import { withCardSuspect } from './suspect.ts';

type Progress = (fraction: number) => void;
const HELD_INSIDE = [commands.noEjectAfterPrint, commands.forbidEject] as const;

/**
 * Prints a face on the card at the head and keeps it inside. Up to the first byte of the first panel everything that can be
 * refused is refused with the card untouched; from then on every failure makes it suspect, whatever its cause.
 */
export async function printFace(
  talk: Conversation,
  face: CardFace,
  signal: AbortSignal,
  progress: Progress,
): Promise<void> {
  const downloads = panelDownloads(face);
  await assertSamePower(talk, signal);
  await setForCertain(talk, [...HELD_INSIDE, commands.fullColourRibbon], signal);
  await refuseWhereHopeless(talk, signal);
  await startJob(talk, signal);
  const printedBefore = await readPanelsPrinted(talk, signal);
  await portReady(talk, 'card-printer/ribbon-ended', signal);
  signal.throwIfAborted();
  await withCardSuspect('printing', async () => {
    await ink(talk, downloads, signal, progress);
    await lastPanelDone(talk, printedBefore, downloads.length, signal);
  });
  progress(1);
}

async function refuseWhereHopeless(talk: Conversation, signal: AbortSignal): Promise<void> {
  if (!(await talk.read(commands.coverSensor, parseSensor, signal))) {
    throw new DeviceError('card-printer/cover-open', 'nothing was printed');
  }
  const ribbon = await readRibbon(talk, signal);
  if (ribbon.problem) throw new DeviceError(ribbon.problem, 'nothing was printed');
  await assertCardAtHead(talk, signal);
}

async function assertCardAtHead(talk: Conversation, signal: AbortSignal): Promise<void> {
  const seen = await look(talk, signal);
  if (placeOf(seen) === 'inside' && seen.inside === 'print') return;
  throw new DeviceError(
    'card-printer/card-not-expected',
    `nothing was printed: transport ${seen.inside}, bezel ${seen.atExit}`,
  );
}

/** Nobody has seen whether `Ss` keeps a card that `Si` brought or feeds a second, so counter and sensors are asked after it. */
async function startJob(talk: Conversation, signal: AbortSignal): Promise<void> {
  const fedBefore = await readCardsFed(talk, signal);
  await talk.order(commands.startJob, signal);
  await assertOneFed(talk, fedBefore, signal, 0);
  await assertCardAtHead(talk, signal);
}

/** The five panels and the end of the job. Each `OK` must be the only reply, or no one knows which panel it speaks of. */
async function ink(
  talk: Conversation,
  downloads: readonly PanelDownload[],
  signal: AbortSignal,
  progress: Progress,
): Promise<void> {
  const straysBefore = talk.strayReplies;
  for (const [done, download] of downloads.entries()) {
    if (done > 0) await portReady(talk, 'card-printer/ribbon-ended', signal);
    await talk.download(download, signal);
    progress((done + 1) / (downloads.length + 1));
  }
  await assertSamePower(talk, signal); // `Se` ejects where the power took the settings that hold the card
  await talk.order(commands.endJob, signal);
  await talk.synchronise(signal);
  if (talk.strayReplies !== straysBefore) throw new DeviceError('device/protocol', 'more replies than commands');
}

/**
 * `Se` may answer before the last panel is on the card. The printer counts panels, so the count tells; a printer that
 * does not count is believed when its card has stayed at the head.
 */
async function lastPanelDone(
  talk: Conversation,
  before: number | null,
  panels: number,
  signal: AbortSignal,
): Promise<void> {
  const startMs = talk.clock.monotonicMs();
  const wanted = before === null ? null : before + panels;
  for (let now = await readPanelsPrinted(talk, signal); wanted !== null && now !== null && now < wanted; ) {
    await assertNoFault(talk, signal);
    if (talk.clock.monotonicMs() - startMs >= talk.timing.lastPanelWithinMs) {
      throw new DeviceError('card-printer/outcome-unknown', `${now - (before ?? 0)} panels counted, not ${panels}`);
    }
    await talk.clock.sleep(talk.timing.pollEveryMs, signal);
    now = await readPanelsPrinted(talk, signal);
  }
  await portReady(talk, 'card-printer/ribbon-ended', signal);
  const held = await watchUntil(
    talk,
    (place) => place === 'inside',
    { withinMs: talk.timing.lastPanelWithinMs },
    signal,
  );
  if (placeOf(held) !== 'inside') throw new DeviceError('card-printer/outcome-unknown', 'the card was not held inside');
}

async function readPanelsPrinted(talk: Conversation, signal: AbortSignal): Promise<number | null> {
  try {
    return await talk.read(commands.panelsPrinted, parseCount, signal);
  } catch (error) {
    if (error instanceof DeviceError && error.code === 'device/protocol') return null;
    throw error;
  }
}
