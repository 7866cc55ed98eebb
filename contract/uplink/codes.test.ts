import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  checkDigit,
  groupedPickupNumber,
  hasCheckDigit,
  isPickupNumber,
  qrPrefix,
  readNik,
  readQr,
  visitNumber,
} from './codes.ts';

const digits = (min: number, max = min) => fc.stringMatching(new RegExp(`^[0-9]{${min},${max}}$`));
const pickupNumber = fc
  .tuple(fc.stringMatching(/^[1-7]$/), digits(8))
  .map(([first, rest]) => `${first}${rest}${checkDigit(first + rest)}`);

describe('check digits', () => {
  test.each([
    ['0794', 5], // the example of ISO/IEC 7064
    ['6943515153', 0], // a published example of the Croatian OIB, which uses the same system
    ['8609574271', 9], // a published example of the German tax number, which does too
  ])('%s is followed by %i', (number, check) => {
    expect(checkDigit(number)).toBe(check);
  });

  test('one wrong digit is always caught', () => {
    const slip = fc.tuple(digits(1, 12), fc.nat(), fc.integer({ min: 1, max: 9 }));
    fc.assert(
      fc.property(slip, ([number, at, shift]) => {
        const whole = `${number}${checkDigit(number)}`;
        const place = at % whole.length;
        const wrong = (Number(whole[place]) + shift) % 10;
        expect(hasCheckDigit(`${whole.slice(0, place)}${wrong}${whole.slice(place + 1)}`)).toBe(false);
      }),
    );
  });

  test('two neighbours exchanged are caught nearly always', () => {
    let missed = 0;
    let tried = 0;
    for (let number = 1_000; number < 10_000; number += 1) {
      const whole = `${number}${checkDigit(String(number))}`;
      for (let at = 0; at + 1 < whole.length; at += 1) {
        if (whole[at] === whole[at + 1]) continue;
        tried += 1;
        const swapped = `${whole.slice(0, at)}${whole[at + 1]}${whole[at]}${whole.slice(at + 2)}`;
        if (hasCheckDigit(swapped)) missed += 1;
      }
    }
    expect(missed / tried).toBeLessThan(0.03);
  });

  test.each(['', '5', 'x4', '12a', '１２', ' 12'])('%j has none', (text) => {
    expect(hasCheckDigit(text)).toBe(false);
  });
});

describe('numbers on paper', () => {
  test('a pick-up number has ten digits, begins with 1 to 7 and ends in its check digit', () => {
    fc.assert(fc.property(pickupNumber, (number) => isPickupNumber(number)));
    const rest = '08123456'; // a telephone number begins with 0, and 8 and 9 are kept free
    for (const first of ['0', '8', '9'])
      expect(isPickupNumber(`${first}${rest}${checkDigit(first + rest)}`)).toBe(false);
  });

  test('a NIK of 16 digits is never taken for a pick-up number', () => {
    fc.assert(fc.property(digits(16), (nik) => !isPickupNumber(nik)));
  });

  test('it stands in groups on slips', () => {
    expect(groupedPickupNumber('1234567895')).toBe('123 456 7895');
  });

  test('a visit number names the site, has four digits or more, and checks itself', () => {
    expect(visitNumber('SU1', 4821)).toMatch(/^SU1-4821-\d$/);
    expect(visitNumber('SU1', 7)).toMatch(/^SU1-0007-\d$/);
    expect(visitNumber('SU1', 12_345)).toMatch(/^SU1-12345-\d$/);
    fc.assert(
      fc.property(fc.nat(99_999), (count) => hasCheckDigit(visitNumber('SU1', count).split('-').slice(1).join(''))),
    );
  });
});

describe('what the camera read', () => {
  test('is a pick-up number with our prefix or bare, with space around it', () => {
    fc.assert(
      fc.property(pickupNumber, (number) => {
        for (const text of [`${qrPrefix}${number}`, number, `  ${number}\r\n`])
          expect(readQr(text)).toEqual({ kind: 'pickup', digits: number });
      }),
    );
  });

  test('is damaged where our prefix stands before a number that cannot be', () => {
    for (const text of [`${qrPrefix}1234567890`, qrPrefix, `${qrPrefix}abc`])
      expect(readQr(text)).toEqual({ kind: 'damaged' });
  });

  test.each([
    ['00020101021126570011ID.DANA.WWW', 'qris'],
    ['https://wa.me/6281200000000', 'chat'],
    ['https://tte.example.go.id/verify/1', 'kk'],
    ['https://layanan.dukcapil.example/kk', 'kk'],
    ['IKD|abc', 'ikd'],
    ['identitasdigital:1', 'ikd'],
    ['https://example.org', 'web'],
    ['WIFI:S:kantor;;', 'other'],
    ['', 'other'],
  ] as const)('%j is named as %s', (text, what) => {
    expect(readQr(text)).toEqual({ kind: 'foreign', what });
  });

  test('is always one of the three, whatever was printed', () => {
    fc.assert(fc.property(fc.string(), (text) => ['pickup', 'foreign', 'damaged'].includes(readQr(text).kind)));
  });
});

describe('the structure of a NIK', () => {
  const nik = (birth: string) => `167102${birth}0000`;
  test.each(['010199', '310100', '290200', '410199', '710100', '690204', '300410'])('born %s is possible', (birth) => {
    expect(readNik(nik(birth))).toEqual({ ok: true });
  });

  test.each(['000199', '320199', '290201', '300204', '310404', '011399', '010099', '400199', '720199', '800199'])(
    'born %s is impossible',
    (birth) => {
      expect(readNik(nik(birth))).toEqual({ ok: false, why: 'impossible-date' });
    },
  );

  test('of the wrong length, or with letters, is told apart', () => {
    expect(readNik('167102010199000')).toEqual({ ok: false, why: 'length' });
    expect(readNik('')).toEqual({ ok: false, why: 'length' });
    expect(readNik('16710201019900OO')).toEqual({ ok: false, why: 'not-digits' });
    expect(readNik('١٦٧١٠٢٠١٠١٩٩٠٠٠٠')).toEqual({ ok: false, why: 'not-digits' });
  });

  test('says nothing about the place: any six digits may stand there', () => {
    fc.assert(fc.property(digits(6), (place) => readNik(`${place}0101990000`).ok));
  });
});
