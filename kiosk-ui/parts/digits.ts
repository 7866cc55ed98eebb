/** Lengths the keypad knows: a pick-up number, a NIK, a PIN; and how each is grouped for the eye. */
export const pickupLength = 10;
export const nikLength = 16;
export const pinLength = 5;
const groupsOf: Record<number, readonly number[]> = {
  [pickupLength]: [3, 3, 4],
  [nikLength]: [6, 6, 4],
  [pinLength]: [5],
};

/** Up to 10 digits it may be a pick-up number; the 11th makes it a NIK. */
export function lengthMeant(digits: string): number {
  return digits.length <= pickupLength ? pickupLength : nikLength;
}

/** The places to show, in groups; '' is a place not yet filled. */
export function groups(digits: string, length: number): string[][] {
  const places = Array.from({ length }, (_, at) => digits[at] ?? '');
  let from = 0;
  return (groupsOf[length] ?? [length]).map((size) => {
    from += size;
    return places.slice(from - size, from);
  });
}

/** How many digits are still missing, told only when the end is near: nobody needs to hear "9 missing" at the first key. */
export function missingToTell(digits: string, length: number): number | null {
  const missing = length - digits.length;
  return missing > 0 && missing <= 3 ? missing : null;
}

/** What a press of a key makes of the digits. */
export function afterKey(digits: string, key: string, maxLength: number): string {
  if (key === 'Backspace') return digits.slice(0, -1);
  return /^[0-9]$/.test(key) && digits.length < maxLength ? digits + key : digits;
}
