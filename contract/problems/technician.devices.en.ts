import type { TechnicianWords } from './technician.words.ts';

/** Cause and remedy for faults of the cabinet and the kiosk program, in English. */
export const deviceWords = {
  // The wire to a device
  'link/unreachable': {
    cause: 'The cable is out, the device is off, or the address in the cabinet file is wrong.',
    do: 'Check cable and power, then compare the address in the cabinet file.',
  },
  'link/lost': {
    cause: 'The connection to the device broke while in use.',
    do: 'Check cable and plugs. It reopens by itself; if it breaks again, replace the cable.',
  },
  'device/protocol': {
    cause: 'The device answered with bytes that the driver does not know.',
    do: 'Compare the model with the cabinet file, then restart the device. If it stays, send the kiosk log to central.',
  },
  'device/wrong-model': {
    cause: 'The attached device is not the model named in the cabinet file.',
    do: 'Attach the model that the cabinet file names.',
  },

  // Card printer
  'card-printer/unreachable': {
    cause: 'The card printer does not answer: off, USB cable out, or still starting.',
    do: 'Wait 1 minute, check the printer lamp and the USB cable, then power it on again.',
  },
  'card-printer/feeder-empty': {
    cause: 'The feeder is empty by its sensor.',
    do: 'Load cards with two people: fan them first, count them, record them with the command load.',
  },
  'card-printer/feed-failed': {
    cause: 'Cards stick together, the guide is too tight, or the feed roller is worn.',
    do: 'Fan the cards, set the guide, clean the roller. If it repeats, replace the feed roller.',
  },
  'card-printer/ribbon-ended': {
    cause: 'The ribbon has ended, perhaps in the middle of a card.',
    do: 'Change the ribbon with two people. The old one goes into a numbered bag: it shows faces.',
  },
  'card-printer/ribbon-missing': {
    cause: 'The ribbon is not in, of another type, or the ribbon sensor is dirty.',
    do: 'Fit a YMCKO ribbon until it clicks, then wipe the ribbon sensor.',
  },
  'card-printer/jam': {
    cause: 'A card is stuck in the print path.',
    do: 'Open the cover with two people and take the card out. If waiting lists its visit, settle it with destroy.',
  },
  'card-printer/cover-open': {
    cause: 'The printer cover is open or its switch is broken.',
    do: 'Close it until it clicks. If it still reads open, check the cover switch.',
  },
  'card-printer/reject-box-full': {
    cause: 'The reject box is full.',
    do: 'Empty it with two people, count by kind, record the counts with empty-box.',
  },
  'card-printer/cleaning-due': {
    cause: 'The printer has reached its cleaning count.',
    do: 'Run a cleaning card, then wipe the print head and the rollers.',
  },
  'card-printer/cooling': {
    cause: 'The print head is hot; the printer pauses until it has cooled.',
    do: 'Wait. If it happens often, clear the cabinet air path and clean the fan filter.',
  },
  'card-printer/move-failed': {
    cause: 'The card did not reach the commanded position.',
    do: 'See where the card is, clean the rollers, restart the printer. If it repeats, replace the rollers.',
  },
  'card-printer/card-not-expected': {
    cause: 'A card is inside although no job is running.',
    do: 'Restart the printer: the program moves that card to the reject box. If it stays, take it out with two people and tell central.',
  },
  'card-printer/hardware': {
    cause: 'The printer reports a fault of its own.',
    do: 'Read the cause in the kiosk log and restart it once. If it stays, swap the printer.',
  },
  'card-printer/outcome-unknown': {
    cause: 'The connection was lost when ink may already have flowed.',
    do: 'Do not reprint. Find the card with two people, see waiting, settle it with hand-over or destroy.',
  },
  'card-printer/card-spoiled': {
    cause: 'This print was spoiled and lies in the reject box.',
    do: 'Nothing to do. If it happens often, check the ribbon and whether the cards are clean.',
  },
  'card-printer/spoiled-twice': {
    cause: '2 prints in a row were spoiled.',
    do: 'Check ribbon sensor, print head and the cards of that carton, then type printer-seen.',
  },

  // Receipt printer
  'receipt-printer/unreachable': {
    cause: 'The receipt printer is off or its cable is out.',
    do: 'Check power and cable. Owed papers are printed with print-owed.',
  },
  'receipt-printer/paper-out': {
    cause: 'The paper roll has ended.',
    do: 'Fit a new roll, the heat-sensitive side towards the print head.',
  },
  'receipt-printer/cover-open': { cause: 'The cover of the receipt printer is open.', do: 'Close it until it clicks.' },
  'receipt-printer/cutter': {
    cause: 'The cutter is stuck.',
    do: 'Switch off, clear torn paper from the blade, switch on. If it repeats, replace the cutter.',
  },
  'receipt-printer/hardware': {
    cause: 'The receipt printer reports a fault of its own.',
    do: 'Restart it once. If it stays, swap the receipt printer.',
  },

  // Camera
  'camera/unreachable': {
    cause: 'The camera is not found or another program uses it.',
    do: 'Check the camera cable at both ends, then restart the board.',
  },
  'camera/stalled': {
    cause: 'Pictures stopped coming from the camera.',
    do: 'It reopens by itself. If it happens often, replace the camera cable and check the board heat.',
  },

  // Fingerprint scanner
  'fingerprint-scanner/unreachable': {
    cause: 'The fingerprint scanner is not found.',
    do: 'Check its cable at both ends. Officers identify people meanwhile.',
  },
  'fingerprint-scanner/no-answer': {
    cause: 'The scanner answers late, not at all, or with bytes that fit no question.',
    do: 'It is asked again and reopened by itself. If it happens often, replace the cable and check the speed of the port.',
  },
  'fingerprint-scanner/locked': {
    cause: 'The scanner asks for a password that this kiosk does not know.',
    do: 'Write its password into the cabinet file, or swap the scanner.',
  },
  'fingerprint-scanner/hardware': {
    cause: 'The scanner reports a fault of its sensor.',
    do: 'Clean the glass, restart it once. If it stays, swap the scanner.',
  },
  'fingerprint-scanner/no-finger': { cause: 'No finger was placed in time.', do: 'Nothing to mend.' },
  'fingerprint-scanner/repeated-image': {
    cause: 'The scanner gave the same picture twice, to the last dot.',
    do: 'Clean the glass. If it repeats, the cable or the scanner was tampered with: look, and swap it.',
  },

  // Panel
  'panel/unreachable': {
    cause: 'The I/O board does not answer.',
    do: 'Check the USB cable of the I/O board; flash the Firmata firmware again if needed.',
  },
  'panel/sensor-silent': {
    cause: 'A sensor has not reported for 2 seconds, so its value is unknown.',
    do: 'Check the sensor cable and the I/O board. Printing stays closed until it is back.',
  },
  'panel/shutter-stuck': {
    cause: 'The shutter did not reach the end of its travel.',
    do: 'Look for a card or a foreign object in the slot, then check motor and sensor. Once free, the kiosk recovers by itself.',
  },
  'panel/door-open': {
    cause: 'The cabinet door is open.',
    do: 'Close and lock it. If nobody opened it, report to central now.',
  },
  'panel/mains-lost': {
    cause: 'Mains power is out; the cabinet runs on its battery.',
    do: 'Wait for power. If only the cabinet is dark, check the socket and the fuse.',
  },
  'panel/exit-not-empty': {
    cause: 'The exit sensor sees a card where there should be none.',
    do: 'Take it out with two people and wipe the sensor. A card: find its visit in waiting. A foreign object: tell central.',
  },

  // The kiosk itself
  'kiosk/starting': {
    cause: 'The program has just started and checks its last job.',
    do: 'Wait. If it takes more than 2 minutes, read the kiosk log.',
  },
  'kiosk/no-blanko': {
    cause: 'The books show no card left in the machine.',
    do: 'Load cards with two people and record them with load. If there are cards, count them with count-hopper.',
  },
  'kiosk/day-limit': {
    cause: "Today's printing limit is reached.",
    do: 'Nothing is broken: the limit keeps the printer cool. It opens again by itself tomorrow.',
  },
  'kiosk/closed': {
    cause: 'The kiosk could not print when the visit began.',
    do: "Read the cause on the welcome screen, on central's console or in the kiosk log.",
  },
  'kiosk/not-enrolled': {
    cause: 'The kiosk is not registered at central.',
    do: "Central registers it with register-kiosk; put enrolment.json into the kiosk's state folder.",
  },
  'kiosk/store-failed': {
    cause: 'A write to storage failed; the program stopped so that nothing is lost.',
    do: 'Replace the storage card. Keep the old one: it is evidence.',
  },
  'kiosk/store-in-use': {
    cause: 'Another controller already holds this database.',
    do: 'Stop the other copy. Only 1 controller per cabinet.',
  },
  'kiosk/journal-fork': {
    cause: "The kiosk journal differs from central's, for example after an older disk was put in.",
    do: 'Do not print. Keep this disk as it is and tell central.',
  },
  'kiosk/journal-damaged': {
    cause:
      "The kiosk's journal file is damaged. It is kept as it is; the kiosk does not begin again with an empty one.",
    do: 'Keep the storage card as evidence. Ask central for a new epoch (central open-epoch), put that enrolment file into the state folder, then two people count.',
  },
  'kiosk/disk-full': {
    cause: 'The space for the journal is used up. The kiosk stops printing rather than forget.',
    do: 'Free space outside the state folder, or put in a larger storage card. Never delete a journal.',
  },
  'kiosk/not-counted': {
    cause: 'A new epoch has begun and nobody has counted what is in the machine.',
    do: 'Two people count hopper and reject box and book it with: npm run kiosk -- opening-count.',
  },
  'kiosk/counter-unexplained': {
    cause:
      "The printer's counter moved further than the journal explains: a test card, a double feed, or use of the printer elsewhere.",
    do: 'Two people count hopper and reject box, then explain the difference with a document: npm run kiosk -- explain. Until then the kiosk does not print without central.',
  },
  'kiosk/training': {
    cause: 'Training mode is on: only SPECIMEN blanks are printed, and no citizen is served.',
    do: 'After training two people take the SPECIMEN blanks out and turn it off: npm run kiosk -- training off.',
  },
  'kiosk/folder-unwritable': {
    cause: 'The state folder cannot be written.',
    do: 'Mend owner and permissions of the state folder, then check the free disk space.',
  },
  'kiosk/port-taken': {
    cause: "Another program already uses the screen's port.",
    do: 'Stop that program, or choose another port.',
  },
  'kiosk/cabinet-file': {
    cause: 'The cabinet file is missing or has a mistake.',
    do: "Compare it with the example in the technician's handbook, mend it, then start the program again.",
  },
  'kiosk/font-missing': {
    cause: 'The fonts for the card are missing; prints would show boxes.',
    do: 'Delete the folder node_modules and run npm start: the fonts come back. Printing stays closed until the font test passes.',
  },
} satisfies Record<string, TechnicianWords>;
