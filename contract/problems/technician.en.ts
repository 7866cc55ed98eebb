import type { ProblemCode } from './codes.ts';
import { deviceWords } from './technician.devices.en.ts';
import type { TechnicianWords } from './technician.words.ts';

/** Cause and remedy for the technician and the operator, in English. */
export const technicianWords = {
  ...deviceWords,

  // Fingers against the reference in the record
  'fingerprint/not-recognised': {
    cause: 'Four comparisons did not reach the threshold. Worn or dry fingers are the usual reason.',
    do: 'Identify the person by a document and the photo in the record.',
  },
  'fingerprint/none-enrolled': {
    cause: 'The record holds no fingers.',
    do: 'Identify the person by a document and the photo in the record.',
  },
  'fingerprint/reference-unusable': {
    cause: 'The reference in the record has too few points to compare.',
    do: 'Identify the person by a document; central asks for a new recording.',
  },
  'fingerprint/record-unreadable': {
    cause: 'The reference is not a record of ISO/IEC 19794-2:2005 or ANSI 378, or is cut off.',
    do: 'Identify the person by a document; central looks at where the record came from.',
  },

  // What a citizen typed or showed
  'identify/code-check-digit': {
    cause: 'The check digit does not fit: a typing slip.',
    do: 'Nothing to do. Help the person to read the slip.',
  },
  'identify/nik-length': {
    cause: 'The number has neither 10 nor 16 digits.',
    do: 'Nothing to do. Help the person to count the digits.',
  },
  'identify/nik-impossible': {
    cause: 'The date inside the NIK cannot exist.',
    do: 'Compare the NIK with the family card.',
  },
  'identify/unknown-code': {
    cause: 'Central does not know this number.',
    do: 'Compare it with the slip. If it is right, central checks whether its file drop was imported.',
  },
  'identify/not-matched': {
    cause: 'Wrong PIN or unknown NIK. The two are deliberately not told apart.',
    do: 'Help the person to find the PIN in the SMS or the folded slip.',
  },
  'identify/pin-locked': {
    cause: '3 wrong PINs today.',
    do: 'Wait until 00:00 WIB: the lock opens by itself and the PIN stays valid. Urgent? Ask central: central unlock-pin.',
  },
  'identify/too-many-tries': {
    cause: 'Too many unknown numbers in one visit.',
    do: 'Help the person to read the slip. If it repeats at this kiosk, see who is trying.',
  },
  'identify/code-expired': {
    cause: 'The pick-up number has expired.',
    do: 'Ask central to import a new number for this person.',
  },
  'identify/not-me': {
    cause: 'The person said that the data is not theirs.',
    do: 'Check whether slips were exchanged.',
  },
  'identify/cancelled': {
    cause: 'The person left or cancelled before a card was printed.',
    do: 'Nothing to do. The print right remains.',
  },

  // The record
  'record/unregistered': {
    cause: 'The NIK exists, no biometrics were recorded.',
    do: 'Send the person to the recording counter.',
  },
  'record/in-local-server': {
    cause: 'The recording is still on the local server (BIO_CAPTURED, PROCESSING).',
    do: 'If older than 7 days, send it again from the local server.',
  },
  'record/at-centre': {
    cause: 'The recording is at the data centre (SFE, RECEIVED).',
    do: 'Promise no date. If older than 30 days, tell Disdukcapil.',
  },
  'record/record-again': {
    cause: 'Biometrics are incomplete or unreadable (EFAC, EFAR, SFAC).',
    do: 'Delete the old recording, then record again.',
  },
  'record/duplicate': {
    cause: 'Recorded twice (DUPLICATE_RECORD).',
    do: 'Settle it at Disdukcapil. Do not name it before the queue.',
  },
  'record/adjudicated': {
    cause: 'A possible match is under human review (ADJUDICATE).',
    do: "Wait for the centre's decision.",
  },
  'record/closed': {
    cause: 'The record is closed, sometimes by mistake.',
    do: 'Disdukcapil corrects it. Do not name the reason on the screen.',
  },
  'record/being-printed': {
    cause: 'The record was sent to be printed elsewhere (SENT_FOR_CARD_PRINTING).',
    do: 'Wait for that card to arrive. The kiosk prints no second one.',
  },
  'record/at-counter': {
    cause: 'The card was printed elsewhere and waits at the counter.',
    do: "Hand it over from the named box and note it in the counter's book.",
  },
  'record/too-young': {
    cause: 'The date printableFrom has not come.',
    do: 'Nothing to do. If married, the marital status must be corrected first.',
  },
  'record/changed': {
    cause: 'The record changed after it was read and before printing.',
    do: 'Nothing to do. The next visit uses the new data.',
  },
  'record/data-disputed': {
    cause: 'The person said that some data is wrong.',
    do: 'Disdukcapil corrects the record. The print right is paused: tell central the visit number.',
  },
  'record/bad-portrait': {
    cause: 'The portrait in the record cannot be used for a card.',
    do: 'Take a new portrait and import it again.',
  },
  'record/unprintable-text': {
    cause: 'A character is missing from the card font, or a text is too long.',
    do: 'Correct the spelling in the record, then import again.',
  },

  // The class of issuance
  'class/lost': {
    cause: 'Class LOST is served at Disdukcapil by policy.',
    do: 'Hand out the guide paper: police loss letter and family card.',
  },
  'class/damaged': {
    cause: 'Class DAMAGED is served at Disdukcapil by policy.',
    do: 'Hand out the guide paper: old card and family card.',
  },
  'class/data-change': {
    cause: 'Class DATA_CHANGE is never printed at the sub-district.',
    do: 'Hand out the guide paper: family card and proof of the change.',
  },
  'class/moved-in': { cause: 'Class MOVED_IN is served at Disdukcapil by policy.', do: 'Hand out the guide paper.' },
  'class/foreigner': {
    cause: 'Class FOREIGNER_RENEWAL is served at Disdukcapil by policy.',
    do: 'Hand out the guide paper.',
  },
  'class/outside-domicile': {
    cause: 'Class OUTSIDE_DOMICILE is served at Disdukcapil by policy.',
    do: 'Hand out the guide paper.',
  },
  'class/other-city': {
    cause: 'The record belongs to a city that this kiosk does not serve.',
    do: 'Send the person to the home region.',
  },
  'class/no-policy': {
    cause: 'There is no policy row for this class and date.',
    do: 'Tell central: policy rows come with a new version of the program.',
  },

  // The right
  'right/already-issued': {
    cause: 'This print right has ended with an issued card.',
    do: 'If the person denies it, they press "I have not received it". Tell central the visit number.',
  },
  'right/at-other-kiosk': {
    cause: "Another kiosk holds this person's lease.",
    do: 'Settle it at that kiosk. If it is off, switch it on again: its entries are sent by themselves.',
  },
  'right/held': {
    cause: 'The card is finished and kept in this kiosk.',
    do: 'Two people hand over that very card after checking the identity, and record it with hand-over.',
  },
  'right/in-doubt': {
    cause: 'It is not proved whether the card left.',
    do: 'Find the card with two people, see waiting, settle it with hand-over or destroy.',
  },
  'right/not-usable': {
    cause: 'The print right cannot be used at present.',
    do: "Search the visit number on central's console and see the state of the right.",
  },
  'right/lease-invalid': {
    cause: 'Signature or content of the lease does not fit the request.',
    do: "Check the board's clock, and that enrolment.json is from this central. If it stays, tell central.",
  },
  'right/lease-expired': {
    cause: 'The lease arrived after it had expired.',
    do: "Check the board's clock and the speed of the link.",
  },
  'right/lease-not-asked': {
    cause: 'A lease came without an open request: late or replayed.',
    do: 'It is not printed. If it repeats, report it to central.',
  },
  'right/revoked': {
    cause: 'Central has revoked this print right, or the record is gone.',
    do: 'Ask central. The kiosk cannot change it.',
  },
  'right/lost': {
    cause: 'Central decided that the body of this card was not found.',
    do: 'Send the citizen to the office: the replacement is a card of the next generation.',
  },
  'right/needs-central': {
    cause:
      "This lease came before an unclean stop or before the board was switched off, or the printer's counter is not explained. It is used offline only after central has compared the journal.",
    do: 'Connect the kiosk to central once; after that the lease can be used again.',
  },
  'right/epoch-closed': {
    cause: "Central has closed this kiosk's epoch.",
    do: 'Do not print. Tell central.',
  },

  // Hand-over
  'handover/not-taken': {
    cause: 'The card was not taken and was pulled inside.',
    do: 'Two people hand over that very card after checking the identity (hand-over), or destroy it with a record (destroy).',
  },

  // Central and the wire to it
  'central/unreachable': {
    cause: 'Central does not answer.',
    do: "Check the site's network, then the broker address. The journal is safe and is sent later.",
  },
  'central/restoring': {
    cause: "Central's database was restored from a backup and the log of grants has not been applied in full.",
    do: 'Apply the grants log, or wait until every kiosk has reported, or close the epoch of a dead kiosk.',
  },
  'central/refused': {
    cause: "Central refused this kiosk's request.",
    do: "Read the code in central.log, then compare the kiosk's enrolment.",
  },
  'uplink/malformed': {
    cause: 'A message does not fit the contract.',
    do: 'Bring kiosk and central to matching versions, then send both logs.',
  },
  'uplink/oversize': {
    cause: 'A message is over the size limit.',
    do: 'Look for data that is too large, usually a portrait; match the versions of both sides.',
  },
  'uplink/wrong-version': { cause: 'The version of the message is not known.', do: 'Update the older side.' },
  'uplink/wrong-place': {
    cause: "A message came on another kiosk's topic.",
    do: "Check the kiosk id in the enrolment file; never copy a kiosk's disk.",
  },

  // The file drop
  'import/file': {
    cause: 'The import file is missing, cut short or no CSV.',
    do: 'Ask the sender for the whole file.',
  },
  'import/columns': {
    cause: 'A required column is missing.',
    do: 'Match the header row with an example from npm run population.',
  },
  'import/encoding': { cause: 'The file is not UTF-8.', do: 'Save it again as UTF-8.' },
  'import/bad-nik': {
    cause: 'The NIK in this row has an impossible structure.',
    do: 'Correct it at the source. A NIK is never changed here.',
  },
  'import/duplicate-nik': {
    cause: 'The same NIK appears twice in the file.',
    do: 'Choose the right row at the source.',
  },
  'import/missing-photo': {
    cause: 'The portrait file of this row is missing.',
    do: 'Add the JPEG with the name given in the row.',
  },
  'import/bad-photo': { cause: 'The portrait is no readable JPEG or is too small.', do: 'Send the portrait again.' },
  'import/unknown-status': {
    cause: 'The record status is not known.',
    do: 'Use one of the statuses in an example from npm run population.',
  },
  'import/unknown-class': {
    cause: 'The class of issuance is not known.',
    do: 'Use one of the 6 classes in an example from npm run population.',
  },
  'import/bad-date': {
    cause: 'The date does not exist or is written another way.',
    do: 'Write dates as year-month-day, for example 2026-11-23.',
  },
  'import/bad-field': {
    cause: 'A field is too long, empty or not known.',
    do: 'Correct the field named in the import report.',
  },
  'import/bad-fingers': {
    cause: 'A finger record of this row cannot be used. An officer identifies the person.',
    do: 'Send the finger records again, by ISO/IEC 19794-2.',
  },
  'import/no-signature': {
    cause: 'This row has no signature. The card is printed all the same.',
    do: 'Check whether the person really cannot sign.',
  },
  'import/nik-differs': {
    cause: 'Birth date or sex differs from the NIK. The row was accepted.',
    do: 'Check it at the source. The NIK is never changed.',
  },
} satisfies Record<ProblemCode, TechnicianWords>;
