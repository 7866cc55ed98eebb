import { expect, test } from 'vitest';
import { ANY_ADDRESS } from './frame.ts';
import { answerTo, buildCommand, type Instruction, instructions, longWord } from './instructions.ts';

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));

test.each<[Instruction, readonly number[], string]>([
  [instructions.verifyPassword, longWord(0), '0007 13 00000000 001B'],
  [instructions.capture, [], '0003 01 0005'],
  [instructions.extract, [1], '0004 02 01 0008'],
  [instructions.match, [], '0003 03 0007'],
  [instructions.sendTemplate, [1], '0004 08 01 000E'],
  [instructions.takeTemplate, [1], '0004 09 01 000F'],
  [instructions.sendImage, [], '0003 0A 000E'],
  [instructions.takeImage, [], '0003 0B 000F'],
  [instructions.setParameter, [4, 12], '0005 0E 04 0C 0024'],
  [instructions.setParameter, [6, 3], '0005 0E 06 03 001D'],
  [instructions.parameters, [], '0003 0F 0013'],
  [instructions.countTemplates, [], '0003 1D 0021'],
  [instructions.light, [1, 0x80, 2, 0], '0007 35 01 80 02 00 00C0'],
  [instructions.restart, [], '0003 3D 0041'],
  [instructions.shakeHands, [], '0003 40 0044'],
  [instructions.echo, [], '0003 53 0057'],
])('$name, as the sheet gives it', (instruction, parameters, bytes) => {
  expect(buildCommand(instruction, parameters, ANY_ADDRESS)).toEqual(hex(`EF01 FFFFFFFF 01 ${bytes}`));
});

test('a password is four bytes, the highest first', () => {
  expect(longWord(0xdeadbeef)).toEqual([0xde, 0xad, 0xbe, 0xef]);
});

test('a score comes with its confirmation, also where nothing matched', () => {
  expect(answerTo(instructions.match, hex('00 007B'))).toEqual({ confirmation: 'done', extra: hex('007B') });
  expect(answerTo(instructions.match, hex('08 0000'))).toEqual({ confirmation: 'noMatch', extra: hex('0000') });
});

test('a refusal may come without its filling bytes, a success may not', () => {
  expect(answerTo(instructions.parameters, hex('21'))).toMatchObject({ confirmation: 'locked' });
  expect(answerTo(instructions.parameters, hex('00'))).toBeUndefined();
});

test('the late answer to another question is no answer', () => {
  expect(answerTo(instructions.sendImage, hex('02'))).toBeUndefined();
  expect(answerTo(instructions.countTemplates, hex('02'))).toBeUndefined();
  expect(answerTo(instructions.capture, hex('00 0000'))).toBeUndefined();
  expect(answerTo(instructions.capture, hex('77'))).toBeUndefined();
});
