import type { Tap } from '#contract/screen/taps.ts';
import { OfficerIcon } from '../drawings/icons.tsx';
import type { Words } from '../words/words.ts';
import { once } from './big-button.tsx';

interface Given {
  words: Words;
  officerCalled: boolean;
  /** Null while nobody listens. */
  tap: ((tap: Tap) => void) | null;
}

/** On every screen: that the card is free, and a person to ask. */
export function Footer({ words: { frame }, officerCalled, tap }: Given) {
  return (
    <footer>
      <p class="free">{frame.free}</p>
      {tap && officerCalled && (
        <p class="officer called" role="status">
          <OfficerIcon />
          {frame.officerCalled}
        </p>
      )}
      {tap && !officerCalled && (
        <button type="button" class="officer" onClick={once(() => tap({ tap: 'call-officer' }))}>
          <OfficerIcon />
          {frame.callOfficer}
        </button>
      )}
    </footer>
  );
}
