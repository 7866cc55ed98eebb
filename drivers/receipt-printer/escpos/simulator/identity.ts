/** GS I n (sheet B.2): one byte each for 1 to 3; 65 to 69 are texts between 5F and 00. */
export function identity(n: number, model: string): number[] {
  const texts: Readonly<Record<number, string>> = {
    65: '1.00 ESC/POS',
    66: 'ANJUNGAN',
    67: model,
    68: 'SIM0000001',
    69: 'LATIN',
  };
  const text = texts[n];
  if (text !== undefined) return [0x5f, ...Buffer.from(text, 'latin1'), 0x00];
  return { 1: [0x20], 2: [0x02], 3: [0x01] }[n % 48] ?? [];
}
