/** What the people of a run saw and did with their own hands. */
export interface Diary {
  /** A hand took this card. */
  taken: { kiosk: string; card: string; who: string; visitNo: string | null }[];
  /** Who stood at the machine under this number. */
  visits: Map<string, string>;
  /** Visits whose screen said that the office has the card on record. */
  reported: Set<string>;
}

export const newDiary = (): Diary => ({ taken: [], visits: new Map(), reported: new Set() });
