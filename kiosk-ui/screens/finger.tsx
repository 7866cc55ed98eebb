import type { FingerPosition, FingerSay } from '#contract/screen/screen-state.ts';
import { FingerDrawing } from '../drawings/drawings.tsx';
import { BigButton } from '../parts/big-button.tsx';
import { Layout } from '../parts/layout.tsx';
import { useSaid } from '../parts/said.ts';
import type { Previews, ScreenProps } from '../parts/screen-props.ts';
import { tied } from '../parts/tied.ts';
import type { Words } from '../words/words.ts';

/** Which finger, what would help, and how often it may still be tried. Nobody is told that a finger is wrong. */
export function FingerScreen({ screen, lang, words, tap }: ScreenProps<'finger'>) {
  const { finger, say, part, triesLeft, hasOther } = screen;
  const says = words.finger.says[say];
  const title = (say === 'other' ? words.finger.other : words.finger.place)(words.finger.names[finger]);
  useSaid({ id: `finger.${say}.${finger}`, text: isHint(say) || say === 'hold' ? says : title, lang });
  return (
    <Layout
      picture={<FingerDrawing finger={finger} say={say} part={part} />}
      title={title}
      actions={<WaysOn hasOther={hasOther} words={words} tap={tap} />}
    >
      <p class={isHint(say) ? 'problem hint' : 'lead'} role="status">
        {tied(says)}
      </p>
      {say === 'hold' && <progress max={1} value={part} aria-label={words.finger.progress} />}
      <p class="note tries">
        {Array.from({ length: triesLeft }, (_, at) => (
          <i key={at} />
        ))}
        {words.finger.left(triesLeft)}
      </p>
    </Layout>
  );
}

function WaysOn({ hasOther, words, tap }: { hasOther: boolean } & Pick<ScreenProps<'finger'>, 'words' | 'tap'>) {
  return (
    <>
      {hasOther && <BigButton onPress={() => tap({ tap: 'other-finger' })}>{words.finger.useOther}</BigButton>}
      <BigButton onPress={() => tap({ tap: 'call-officer' })}>{words.frame.callOfficer}</BigButton>
      <BigButton kind="quiet" onPress={() => tap({ tap: 'leave' })}>
        {words.frame.leave}
      </BigButton>
    </>
  );
}

const calm: ReadonlySet<keyof Words['finger']['says']> = new Set(['place', 'hold', 'other']);
const isHint = (say: FingerSay) => !calm.has(say);

const asked = (say: FingerSay, more: { finger?: FingerPosition; part?: number; triesLeft?: number } = {}) => ({
  screen: {
    ...{ at: 'finger' as const, finger: 'right-index' as const, say, part: 0, triesLeft: 4, hasOther: true },
    ...more,
  },
});

export const fingerPreviews = (): Previews<'finger'> => ({
  finger: asked('place'),
  'finger-held': asked('hold', { part: 0.6 }),
  'finger-not-felt': asked('no-finger'),
  'finger-press': asked('press'),
  'finger-centre': asked('centre'),
  'finger-dry': asked('dry'),
  'finger-wipe': asked('wipe'),
  'finger-other': asked('other', { finger: 'left-index', triesLeft: 3 }),
  'finger-only-one': { screen: { ...asked('again', { triesLeft: 2 }).screen, hasOther: false } },
  'finger-last': asked('other', { finger: 'left-middle', triesLeft: 1 }),
});
