import { useEffect, useRef } from 'preact/hooks';

export interface Picture {
  title: string;
  address: string;
  shape: 'card' | 'paper';
}

export type Enlarge = (picture: Picture) => void;

/** A card or a paper, large. Any click and Escape put it away. */
export function Enlarged({ picture, close }: { picture: Picture; close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class={`enlarged ${picture.shape}`} onClose={close} aria-label={picture.title}>
      <button type="button" class="put-away" onClick={() => dialog.current?.close()}>
        <img src={picture.address} alt={picture.title} />
        <span>{picture.title} · click to put it away</span>
      </button>
    </dialog>
  );
}
