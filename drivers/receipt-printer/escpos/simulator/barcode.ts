import type { Press, SymbolJob } from './press.ts';

type Format = SymbolJob['format'];
/** GS k m: 0 to 6 end at a NUL, 65 to 73 say their length. The same symbologies in the same order. */
const formats: readonly Format[] = ['UPCA', 'UPCE', 'EAN13', 'EAN8', 'Code39', 'ITF', 'Codabar', 'Code93', 'Code128'];
const MOST_BYTES = 255;

export function barcodeLength(bytes: readonly number[]): number | undefined {
  const [, , mode, count] = bytes;
  if (mode === undefined) return undefined;
  if (mode >= 65) return count === undefined ? undefined : 4 + count;
  return bytes.length > 3 && (bytes.at(-1) === 0 || bytes.length > MOST_BYTES) ? bytes.length : undefined;
}

export function barcode(press: Press, [, , mode = 0, ...rest]: readonly number[]): void {
  const format = formats[mode >= 65 ? mode - 65 : mode];
  const data = mode >= 65 ? rest.slice(1) : rest.slice(0, -1);
  if (!format || data.length === 0) return;
  const text = String.fromCharCode(...data);
  const { barcode: look, align } = press.settings;
  press.actions.push({
    do: 'symbol',
    symbol: {
      format,
      text: format === 'Code128' ? text.replace(/\{[ABC]/g, '').replaceAll('{{', '{') : text, // {A {B {C choose code sets
      level: 'M',
      moduleX: look.module,
      moduleY: look.height,
      label: look.label,
      align,
    },
  });
}
