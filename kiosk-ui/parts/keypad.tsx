import { useEffect, useState } from 'preact/hooks';
import { EraseIcon } from '../drawings/icons.tsx';
import type { Words } from '../words/words.ts';
import { afterKey, groups, missingToTell } from './digits.ts';

const rows = ['1', '2', '3', '4', '5', '6', '7', '8', '9', 'Backspace', '0', 'Enter'] as const;

/** What was typed, in this page only: sent once with OK and forgotten in the same moment. */
export function useDigits(maxLength: number, complete: (digits: string) => boolean, send: (digits: string) => void) {
  const [digits, setDigits] = useState('');
  const press = (key: string) => {
    if (key !== 'Enter') return setDigits((typed) => afterKey(typed, key, maxLength));
    if (!complete(digits)) return;
    setDigits('');
    send(digits);
  };
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const onButton = event.target instanceof Element && event.target.closest('button') !== null;
      if (event.key === 'Enter' && (onButton || event.repeat)) return; // the button's own press
      press(event.key);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  });
  return { digits, press, ready: complete(digits) };
}

interface DisplayProps {
  digits: string;
  length: number;
  /** The PIN: nobody beside the person reads it. */
  masked?: boolean;
  words: Words['keypad'];
}

/** The digits in groups, as they stand on the slip, with a place for each that is still to come. */
export function DigitDisplay({ digits, length, masked = false, words }: DisplayProps) {
  const missing = missingToTell(digits, length);
  return (
    <>
      <p class={`digits of-${length}`} role="img" aria-label={words.typed(digits.length, length)}>
        {groups(digits, length).map((group, at) => (
          <span class="group" key={at}>
            {group.map((digit, place) => (
              <span class={digit ? 'digit' : 'digit empty'} key={place}>
                {masked && digit ? '●' : digit}
              </span>
            ))}
          </span>
        ))}
      </p>
      {!masked && (
        <p class="missing" role="status">
          {missing === null ? '' : words.missing(missing)}
        </p>
      )}
    </>
  );
}

interface KeypadProps {
  words: Words['keypad'];
  ready: boolean;
  press: (key: string) => void;
}

/** The order of the keys never changes: people with low vision know it by hand. */
export function Keypad({ words, ready, press }: KeypadProps) {
  return (
    <fieldset class="keypad" aria-label={words.label}>
      {rows.map((key) => (
        <button
          key={key}
          type="button"
          class={key === 'Enter' ? 'key ok' : key === 'Backspace' ? 'key erase' : 'key'}
          disabled={key === 'Enter' && !ready}
          onClick={() => press(key)}
        >
          <KeyFace name={key} words={words} />
        </button>
      ))}
    </fieldset>
  );
}

function KeyFace({ name, words }: { name: (typeof rows)[number]; words: Words['keypad'] }) {
  if (name === 'Enter') return <>{words.ok}</>;
  if (name !== 'Backspace') return <>{name}</>;
  return (
    <>
      <EraseIcon />
      {words.erase}
    </>
  );
}
