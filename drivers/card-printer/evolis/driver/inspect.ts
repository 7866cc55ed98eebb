import type { ProblemCode } from '#contract/problems/codes.ts';
import { DeviceError } from '#drivers/kit/device-error.ts';
import type { CardPrinterReadiness, CardPrinterWitness } from '../../card-printer.ts';
import { type Command, commands, KIOSK_ERROR_MODE } from '../protocol/commands.ts';
import { parseCount, parseErrorMode, parseOk, parseRejectBox, parseSensor, parseZone } from '../protocol/replies.ts';
import type { Conversation } from './conversation.ts';
import { look, placeOf } from './sighting.ts';

export interface Inspection {
  readiness: CardPrinterReadiness;
  /** The first condition that forbids a new card, in the order in which a person would look. */
  refusal: ProblemCode | undefined;
}

/** Everything that could refuse a card, from the printer's sensors. Moves nothing (card-printer.md 1.11). */
export async function inspect(talk: Conversation, signal: AbortSignal): Promise<Inspection> {
  const coverClosed = await orUnknown(talk.read(commands.coverSensor, parseSensor, signal));
  const feederHasCards = await orUnknown(talk.read(commands.feederSensor, parseSensor, signal));
  const box = await orUnknown(talk.read(commands.rejectBox, parseRejectBox, signal));
  const ribbon = await readRibbon(talk, signal);
  const inside = placeOf(await look(talk, signal));
  const rejectBoxHasRoom = box === 'unknown' ? box : box === 'room';
  const readiness = { coverClosed, feederHasCards, rejectBoxHasRoom, ribbonPrintsLeft: ribbon.printsLeft, inside };
  return { readiness, refusal: refusalOf(readiness, ribbon) };
}

function refusalOf(readiness: CardPrinterReadiness, ribbon: Ribbon): ProblemCode | undefined {
  if (readiness.coverClosed === false) return 'card-printer/cover-open';
  if (readiness.rejectBoxHasRoom === false) return 'card-printer/reject-box-full';
  if (ribbon.problem) return ribbon.problem;
  return readiness.feederHasCards === false ? 'card-printer/feeder-empty' : undefined;
}

export interface Ribbon {
  /** 0 where no ribbon can print. */
  printsLeft: number | 'unknown';
  problem?: 'card-printer/ribbon-missing' | 'card-printer/ribbon-ended';
}

/** Count, end mark and region code of the ribbon (card-printer.md 1.9, 1.11). One of another region prints nothing. */
export async function readRibbon(talk: Conversation, signal: AbortSignal): Promise<Ribbon> {
  try {
    const printsLeft = await orUnknown(talk.read(commands.ribbonPrintsLeft, parseCount, signal));
    await orUnknown(talk.read(commands.ribbonEndMark, parseOk, signal));
    const own = await orUnknown(talk.read(commands.printerZone, parseZone, signal));
    const zone = await orUnknown(talk.read(commands.ribbonZone, parseZone, signal));
    if (printsLeft === 0) return { printsLeft, problem: 'card-printer/ribbon-ended' };
    if (own === 'unknown' || zone === 'unknown' || own === zone) return { printsLeft };
    return { printsLeft: 0, problem: 'card-printer/ribbon-missing' };
  } catch (error) {
    const said = error instanceof DeviceError ? error.code : undefined;
    if (said !== 'card-printer/ribbon-missing' && said !== 'card-printer/ribbon-ended') throw error;
    return { printsLeft: 0, problem: said };
  }
}

/** The printer's own memory, for the journal (promises.md 13). */
export async function testify(talk: Conversation, signal: AbortSignal): Promise<CardPrinterWitness> {
  await talk.synchronise(signal);
  const cardsFed = await readCardsFed(talk, signal);
  return { serial: talk.serial ?? null, cardsFed, ribbonPrintsLeft: await readPrintsLeft(talk, signal) };
}

/** As the ribbon's own tag counts; null where no ribbon tells. That one cannot print (torn, of another region) is not asked here. */
async function readPrintsLeft(talk: Conversation, signal: AbortSignal): Promise<number | null> {
  try {
    return orNull(await orUnknown(talk.read(commands.ribbonPrintsLeft, parseCount, signal)));
  } catch (error) {
    if (error instanceof DeviceError && ribbonFaults.includes(error.code)) return null;
    throw error;
  }
}

const ribbonFaults: readonly string[] = ['card-printer/ribbon-missing', 'card-printer/ribbon-ended'];
const orNull = (count: number | 'unknown'): number | null => (count === 'unknown' ? null : count);

export async function readCardsFed(talk: Conversation, signal: AbortSignal): Promise<number | null> {
  return orNull(await orUnknown(talk.read(commands.cardsFed, parseCount, signal)));
}

/** A printer that does not know a read says so, or answers beside it: that is no fault of the card's. */
async function orUnknown<T>(reading: Promise<T>): Promise<T | 'unknown'> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof DeviceError && error.code === 'device/protocol') return 'unknown';
    throw error;
  }
}

/**
 * The error mode is volatile: any value but ours tells of a power cycle, and then nothing the printer was told still holds.
 * It ends the conversation as a pulled cable does, so that whoever watches opens, sets and fences it anew.
 */
export async function assertSamePower(talk: Conversation, signal: AbortSignal): Promise<void> {
  const mode = await talk.read(commands.errorMode, parseErrorMode, signal);
  if (mode === KIOSK_ERROR_MODE) return;
  await talk.link[Symbol.asyncDispose]();
  throw new DeviceError(
    'link/lost',
    `the printer was switched off: its error mode is ${mode}, not ${KIOSK_ERROR_MODE}`,
  );
}

/** Sends parameters until every `OK` among them is certain: a stray reply may have been taken for one of them. */
export async function setForCertain(
  talk: Conversation,
  settings: readonly Command[],
  signal: AbortSignal,
): Promise<void> {
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    const straysBefore = talk.strayReplies;
    for (const setting of settings) await talk.order(setting, signal);
    await talk.synchronise(signal);
    if (talk.strayReplies === straysBefore) return;
  }
  throw new DeviceError('device/protocol', 'too many replies that answer nothing');
}

/** Acknowledges the fault of an earlier card, which would refuse this one (card-printer.md 1.8, 1.10). A printer may not know `Scs`. */
export async function clearFault(talk: Conversation, signal: AbortSignal): Promise<void> {
  await orUnknown(talk.order(commands.clearStatusLine, signal));
}
