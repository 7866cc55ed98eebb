/** What a fault means for everybody. The words for it are in `citizen.*` and `technician.*`. */
export interface ProblemRow {
  /** Who can mend it. */
  fixedBy: 'citizen' | 'operator' | 'technician' | 'central';
  /** What it does to visits while it lasts: nothing, no new ones that need a card, or no printing at all. */
  visits: 'go-on' | 'refuse-new' | 'stop';
  /** What it means for the card in process, if there is one. */
  card: 'untouched' | 'suspect' | 'none';
  /** What the citizen can do now. `officer` turns into `come-back` where none is on duty. */
  next: 'wait' | 'retry' | 'officer' | 'office' | 'come-back' | 'go-elsewhere';
  /** What has become of the print right, as told to the citizen. */
  right: 'kept' | 'held' | 'used' | 'none';
  /** The PIN is used up by an issued card and by nothing else. */
  pin: 'kept' | 'used';
  /** Whether the citizen gets a paper that says what happened. */
  slip: boolean;
  /** The detail is told on the slip only, never on a screen that bystanders read. */
  private: boolean;
  /** How many people the remedy needs. */
  hands: 1 | 2;
  severity: 'info' | 'warning' | 'urgent';
  /** When central wants it mended; 0 = not a task. */
  dueInHours: number;
  /** The spare part that most often mends it. */
  part?: string;
}

type Given = Partial<ProblemRow>;

/** A device of the cabinet fails: no new cards until it is mended, nothing has happened to anybody's right. */
export const device = (given: Given = {}): ProblemRow => ({
  fixedBy: 'technician',
  visits: 'refuse-new',
  card: 'untouched',
  next: 'officer',
  right: 'kept',
  pin: 'kept',
  slip: true,
  private: false,
  hands: 1,
  severity: 'warning',
  dueInHours: 24,
  ...given,
});

/** The machine works; this person's record, number or right does not allow a card now. */
export const answer = (given: Given = {}): ProblemRow => ({
  ...device({ fixedBy: 'citizen', visits: 'go-on', card: 'none', next: 'come-back', severity: 'info', dueInHours: 0 }),
  ...given,
});

/** Something the citizen typed or showed: said at once, nothing printed, tried again. */
export const slipOfTheFinger = (given: Given = {}): ProblemRow =>
  answer({ next: 'retry', slip: false, right: 'none', ...given });

/** Central does not do what was asked. */
export const office = (given: Given = {}): ProblemRow =>
  device({ fixedBy: 'central', visits: 'go-on', next: 'come-back', ...given });
