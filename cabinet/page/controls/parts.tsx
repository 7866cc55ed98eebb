import type { ComponentChildren } from 'preact';

/** A thing that somebody does once. */
export function Act(props: {
  does: () => void;
  children: ComponentChildren;
  off?: boolean;
  main?: boolean;
  why?: string;
}) {
  const { does, children, off = false, main = false, why } = props;
  return (
    <button type="button" class={main ? 'act main' : 'act'} disabled={off} onClick={does} title={off ? why : undefined}>
      {children}
    </button>
  );
}

/** A thing that is one way or the other: the button shows how it is, and a click makes it the other way. */
export function Toggle(props: { label: string; on: boolean; does: (on: boolean) => void; hint?: string }) {
  const { label, on, does, hint } = props;
  return (
    <button type="button" class="toggle" aria-pressed={on} onClick={() => does(!on)} title={hint}>
      <span class="knob" />
      {label}
    </button>
  );
}

export function Group({ title, note, children }: { title: string; note: string; children: ComponentChildren }) {
  return (
    <fieldset class="group">
      <legend>{title}</legend>
      <p class="note">{note}</p>
      {children}
    </fieldset>
  );
}
