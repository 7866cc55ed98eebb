import type { Words } from '../words/words.ts';
import { pinLength } from './digits.ts';
import { DigitDisplay, Keypad, useDigits } from './keypad.tsx';

/** PIN digits are dots on the screen and leave the page once, with OK. */
export function usePin(words: Words['keypad'], send: (digits: string) => void) {
  const { digits, press, ready } = useDigits(pinLength, (typed) => typed.length === pinLength, send);
  return {
    display: <DigitDisplay digits={digits} length={pinLength} masked words={words} />,
    keypad: <Keypad words={words} ready={ready} press={press} />,
  };
}
