import type { Handler } from './answer.ts';
import { long, u16, u32 } from './frames.ts';
import { codes, type Instruction } from './instructions.ts';
import { type Module, notepadPageBytes, notepadPages, statusBits } from './module.ts';

const ok: Handler = () => ({ code: codes.ok });
const infoPageBytes = 512;

export const settingHandlers = {
  ReadSysPara: (module) => ({ code: codes.ok, extra: parameters(module) }),

  SetSysPara({ flash, personality }, [register = 0, value = 0]) {
    const inRange: Record<number, boolean> = {
      4: personality.baudNs.includes(value),
      5: value >= 1 && value <= 5,
      6: value <= 3,
    };
    if (inRange[register] === undefined) return { code: codes.badRegister };
    if (!inRange[register]) return { code: codes.badRegisterValue };
    flash[registers[register as keyof typeof registers]] = value;
    return { code: codes.ok };
  },

  /** That whoever sets a password need not say it before the next power-up is not verified. */
  SetPwd(module, password) {
    module.flash.password = long(password, 0);
    module.ram.verified = true;
    return { code: codes.ok };
  },

  VfyPwd(module, password) {
    module.ram.verified = module.flash.password === long(password, 0);
    return { code: module.ram.verified ? codes.ok : codes.wrongPassword };
  },

  GetRandomCode: ({ random }) => ({ code: codes.ok, extra: random.bytes(4) }),

  /** The acknowledgement carries the new address already (sheet 1.3). */
  SetAddr({ flash }, address) {
    flash.address = long(address, 0);
    return { code: codes.ok };
  },

  /** Only its length is known: what stands after the parameters is not verified. */
  ReadInfPage(module) {
    const page = new Uint8Array(infoPageBytes);
    page.set(parameters(module));
    return { code: codes.ok, data: page };
  },

  /** One client library takes it for a handshake: off and on are both done. */
  PortControl: (_, [control = 0]) => ({ code: control <= 1 ? codes.ok : codes.portError }),

  WriteNotepad({ flash }, [page = 0, ...text]) {
    if (page >= notepadPages) return { code: codes.badNotepadPage };
    flash.notepad.set(text, page * notepadPageBytes);
    return { code: codes.ok };
  },

  ReadNotepad({ flash }, [page = 0]) {
    if (page >= notepadPages) return { code: codes.badNotepadPage };
    return { code: codes.ok, extra: flash.notepad.slice(page * notepadPageBytes, (page + 1) * notepadPageBytes) };
  },

  AuraLedConfig({ ram }, [control = 0, speed = 0, colour = 0, count = 0]) {
    ram.led = { control, speed, colour, count };
    return { code: codes.ok };
  },

  LedOn({ ram }) {
    ram.led = { ...ram.led, control: 3 };
    return { code: codes.ok };
  },

  LedOff({ ram }) {
    ram.led = { ...ram.led, control: 4 };
    return { code: codes.ok };
  },

  GetAlgVer: () => ({ code: codes.ok, extra: text('simulated', 32) }),
  GetFwVer: () => ({ code: codes.ok, extra: text('simulated', 32) }),
  ReadProdInfo: ({ personality }) => ({
    code: codes.ok,
    extra: [
      ...[...text(personality.model, 16), ...text('0001', 4), ...text('00000001', 8), 1, 0],
      ...[...text(personality.model, 8), ...u16(personality.widthPx), ...u16(personality.heightPx)],
      ...[...u16(personality.templateBytes), ...u16(personality.capacity)],
    ],
  }),

  SoftRst: () => ({ code: codes.ok, afterwards: 'restart' }),
  HandShake: ok,
  Cancel: ok,
  GetEcho: () => ({ code: codes.echo }),
} as const satisfies Partial<Record<Instruction, Handler>>;

const registers = { 4: 'baudN', 5: 'security', 6: 'chunkCode' } as const;

/** The 16 bytes of ReadSysPara (sheet 1.5). That the stored speed is told, and not the one in use, is not verified. */
function parameters(module: Module): number[] {
  const { flash, personality } = module;
  return [
    ...[...u16(statusBits(module)), ...u16(personality.systemId), ...u16(personality.capacity), ...u16(flash.security)],
    ...[...u32(flash.address), ...u16(flash.chunkCode), ...u16(flash.baudN)],
  ];
}

function text(words: string, bytes: number): Uint8Array {
  return Uint8Array.from({ length: bytes }, (_, i) => words.charCodeAt(i) || 0);
}
