/** Mixes two `#rrggbb` colours; `part` 0 is all of the first, 1 all of the second. */
export function mix(first: string, second: string, part: number): string {
  const channel = (at: number) => {
    const [a, b] = [first, second].map((colour) => Number.parseInt(colour.slice(at, at + 2), 16));
    return Math.round((a ?? 0) * (1 - part) + (b ?? 0) * part)
      .toString(16)
      .padStart(2, '0');
  };
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}

export const darker = (colour: string, part: number) => mix(colour, '#1a0d08', part);
export const lighter = (colour: string, part: number) => mix(colour, '#ffffff', part);
