import { instructions, longWord } from '../protocol/instructions.ts';
import type { Conversation } from './conversation.ts';
import { expectAnswer, isNoAnswer, noAnswer } from './faults.ts';

const TRIES = 3;
/** Three of these outlast the 500 ms for which a ZFM-20 is deaf after power comes. (Sheet 1.1) */
const GREETED_WITHIN_MS = 700;
/** A picture that an earlier life of this program asked for comes to its end first: 7 s, or 10 s at 38400. (Sheet 1.6) */
const QUIET_WITHIN_MS = 15_000;

/**
 * Shows the password, which a module that has lost its power wants again, and makes sure that question and answer belong
 * together. Rejects `fingerprint-scanner/locked` where the password is wrong, `.../no-answer` where nobody speaks sense.
 */
export async function greet(talk: Conversation, password: number): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await greetOnce(talk, password);
    } catch (error) {
      if (attempt === TRIES || !isNoAnswer(error)) throw error;
    }
  }
}

async function greetOnce(talk: Conversation, password: number): Promise<void> {
  await talk.untilQuiet(QUIET_WITHIN_MS);
  const answer = await talk.ask(instructions.verifyPassword, longWord(password), GREETED_WITHIN_MS);
  if (!(await talk.inStep())) throw noAnswer('answers come late');
  expectAnswer('VfyPwd', answer, 'done');
}

/**
 * An exchange that broke is dropped as a whole and tried once more, after another greeting. A module that greets no more may
 * have lost its speed: the link is closed, and who opens the module anew looks for it.
 */
export async function persist<T>(talk: Conversation, password: number, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isNoAnswer(error)) throw error;
    talk.line.log.warn({ device: 'fingerprint-scanner', error: String(error) }, 'an exchange broke');
  }
  try {
    await greet(talk, password);
  } catch (error) {
    if (isNoAnswer(error)) await talk.line.link[Symbol.asyncDispose]();
    throw error;
  }
  return work();
}
