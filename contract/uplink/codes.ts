/**
 * ISO/IEC 7064 MOD 11,10 over decimal digits: the check digit that catches every single wrong digit and nearly every
 * exchange of two neighbours. Used by pick-up numbers and visit numbers.
 */
export function checkDigit(digits: string): number {
  let product = 10;
  for (const digit of digits) {
    const sum = (product + Number(digit)) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return (11 - product) % 10;
}

export function hasCheckDigit(digits: string): boolean {
  return /^[0-9]{2,}$/.test(digits) && checkDigit(digits.slice(0, -1)) === Number(digits.at(-1));
}

/** A pick-up number: 10 digits, the first 1 to 7 (never like a phone number), the last a check digit. */
export function isPickupNumber(digits: string): boolean {
  return /^[1-7][0-9]{9}$/.test(digits) && hasCheckDigit(digits);
}

/** `123 456 7890`, as it stands on slips. */
export function groupedPickupNumber(digits: string): string {
  return `${digits.slice(0, 3)} ${digits.slice(3, 6)} ${digits.slice(6)}`;
}

/** `SU1-4821-7`: site, running number, check digit over the number. */
export function visitNumber(site: string, count: number): string {
  const number = String(count).padStart(4, '0');
  return `${site}-${number}-${checkDigit(number)}`;
}

/** The text of our QR: the pick-up number behind a fixed prefix. */
export const qrPrefix = 'KTPEL1:';

export type QrReading =
  | { kind: 'pickup'; digits: string }
  | { kind: 'foreign'; what: 'kk' | 'qris' | 'ikd' | 'chat' | 'web' | 'other' }
  | { kind: 'damaged' };

/** Tells our QR from the other codes people carry, so that the screen can name what it saw. */
export function readQr(content: string): QrReading {
  const text = content.trim();
  if (text.startsWith(qrPrefix)) {
    const digits = text.slice(qrPrefix.length);
    return isPickupNumber(digits) ? { kind: 'pickup', digits } : { kind: 'damaged' };
  }
  if (isPickupNumber(text)) return { kind: 'pickup', digits: text };
  if (text.startsWith('000201')) return { kind: 'foreign', what: 'qris' };
  if (/wa\.me|whatsapp/i.test(text)) return { kind: 'foreign', what: 'chat' };
  if (/tte|dukcapil/i.test(text)) return { kind: 'foreign', what: 'kk' };
  if (/ikd|identitasdigital/i.test(text)) return { kind: 'foreign', what: 'ikd' };
  return { kind: 'foreign', what: /^https?:/i.test(text) ? 'web' : 'other' };
}

export type NikReading = { ok: true } | { ok: false; why: 'length' | 'impossible-date' | 'not-digits' };

/**
 * The structure of a NIK: PPKKCC DDMMYY SSSS, day +40 for women. There is no check digit and the first six digits are
 * the place of FIRST registration: never used to route or to decide.
 */
export function readNik(nik: string): NikReading {
  if (!/^[0-9]*$/.test(nik)) return { ok: false, why: 'not-digits' };
  if (nik.length !== 16) return { ok: false, why: 'length' };
  const day = Number(nik.slice(6, 8)) % 40;
  const month = Number(nik.slice(8, 10));
  const year = Number(nik.slice(10, 12));
  const dayRange = Number(nik.slice(6, 8)) <= 71;
  const longest = [31, year % 4 === 0 ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return dayRange && day >= 1 && day <= longest ? { ok: true } : { ok: false, why: 'impossible-date' };
}
