const FED_BACK = [0, 2, 3, 6, 10, 12, 19, 22, 25, 28, 31];
const TAKEN = [4, 8, 11, 14, 18, 21, 24, 29];
const KEY_BITS = 32;

/** The reader's masks as the sheet has them: the key is the head of an endless row of bits, each the sum of some before it. */
export class MaskStream {
  readonly #bits: number[];
  #at = 0;

  constructor(key: number) {
    this.#bits = Array.from({ length: KEY_BITS }, (_, n) => (key >>> n) & 1);
  }

  /** The mask of this place; then one step on. */
  next(): number {
    let mask = 0;
    for (let n = 0; n < TAKEN.length; n++) mask += this.#bit(TAKEN[n]) * 2 ** n;
    this.skip(1);
    return mask;
  }

  skip(steps: number): void {
    for (let n = 0; n < steps; n++) {
      let ones = 0;
      for (const position of FED_BACK) ones += this.#bit(position);
      this.#bits.push(ones % 2);
      this.#at += 1;
    }
  }

  #bit(position = 0): number {
    return this.#bits[this.#at + position] ?? 0;
  }
}
