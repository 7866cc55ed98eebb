import type { ComponentChildren } from 'preact';
import { tied } from './tied.ts';

interface Parts {
  /** One drawing that says the same as the words, for those who do not read them. */
  picture?: ComponentChildren;
  title: string;
  /** What stands under the heading. */
  children?: ComponentChildren;
  /** Buttons, or the keypad: always the lowest part, within reach from a chair. */
  actions?: ComponentChildren;
  shape?: 'telling' | 'typing' | 'reading';
}

/** One idea per screen: picture, heading, a few words, and what can be done. */
export function Layout({ picture, title, children, actions, shape = 'telling' }: Parts) {
  return (
    <section class={`screen ${shape}`}>
      {picture && <div class="picture">{picture}</div>}
      <div class="words">
        <h1 tabIndex={-1}>{tied(title)}</h1>
        {children}
      </div>
      {actions && <div class="actions">{actions}</div>}
    </section>
  );
}
