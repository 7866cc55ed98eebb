import { codes, type Instruction } from './instructions.ts';

/** What one kind of module is and has. Where a comment says so, the sheet does not verify the figure. */
export interface ZfmPersonality {
  model: string;
  widthPx: number;
  heightPx: number;
  /** The sheet (1.6, 8) verifies no true dpi: what sellers say. */
  dpi: number;
  bootMs: number;
  /** A raw byte, in no frame, that ends the boot. */
  bootByte: number | null;
  /** How long a picture and its features take, of the seller's figures (sheet 1.6). */
  captureMs: number;
  featuresMs: number;
  baudNs: readonly number[];
  /** When a new baud rate is used: manuals say at the next power-up; a host has to try both (sheet 1.5). */
  newBaud: 'at-once' | 'at-power-up';
  systemId: number;
  charBuffers: number;
  templateBytes: number;
  /** Fingers in the library. Differs from lot to lot: real replies say 80 and 500. */
  capacity: number;
  instructions: readonly Instruction[];
  /** What it says to an instruction it does not have. Not verified for ZFM-20 and R308: a driver must bear anything. */
  toUnknown: number | 'silence';
  /** Instructions that are there, and are never answered. */
  silentAt: readonly Instruction[];
}

const manualOfZfm: readonly Instruction[] = [
  ...([
    'GenImg',
    'Img2Tz',
    'Match',
    'Search',
    'RegModel',
    'Store',
    'LoadChar',
    'UpChar',
    'DownChar',
    'UpImage',
  ] as const),
  ...(['DeleteChar', 'Empty', 'SetSysPara', 'ReadSysPara', 'SetPwd', 'VfyPwd', 'GetRandomCode', 'SetAddr'] as const),
  ...(['ReadInfPage', 'WriteNotepad', 'ReadNotepad', 'TempleteNum', 'ReadIndexTable'] as const),
];
/** Known from drivers alone (sheet 1.3): the port, high-speed search, the lamp, a picture without it, the old handshake. */
const fromDrivers: readonly Instruction[] = [
  'PortControl',
  'HighSpeedSearch',
  'LedOn',
  'LedOff',
  'GetImageOnly',
  'GetEcho',
];
const ofR503: readonly Instruction[] = [
  ...(['GetImageEx', 'Cancel', 'AuraLedConfig', 'CheckSensor', 'GetAlgVer', 'GetFwVer', 'ReadProdInfo'] as const),
  ...(['SoftRst', 'HandShake'] as const),
];

const zfm20: ZfmPersonality = {
  ...{ model: 'ZFM-20', widthPx: 256, heightPx: 288, dpi: 500 },
  ...{ bootMs: 500, bootByte: null, captureMs: 400, featuresMs: 400 },
  ...{ baudNs: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], newBaud: 'at-power-up', systemId: 0 },
  ...{ charBuffers: 2, templateBytes: 512, capacity: 200 },
  instructions: [...manualOfZfm, 'DownImage', ...fromDrivers],
  toUnknown: codes.undefinedError,
  silentAt: [],
};

export const personalities = {
  zfm20,
  /** Templates of 1,536 bytes and a library of 200 are not verified. */
  r503: {
    ...{ model: 'R503', widthPx: 192, heightPx: 192, dpi: 508 },
    ...{ bootMs: 50, bootByte: 0x55, captureMs: 200, featuresMs: 400 },
    ...{ baudNs: [1, 2, 4, 6, 12], newBaud: 'at-power-up', systemId: 9 },
    ...{ charBuffers: 6, templateBytes: 1536, capacity: 200 },
    instructions: [...manualOfZfm, 'DownImage', ...ofR503],
    toUnknown: codes.unsupported,
    silentAt: [],
  },
  /** Like a ZFM-20 that keeps its parameters to itself and takes no picture in. Boot time not verified. */
  r308: {
    ...{ ...zfm20, model: 'R308', bootMs: 250 },
    instructions: [...manualOfZfm, ...fromDrivers],
    silentAt: ['ReadSysPara'],
  },
} as const satisfies Record<string, ZfmPersonality>;

export type PersonalityName = keyof typeof personalities;
