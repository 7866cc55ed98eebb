import type { ProblemCode } from '#contract/problems/codes.ts';

export type ReceiptPrinterStatus =
  | { state: 'ready'; paper: 'ok' | 'low' | 'unknown' }
  | { state: 'busy' }
  | { state: 'needs-attention'; problem: ProblemCode }
  | { state: 'away'; sinceMs: number };

/** What a paper says, line by line; the driver turns it into the printer's language. */
export type PaperLine =
  | {
      kind: 'text';
      text: string;
      align?: 'left' | 'centre' | 'right';
      bold?: boolean;
      size?: 'normal' | 'large' | 'huge';
    }
  /** A label at the left and a value at the right of the same line. */
  | { kind: 'row'; label: string; value: string }
  | { kind: 'rule' }
  | { kind: 'space'; lines: number }
  | { kind: 'tick'; text: string }
  | { kind: 'qr'; text: string };

export interface ReceiptPrinter extends AsyncDisposable {
  /** 32, 42, 44 or 48 characters in a line of normal size. */
  readonly columns: number;
  readonly status: ReceiptPrinterStatus;
  statuses(signal: AbortSignal): AsyncIterable<ReceiptPrinterStatus>;
  /**
   * Prints and cuts one paper; resolves only when the printer has said that all before the cut is done.
   * Rejects with `DeviceError`; a paper that may be half out is never called printed.
   */
  print(paper: readonly PaperLine[], step: { signal: AbortSignal }): Promise<void>;
}
