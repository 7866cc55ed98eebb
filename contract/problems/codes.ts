import { answer, device, office, type ProblemRow, slipOfTheFinger } from './row.ts';

export type { ProblemRow } from './row.ts';

/** Every fault that a person can meet. Codes never change: they stand in journals, logs and reports. */
export const problems = {
  // The wire to a device
  'link/unreachable': device({ part: 'cable or power supply' }),
  'link/lost': device({ part: 'cable or power supply' }),
  'device/protocol': device({ severity: 'warning' }),
  'device/wrong-model': device({ visits: 'stop' }),

  // Card printer
  'card-printer/unreachable': device({ part: 'USB cable' }),
  'card-printer/feeder-empty': device({ fixedBy: 'operator', next: 'come-back', hands: 2, dueInHours: 4 }),
  'card-printer/feed-failed': device({ fixedBy: 'operator', part: 'feeder roller' }),
  'card-printer/ribbon-ended': device({
    fixedBy: 'operator',
    card: 'suspect',
    hands: 2,
    dueInHours: 4,
    part: 'ribbon',
  }),
  'card-printer/ribbon-missing': device({ fixedBy: 'operator', hands: 2, part: 'ribbon' }),
  'card-printer/jam': device({ fixedBy: 'operator', card: 'suspect', hands: 2, part: 'roller kit' }),
  'card-printer/cover-open': device({ fixedBy: 'operator', card: 'suspect', dueInHours: 4 }),
  'card-printer/reject-box-full': device({ fixedBy: 'operator', hands: 2, dueInHours: 4 }),
  'card-printer/cleaning-due': device({ fixedBy: 'operator', part: 'cleaning kit' }),
  'card-printer/cooling': device({ fixedBy: 'operator', next: 'wait', dueInHours: 0, severity: 'info' }),
  'card-printer/move-failed': device({ card: 'suspect', part: 'roller kit' }),
  'card-printer/card-not-expected': device({ fixedBy: 'operator', card: 'suspect', hands: 2 }),
  'card-printer/hardware': device({ card: 'suspect', severity: 'urgent' }),
  'card-printer/outcome-unknown': device({
    fixedBy: 'operator',
    visits: 'stop',
    card: 'suspect',
    right: 'held',
    hands: 2,
    severity: 'urgent',
    dueInHours: 8,
  }),
  'card-printer/card-spoiled': device({ fixedBy: 'operator', visits: 'go-on', card: 'suspect', severity: 'info' }),
  'card-printer/spoiled-twice': device({
    visits: 'stop',
    card: 'suspect',
    severity: 'urgent',
    dueInHours: 8,
    part: 'ribbon sensor',
  }),

  // Receipt printer
  'receipt-printer/unreachable': device({ visits: 'go-on', card: 'none', slip: false, part: 'USB cable' }),
  'receipt-printer/paper-out': device({
    fixedBy: 'operator',
    visits: 'go-on',
    card: 'none',
    slip: false,
    dueInHours: 4,
    part: 'paper roll',
  }),
  'receipt-printer/cover-open': device({
    fixedBy: 'operator',
    visits: 'go-on',
    card: 'none',
    slip: false,
    dueInHours: 4,
  }),
  'receipt-printer/cutter': device({ visits: 'go-on', card: 'none', slip: false, part: 'cutter' }),
  'receipt-printer/hardware': device({ visits: 'go-on', card: 'none', slip: false, part: 'receipt printer' }),

  // Camera
  'camera/unreachable': device({ visits: 'go-on', card: 'none', next: 'retry', slip: false, part: 'camera cable' }),
  'camera/stalled': device({ visits: 'go-on', card: 'none', next: 'retry', slip: false, part: 'camera cable' }),

  // Fingerprint scanner: no one is ever refused for it, the officer is a way of his own
  'fingerprint-scanner/unreachable': device({ visits: 'go-on', card: 'none', part: 'scanner cable' }),
  'fingerprint-scanner/no-answer': device({
    visits: 'go-on',
    card: 'none',
    next: 'retry',
    part: 'scanner cable',
  }),
  'fingerprint-scanner/locked': device({ visits: 'go-on', card: 'none' }),
  'fingerprint-scanner/hardware': device({ visits: 'go-on', card: 'none', part: 'fingerprint scanner' }),
  'fingerprint-scanner/no-finger': slipOfTheFinger(),
  'fingerprint-scanner/repeated-image': slipOfTheFinger({ severity: 'warning' }),

  // Fingers against the reference that came with the right
  'fingerprint/not-recognised': answer({ fixedBy: 'operator', next: 'officer' }),
  'fingerprint/none-enrolled': answer({ fixedBy: 'operator', next: 'officer' }),
  'fingerprint/reference-unusable': answer({ fixedBy: 'central', next: 'officer', severity: 'warning' }),
  'fingerprint/record-unreadable': answer({ fixedBy: 'central', next: 'officer', severity: 'warning' }),

  // Panel
  'panel/unreachable': device({ visits: 'stop', part: 'I/O board' }),
  'panel/sensor-silent': device({ visits: 'stop', part: 'I/O board' }),
  'panel/shutter-stuck': device({ visits: 'stop', card: 'suspect', right: 'held', part: 'shutter' }),
  'panel/door-open': device({ fixedBy: 'operator', visits: 'stop', severity: 'urgent', dueInHours: 1 }),
  'panel/mains-lost': device({ fixedBy: 'operator', visits: 'stop', next: 'wait', severity: 'urgent', dueInHours: 1 }),
  'panel/exit-not-empty': device({ fixedBy: 'operator', card: 'suspect', hands: 2 }),

  // The kiosk itself
  'kiosk/starting': device({
    fixedBy: 'operator',
    visits: 'stop',
    next: 'wait',
    slip: false,
    severity: 'info',
    dueInHours: 0,
  }),
  'kiosk/no-blanko': device({ fixedBy: 'operator', next: 'come-back', hands: 2, dueInHours: 4 }),
  'kiosk/day-limit': device({ fixedBy: 'operator', next: 'come-back', severity: 'info', dueInHours: 0 }),
  'kiosk/closed': device({ fixedBy: 'operator', visits: 'stop', next: 'come-back', severity: 'info', dueInHours: 0 }),
  'kiosk/not-enrolled': device({ visits: 'stop' }),
  'kiosk/store-failed': device({
    visits: 'stop',
    card: 'suspect',
    severity: 'urgent',
    dueInHours: 8,
    part: 'storage card',
  }),
  'kiosk/store-in-use': device({ visits: 'stop' }),
  'kiosk/journal-fork': device({ fixedBy: 'central', visits: 'stop', severity: 'urgent', dueInHours: 8 }),
  'kiosk/journal-damaged': device({ visits: 'stop', severity: 'urgent', dueInHours: 8, part: 'storage card' }),
  'kiosk/disk-full': device({ visits: 'stop', severity: 'urgent', dueInHours: 8, part: 'storage card' }),
  'kiosk/not-counted': device({ fixedBy: 'operator', visits: 'stop', hands: 2, dueInHours: 4 }),
  'kiosk/counter-unexplained': device({ fixedBy: 'operator', visits: 'go-on', card: 'none', hands: 2, dueInHours: 8 }),
  'kiosk/training': device({ fixedBy: 'operator', visits: 'stop', next: 'wait', severity: 'info', dueInHours: 0 }),
  'kiosk/folder-unwritable': device({ visits: 'stop' }),
  'kiosk/port-taken': device({ visits: 'stop' }),
  'kiosk/cabinet-file': device({ visits: 'stop' }),
  'kiosk/font-missing': device({ visits: 'stop', severity: 'urgent' }),

  // What a citizen typed or showed
  'identify/code-check-digit': slipOfTheFinger(),
  'identify/nik-length': slipOfTheFinger(),
  'identify/nik-impossible': slipOfTheFinger(),
  'identify/unknown-code': slipOfTheFinger({ next: 'retry' }),
  'identify/not-matched': slipOfTheFinger({ next: 'retry' }),
  'identify/pin-locked': answer({ next: 'officer' }),
  'identify/too-many-tries': answer({ next: 'wait', slip: false, right: 'none' }),
  'identify/code-expired': answer({ next: 'officer', right: 'kept' }),
  'identify/not-me': answer({ next: 'retry', slip: true, right: 'kept' }),
  'identify/cancelled': answer({ next: 'come-back', right: 'kept' }),

  // The record: where it stands
  'record/unregistered': answer({ next: 'office', right: 'none' }),
  'record/in-local-server': answer({ next: 'come-back', right: 'none' }),
  'record/at-centre': answer({ next: 'come-back', right: 'none' }),
  'record/record-again': answer({ next: 'office', right: 'none' }),
  'record/duplicate': answer({ next: 'office', right: 'none', private: true }),
  'record/adjudicated': answer({ next: 'come-back', right: 'none', private: true }),
  'record/closed': answer({ next: 'office', right: 'none', private: true }),
  'record/being-printed': answer({ next: 'come-back' }),
  'record/at-counter': answer({ next: 'officer', right: 'kept' }),
  'record/too-young': answer({ next: 'come-back' }),
  'record/changed': answer({ next: 'come-back' }),
  'record/data-disputed': answer({ fixedBy: 'central', next: 'office', dueInHours: 72 }),
  'record/bad-portrait': answer({ fixedBy: 'central', next: 'office', dueInHours: 72 }),
  'record/unprintable-text': answer({ fixedBy: 'central', next: 'office', dueInHours: 72 }),

  // The class of issuance: served elsewhere
  'class/lost': answer({ next: 'office' }),
  'class/damaged': answer({ next: 'office' }),
  'class/data-change': answer({ next: 'office' }),
  'class/moved-in': answer({ next: 'office' }),
  'class/foreigner': answer({ next: 'office' }),
  'class/outside-domicile': answer({ next: 'office' }),
  'class/other-city': answer({ next: 'go-elsewhere' }),
  'class/no-policy': office(),

  // The right
  'right/already-issued': answer({ next: 'officer', right: 'used', pin: 'used' }),
  'right/at-other-kiosk': answer({ fixedBy: 'central', next: 'go-elsewhere', right: 'held', dueInHours: 8 }),
  'right/held': answer({ fixedBy: 'operator', next: 'officer', right: 'held', hands: 2, dueInHours: 8 }),
  'right/in-doubt': answer({
    fixedBy: 'operator',
    next: 'officer',
    right: 'held',
    hands: 2,
    dueInHours: 8,
    severity: 'urgent',
  }),
  'right/not-usable': office({ right: 'held' }),
  'right/lease-invalid': office({ fixedBy: 'technician', severity: 'urgent' }),
  'right/lease-expired': office(),
  'right/lease-not-asked': office({ fixedBy: 'technician', severity: 'urgent' }),
  'right/revoked': office({ right: 'none' }),
  'right/lost': office({ next: 'office', right: 'none' }),
  'right/needs-central': office({ next: 'retry', dueInHours: 4 }),
  'right/epoch-closed': office({ visits: 'stop', severity: 'urgent' }),

  // Hand-over
  'handover/not-taken': answer({ fixedBy: 'operator', next: 'officer', right: 'held', hands: 2, dueInHours: 8 }),

  // Central and the wire to it
  'central/unreachable': office({ next: 'retry', severity: 'warning', dueInHours: 4 }),
  'central/restoring': office({ next: 'come-back', severity: 'urgent', dueInHours: 8 }),
  'central/refused': office({ severity: 'urgent' }),
  'uplink/malformed': office({ fixedBy: 'technician', severity: 'urgent' }),
  'uplink/oversize': office({ fixedBy: 'technician', severity: 'urgent' }),
  'uplink/wrong-version': office({ fixedBy: 'technician', severity: 'urgent' }),
  'uplink/wrong-place': office({ fixedBy: 'technician', severity: 'urgent' }),

  // The file drop of print-ready records
  'import/file': office({ slip: false }),
  'import/columns': office({ slip: false }),
  'import/encoding': office({ slip: false }),
  'import/bad-nik': office({ slip: false }),
  'import/duplicate-nik': office({ slip: false }),
  'import/missing-photo': office({ slip: false }),
  'import/bad-photo': office({ slip: false }),
  'import/unknown-status': office({ slip: false }),
  'import/unknown-class': office({ slip: false }),
  'import/bad-date': office({ slip: false }),
  'import/bad-field': office({ slip: false }),
  'import/bad-fingers': office({ slip: false }),
  'import/no-signature': office({ slip: false, severity: 'info' }),
  'import/nik-differs': office({ slip: false, severity: 'info' }),
} as const satisfies Record<string, ProblemRow>;

export type ProblemCode = keyof typeof problems;

export function isProblemCode(code: unknown): code is ProblemCode {
  return typeof code === 'string' && Object.hasOwn(problems, code);
}

export function problemRow(code: ProblemCode): ProblemRow {
  return problems[code];
}

/** Recognises a DeviceError by what it carries, without importing the class. */
export function isDeviceError(error: unknown): error is Error & { code: ProblemCode } {
  return error instanceof Error && 'code' in error && isProblemCode(error.code);
}

/** The code of an error, or the one given where it carries none. */
export function codeOf(error: unknown, otherwise: ProblemCode): ProblemCode {
  return isDeviceError(error) ? error.code : otherwise;
}
