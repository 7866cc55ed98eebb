/** Sheet 1.3: the code, how many bytes of parameters, and how many follow the confirmation code, in failure too. */
export const instructions = {
  GenImg: { code: 0x01, takes: 0, gives: 0 },
  Img2Tz: { code: 0x02, takes: 1, gives: 0 },
  Match: { code: 0x03, takes: 0, gives: 2 },
  Search: { code: 0x04, takes: 5, gives: 4 },
  RegModel: { code: 0x05, takes: 0, gives: 0 },
  Store: { code: 0x06, takes: 3, gives: 0 },
  LoadChar: { code: 0x07, takes: 3, gives: 0 },
  UpChar: { code: 0x08, takes: 1, gives: 0 },
  DownChar: { code: 0x09, takes: 1, gives: 0 },
  UpImage: { code: 0x0a, takes: 0, gives: 0 },
  DownImage: { code: 0x0b, takes: 0, gives: 0 },
  DeleteChar: { code: 0x0c, takes: 4, gives: 0 },
  Empty: { code: 0x0d, takes: 0, gives: 0 },
  SetSysPara: { code: 0x0e, takes: 2, gives: 0 },
  ReadSysPara: { code: 0x0f, takes: 0, gives: 16 },
  SetPwd: { code: 0x12, takes: 4, gives: 0 },
  VfyPwd: { code: 0x13, takes: 4, gives: 0 },
  GetRandomCode: { code: 0x14, takes: 0, gives: 4 },
  SetAddr: { code: 0x15, takes: 4, gives: 0 },
  ReadInfPage: { code: 0x16, takes: 0, gives: 0 },
  PortControl: { code: 0x17, takes: 1, gives: 0 }, // of modules with USB; its parameter is not verified
  WriteNotepad: { code: 0x18, takes: 33, gives: 0 },
  ReadNotepad: { code: 0x19, takes: 1, gives: 32 },
  HighSpeedSearch: { code: 0x1b, takes: 5, gives: 4 },
  TempleteNum: { code: 0x1d, takes: 0, gives: 2 },
  ReadIndexTable: { code: 0x1f, takes: 1, gives: 32 },
  GetImageEx: { code: 0x28, takes: 0, gives: 0 },
  Cancel: { code: 0x30, takes: 0, gives: 0 },
  AuraLedConfig: { code: 0x35, takes: 4, gives: 0 },
  CheckSensor: { code: 0x36, takes: 0, gives: 0 },
  GetAlgVer: { code: 0x39, takes: 0, gives: 32 }, // this length and the next one are not verified
  GetFwVer: { code: 0x3a, takes: 0, gives: 32 },
  ReadProdInfo: { code: 0x3c, takes: 0, gives: 46 },
  SoftRst: { code: 0x3d, takes: 0, gives: 0 },
  HandShake: { code: 0x40, takes: 0, gives: 0 },
  LedOn: { code: 0x50, takes: 0, gives: 0 }, // 50 to 53 are known from one driver each
  LedOff: { code: 0x51, takes: 0, gives: 0 },
  GetImageOnly: { code: 0x52, takes: 0, gives: 0 },
  GetEcho: { code: 0x53, takes: 0, gives: 0 },
} as const satisfies Record<string, { code: number; takes: number; gives: number }>;

export type Instruction = keyof typeof instructions;

/** Confirmation codes (sheet 1.4). */
export const codes = {
  ok: 0x00,
  badPacket: 0x01,
  noFinger: 0x02,
  captureFailed: 0x03,
  tooFewPoints: 0x07,
  noMatch: 0x08,
  notFound: 0x09,
  cannotCombine: 0x0a,
  pageOutOfRange: 0x0b,
  badTemplate: 0x0c,
  cannotSendTemplate: 0x0d,
  cannotReceive: 0x0e,
  cannotSendImage: 0x0f,
  cannotDelete: 0x10,
  wrongPassword: 0x13,
  noImage: 0x15,
  flashError: 0x18,
  undefinedError: 0x19,
  badRegister: 0x1a,
  badRegisterValue: 0x1b,
  badNotepadPage: 0x1c,
  portError: 0x1d,
  locked: 0x21,
  sensorBroken: 0x29,
  echo: 0x55,
  unsupported: 0xfc,
} as const;

const byCode = new Map<number, Instruction>(
  (Object.keys(instructions) as Instruction[]).map((name) => [instructions[name].code, name]),
);

export function instructionOf(code: number): Instruction | undefined {
  return byCode.get(code);
}
