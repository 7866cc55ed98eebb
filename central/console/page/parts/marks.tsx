import type { ComponentChildren } from 'preact';
import type { Tone } from '../words/names.ts';

/** A coloured dot with its word: the colour alone never says anything. */
export function Mark({
  tone,
  children,
  title,
}: {
  tone: Tone;
  children: ComponentChildren;
  title?: string | undefined;
}) {
  return (
    <span class="mark" title={title}>
      <span class={`dot ${tone}`} />
      {children}
    </span>
  );
}

export function Sheet(props: {
  title: string;
  aside?: ComponentChildren;
  children: ComponentChildren;
  class?: string;
}) {
  return (
    <section class={`sheet ${props.class ?? ''}`}>
      <header>
        <h2>{props.title}</h2>
        <div class="quiet">{props.aside}</div>
      </header>
      {props.children}
    </section>
  );
}

export function Empty({ children }: { children: ComponentChildren }) {
  return <p class="empty">{children}</p>;
}

/** Something that was asked for and is on its way, or did not come. */
export function Waiting({ answer }: { answer: 'away' | null }) {
  return <Empty>{answer === null ? 'Membaca …' : 'Kantor tidak menjawab untuk bagian ini.'}</Empty>;
}
