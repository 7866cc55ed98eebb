import type { ComponentChildren } from 'preact';

/** `detail` is the browser's count of quick presses at one place: the second of a double tap would answer the next screen. */
export const once = (press: () => void) => (event: MouseEvent) => {
  if (event.detail <= 1) press();
};

/** `main` is the way on, at most one per screen; `plain` the other ways; `quiet` the way out. */
export function BigButton({
  kind = 'plain',
  onPress,
  children,
}: {
  kind?: 'main' | 'plain' | 'quiet';
  onPress: () => void;
  children: ComponentChildren;
}) {
  return (
    <button type="button" class={`big ${kind}`} onClick={once(onPress)}>
      {children}
    </button>
  );
}
