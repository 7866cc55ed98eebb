import { useState } from 'preact/hooks';

interface Given {
  label: string;
  /** In the page, but on the screen only while pressed. */
  value: string;
  cover: string;
  /** Said instead of the cover by a screen reader. */
  hidden: string;
  /** Its place in the style sheet, where each keeps the room that its longest value needs: nothing jumps under the finger. */
  kind: 'name' | 'address' | 'birthPlaceAndDate' | 'sex' | 'maritalStatus';
}

/** Shows its value while a finger rests on it or a key is held, so that a queue does not read along. */
export function CoveredField({ label, value, cover, hidden, kind }: Given) {
  const [open, setOpen] = useState(false);
  const show = () => setOpen(true);
  const hide = () => setOpen(false);
  return (
    <button
      type="button"
      class={`field ${kind}`}
      aria-pressed={open}
      onPointerDown={show}
      onPointerUp={hide}
      onPointerLeave={hide}
      onPointerCancel={hide}
      onKeyDown={(event) => (event.key === ' ' || event.key === 'Enter') && show()}
      onKeyUp={hide}
      onBlur={hide}
      onContextMenu={(event) => event.preventDefault()}
    >
      <span class="label">{label}</span>
      {open ? (
        <span class={value.length > 70 ? 'value small' : 'value'} role="status">
          {value}
        </span>
      ) : (
        <span class={cover.length > 40 ? 'value cover small' : 'value cover'} role="img" aria-label={hidden}>
          {cover}
        </span>
      )}
    </button>
  );
}
