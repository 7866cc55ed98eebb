/** The reader's own stream of masks, bit by bit, as the sheet on its wire has it. */
const FED_BACK = [0, 2, 3, 6, 10, 12, 19, 22, 25, 28, 31];
const TAKEN = [4, 8, 11, 14, 18, 21, 24, 29];

export class MaskStream {
  #bits: number[];

  constructor(key: number) {
    this.#bits = Array.from({ length: 32 }, (_, n) => (key >>> n) & 1);
  }

  /** The mask of this place; then one step on. */
  next(): number {
    const bits = this.#bits;
    const mask = TAKEN.reduce((byte, position, n) => byte + (bits[position] ?? 0) * 2 ** n, 0);
    const ones = FED_BACK.filter((position) => bits[position] === 1).length;
    this.#bits = [...bits.slice(1), ones % 2];
    return mask;
  }

  skip(steps: number): void {
    for (let n = 0; n < steps; n++) this.next();
  }
}
