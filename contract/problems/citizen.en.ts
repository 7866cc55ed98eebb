import type { Effect } from '../screen/screen-state.ts';
import type { CitizenWords, Sentences } from './citizen.fill.ts';
import type { ProblemCode } from './codes.ts';

/** What has become of the card and the PIN; one of these stands under every trouble and answer. */
export const reassurance = {
  kept: 'Your PIN still works.',
  held: 'Your card is kept safe. An officer will take care of it.',
  used: 'Your card is recorded as collected.',
  none: 'Nothing has changed in your data.',
} satisfies Record<Effect['right'], string>;

/** What to do now, where a code has no words of its own for it. */
export const nextSteps = {
  wait: 'Please wait near the machine.',
  retry: 'Please try again.',
  officer: 'An officer is here to help. Press Call an officer.',
  office: ['Go to {office}. Bring your family card (KK).', 'Go to Disdukcapil. Bring your family card (KK).'],
  'come-back': ['Come back {until}.', 'Come back another day. Your number stays the same.'],
  'go-elsewhere': ['Go to {place}.', 'Go to the place written on the paper.'],
} satisfies Record<Effect['next'], Sentences>;

const notPrinted = { show: 'The machine has a problem. No card was printed.' };
const notReady = { show: 'The machine is not ready for use.' };
const atOffice = { show: 'The office is checking this machine. No card was printed.' };
const lineTrouble = { show: 'The line to the office has a problem. No card was printed.' };
const noStock = { show: 'There are no cards left. Your card can still be printed later.' };
const fingerByOfficer = { show: 'The finger is hard to read. This is common. An officer will help.' };
const noPaper = { show: 'The receipt cannot be printed now.', more: 'Photograph or write down your number.' };
const toBeChecked = {
  yours: 'Your number is on record. Your PIN still works.',
  show: 'An officer needs to check your card.',
  officer: 'Please wait here.',
  now: ['Come back {until}. Keep your number.', 'Come back in office hours. Keep your number.'],
};
const keptInside = {
  show: 'The machine is keeping your card safe.',
  officer: 'An officer will hand it to you.',
  now: ['Come back {until}. Keep your number.', 'Come back in office hours. Keep your number.'],
};
const lostOrDamaged = {
  show: 'Lost or damaged cards are handled at Disdukcapil.',
  now: ['Go to {office}. Follow the guide paper.', 'Go to Disdukcapil. Follow the guide paper.'],
};
const checkedByOffice = { show: 'Disdukcapil needs to look at your data. You did nothing wrong.' };
const recordBeingChecked = { show: 'The office is checking your data.' };

/** What the citizen reads, in English. */
export const citizenWords = {
  'link/unreachable': notPrinted,
  'link/lost': { show: 'The machine has a problem.' },
  'device/protocol': { show: 'The machine has a problem.' },
  'device/wrong-model': notReady,

  'card-printer/unreachable': notPrinted,
  'card-printer/feeder-empty': noStock,
  'card-printer/feed-failed': { show: 'The machine could not pick up a card. No card was printed.' },
  'card-printer/ribbon-ended': { show: 'The printing ribbon has run out.' },
  'card-printer/ribbon-missing': { show: 'The printing ribbon is not in place. No card was printed.' },
  'card-printer/jam': { show: 'A card is stuck inside the machine.' },
  'card-printer/cover-open': { show: 'The printer cover is open.' },
  'card-printer/reject-box-full': { show: 'The machine must be emptied first. No card was printed.' },
  'card-printer/cleaning-due': { show: 'The machine must be cleaned first. No card was printed.' },
  'card-printer/cooling': {
    show: [
      'The machine is cooling down. It starts again {until:time}.',
      'The machine is cooling down. No card was printed.',
    ],
  },
  'card-printer/move-failed': { show: 'The machine has a problem. The card has not come out.' },
  'card-printer/card-not-expected': { show: 'Another card is inside. The machine must be checked first.' },
  'card-printer/hardware': { show: 'The card printer has a problem.' },
  'card-printer/outcome-unknown': toBeChecked,
  'card-printer/card-spoiled': { show: 'The print came out damaged. The machine kept it.' },
  'card-printer/spoiled-twice': { show: 'Printing went wrong 2 times. The machine stopped printing.' },

  'receipt-printer/unreachable': noPaper,
  'receipt-printer/paper-out': { show: 'There is no paper left.', more: 'Photograph or write down your number.' },
  'receipt-printer/cover-open': noPaper,
  'receipt-printer/cutter': { show: 'The paper was not cut. Tear it off gently.' },
  'receipt-printer/hardware': noPaper,

  'camera/unreachable': { show: 'The camera is not ready.', now: 'Type the number on your slip.' },
  'camera/stalled': { show: 'The camera stopped for a moment.', now: 'Try again, or type the number on your slip.' },

  'fingerprint-scanner/unreachable': fingerByOfficer,
  'fingerprint-scanner/no-answer': {
    show: 'The fingerprint reader stopped for a moment.',
    now: 'Place your finger again.',
  },
  'fingerprint-scanner/locked': fingerByOfficer,
  'fingerprint-scanner/hardware': fingerByOfficer,
  'fingerprint-scanner/no-finger': { show: 'No finger on the glass yet.', now: 'Place your finger on the glass.' },
  'fingerprint-scanner/repeated-image': { show: 'Not read yet.', now: 'Lift your finger, wipe it, place it again.' },

  'fingerprint/not-recognised': fingerByOfficer,
  'fingerprint/none-enrolled': { show: 'Your fingers were not recorded. This is common. An officer will help.' },
  'fingerprint/reference-unusable': fingerByOfficer,
  'fingerprint/record-unreadable': fingerByOfficer,

  'panel/unreachable': notPrinted,
  'panel/sensor-silent': notPrinted,
  'panel/shutter-stuck': { show: 'The card slot does not open.' },
  'panel/door-open': { show: 'An officer has opened the machine.' },
  'panel/mains-lost': { show: 'The power is out. Wait, the machine is securing your card.' },
  'panel/exit-not-empty': { show: 'The card slot is not empty. The machine must be checked first.' },

  'kiosk/starting': { show: 'The machine is getting ready.', more: 'Please wait a moment. Your card is safe.' },
  'kiosk/no-blanko': noStock,
  'kiosk/day-limit': { show: ["Today's cards are used up. Open again {until}.", "Today's cards are used up."] },
  'kiosk/closed': { show: ['The machine is closed. Open again {until}.', 'The machine is closed.'] },
  'kiosk/not-enrolled': notReady,
  'kiosk/store-failed': { show: 'The machine has a problem and stopped printing.' },
  'kiosk/store-in-use': notReady,
  'kiosk/journal-fork': atOffice,
  'kiosk/journal-damaged': { show: 'The machine is broken and waits for a technician. No cards can be printed.' },
  'kiosk/disk-full': { show: 'The machine has no room for its records. No cards can be printed.' },
  'kiosk/not-counted': { show: 'The officers have to count the cards in the machine first.' },
  'kiosk/counter-unexplained': { show: 'The officers have to count the cards in the machine.' },
  'kiosk/training': { show: 'The officers are practising with this machine.' },
  'kiosk/folder-unwritable': notReady,
  'kiosk/port-taken': notReady,
  'kiosk/cabinet-file': notReady,
  'kiosk/font-missing': notReady,

  'identify/code-check-digit': { show: 'The number does not match. Please check the digits.' },
  'identify/nik-length': {
    show: ['The number is {missing} digits short.', 'The number is too short. Slip: 10 digits. NIK: 16 digits.'],
  },
  'identify/nik-impossible': { show: 'The NIK does not match. Please check the digits.' },
  'identify/unknown-code': {
    show: 'This number is not known. Check it or call an officer.',
    now: 'Type the number on your slip again.',
  },
  'identify/not-matched': {
    show: ['The PIN does not match. Tries left: {left}.', 'The PIN does not match.'],
    more: 'Please check the number too.',
    say: 'The PIN does not match.',
  },
  'identify/pin-locked': {
    yours: 'Your card can still be printed later.',
    show: 'The PIN is locked until tomorrow.',
    officer: 'An officer here can unlock it. Press Call an officer.',
    now: 'Try again tomorrow with the same PIN.',
  },
  'identify/too-many-tries': {
    show: ['Tried too often. Try again {until:time}.', 'Tried too often.'],
    now: 'Wait 1 minute, then try again.',
  },
  'identify/code-expired': {
    yours: 'Your card can still be printed later.',
    show: 'This number is too old to use.',
    officer: 'An officer here can make a new one. Bring your KK.',
    now: [
      'Come back {until}. Bring your KK for a new number.',
      'Come back in office hours. Bring your KK for a new number.',
    ],
  },
  'identify/not-me': { show: 'No card is printed.', now: 'Check the number on your slip, then try again.' },
  'identify/cancelled': { show: 'No card was printed.', now: 'You can come back any time.' },

  'record/unregistered': {
    show: 'You have not been recorded yet.',
    now: 'Record at the sub-district counter. Bring your KK.',
  },
  'record/in-local-server': {
    show: ['Your recording is being prepared since {since}.', 'Your recording is being prepared.'],
    more: 'Usually 1 to 7 days, sometimes longer.',
    now: 'No need to come yet. Check with the number on this slip.',
  },
  'record/at-centre': {
    show: ['Your data is being checked since {since}.', 'Your data is still being checked at the centre.'],
    more: 'Usually 1 to 7 days, sometimes longer.',
    now: 'No need to come yet. Check with the number on this slip.',
  },
  'record/record-again': {
    show: 'Your recording is incomplete. Please record again at the counter.',
    now: 'Bring your KK to the recording counter.',
  },
  'record/duplicate': checkedByOffice,
  'record/adjudicated': { ...checkedByOffice, now: 'No need to come yet. Check with the number on this slip.' },
  'record/closed': { show: 'Your data needs correcting at Disdukcapil.', more: 'The officers there will help you.' },
  'record/being-printed': {
    show: 'Your card is being printed at the office.',
    now: 'No need to come yet. Check with the number on this slip.',
  },
  'record/at-counter': {
    yours: 'The counter keeps your card safe.',
    show: [
      'Your card is ready. Collect it at {place}, box {box}.',
      'Your card is ready. Collect it at the counter, box {box}.',
      'Your card is ready. Collect it at the counter.',
    ],
    officer: 'The counter officer will hand it to you.',
    now: 'Collect it in counter hours. Bring your KK.',
    say: 'Read the screen, then go to the counter.',
  },
  'record/too-young': {
    show: ['Your card can be printed from {from}.', 'Cards are printed from the age of 17.'],
    now: 'Keep your slip. The number stays the same.',
    say: 'Your card cannot be printed yet.',
  },
  'record/changed': {
    show: 'Your data was just updated. No card was printed.',
    now: 'Try again tomorrow with the same number.',
  },
  'record/data-disputed': { show: 'No card is printed. Disdukcapil corrects the data first.' },
  'record/bad-portrait': { show: 'Your photo needs to be taken again.' },
  'record/unprintable-text': { show: 'Your data needs correcting before printing.' },

  'class/lost': lostOrDamaged,
  'class/damaged': lostOrDamaged,
  'class/data-change': { ...lostOrDamaged, show: 'Changes of data are handled at Disdukcapil.' },
  'class/moved-in': { ...lostOrDamaged, show: 'Moving to this city is handled at Disdukcapil.' },
  'class/foreigner': { ...lostOrDamaged, show: 'Cards for foreign residents are handled at Disdukcapil.' },
  'class/outside-domicile': { ...lostOrDamaged, show: 'Cards from another region are handled at Disdukcapil.' },
  'class/other-city': { show: ['Your card is printed in {place}.', 'Your card is printed in your home region.'] },
  'class/no-policy': {
    show: 'This machine does not offer this service.',
    now: 'Ask at the Disdukcapil counter. Bring your KK.',
  },

  'right/already-issued': {
    show: ['Your card is recorded as collected on {since}.', 'Your card is recorded as collected.'],
    now: 'If you did not receive it, press the button below.',
    officer: 'If you did not receive it, press the button below.',
    say: 'Please read the screen.',
  },
  'right/at-other-kiosk': {
    yours: 'Your card is taken care of there.',
    show: ['Your card is being handled by the machine in {place}.', 'Your card is being handled by another machine.'],
  },
  'right/held': keptInside,
  'right/in-doubt': toBeChecked,
  'right/not-usable': { show: 'Your card cannot be printed now.' },
  'right/lease-invalid': { show: 'The permission to print does not match. No card was printed.' },
  'right/lease-expired': { show: 'The permission to print is too old. No card was printed.' },
  'right/lease-not-asked': { show: 'The permission to print does not match. No card was printed.' },
  'right/revoked': { show: 'The office withdrew the permission. No card is printed.' },
  'right/lost': { show: 'Your card is recorded as lost. Disdukcapil replaces it.' },
  'right/needs-central': {
    show: 'The machine must ask the office first. No card was printed.',
    now: 'Try again in a moment, or come back later.',
  },
  'right/epoch-closed': atOffice,

  'handover/not-taken': keptInside,

  'central/unreachable': {
    show: 'The line to the office is down. No card was printed.',
    now: 'Try again in a moment, or come back later.',
  },
  'central/restoring': { show: 'The office is putting its records in order. No cards can be printed.' },
  'central/refused': { show: 'The office does not allow printing yet. No card was printed.' },
  'uplink/malformed': lineTrouble,
  'uplink/oversize': lineTrouble,
  'uplink/wrong-version': lineTrouble,
  'uplink/wrong-place': lineTrouble,

  'import/file': recordBeingChecked,
  'import/columns': recordBeingChecked,
  'import/encoding': recordBeingChecked,
  'import/bad-nik': recordBeingChecked,
  'import/duplicate-nik': recordBeingChecked,
  'import/missing-photo': recordBeingChecked,
  'import/bad-photo': recordBeingChecked,
  'import/unknown-status': recordBeingChecked,
  'import/unknown-class': recordBeingChecked,
  'import/bad-date': recordBeingChecked,
  'import/bad-field': recordBeingChecked,
  'import/bad-fingers': recordBeingChecked,
  'import/no-signature': recordBeingChecked,
  'import/nik-differs': recordBeingChecked,
} satisfies Record<ProblemCode, CitizenWords>;
