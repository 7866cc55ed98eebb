import { useEffect } from 'preact/hooks';

/** What a voice may say aloud: never anything personal. `id` names the sentence, for recordings; `text` is the sentence. */
export interface Said {
  id: string;
  text: string;
  lang: 'id' | 'en';
}

/** The name of the event on `document` that whoever gives the kiosk a voice listens for. */
export const saidEvent = 'anjungan-said';

/** Offers a sentence to a voice whenever it changes. Without one nobody hears it, and it stands on the screen all the same. */
export function useSaid({ id, text, lang }: Said): void {
  useEffect(() => {
    document.dispatchEvent(new CustomEvent<Said>(saidEvent, { detail: { id, text, lang } }));
  }, [id, text, lang]);
}
