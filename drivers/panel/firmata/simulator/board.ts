import { type HostMessage, say } from './messages.ts';
import type { PanelWiring, PinMap } from './panel-wiring.ts';
import { analogChannelOf, capabilitiesOf, modeAfterReset, modes, pinCount, portCount } from './uno.ts';

/** All that the chip remembers, as plain data. */
export interface Chip {
  pins: { mode: number; value: number }[];
  reportedPorts: boolean[];
  lastReported: number[];
  reportedChannels: boolean[];
  samplingMs: number;
}

export type Levels = Pick<PanelWiring, 'cardAtExit' | 'shutterClosed' | 'doorClosed' | 'mainsPresent'>;

export const firmwareName = 'AnjunganPanel.ino';

export function freshChip(): Chip {
  return {
    pins: Array.from({ length: pinCount }, (_, pin) => ({ mode: modeAfterReset(pin), value: 0 })),
    reportedPorts: Array.from({ length: portCount }, () => false),
    lastReported: Array.from({ length: portCount }, () => -1),
    reportedChannels: Array.from({ length: pinCount }, () => false),
    samplingMs: 19,
  };
}

/** Obeys one message; returns what the board answers at once. */
export function obey(chip: Chip, message: HostMessage, levels: Levels, map: PinMap): Uint8Array[] {
  switch (message.is) {
    case 'version?':
      return [say.version()];
    case 'firmware?':
      return [say.firmware(firmwareName)];
    case 'capabilities?':
      return [say.capabilities(everyPin(capabilitiesOf))];
    case 'analog-map?':
      return [say.analogMap(everyPin(analogChannelOf))];
    case 'pin-state?':
      return pinState(chip, message.pin);
    case 'report-port':
      return reportPort(chip, message.port, message.on, levels, map);
    case 'unknown':
      return [];
    default:
      change(chip, message);
      return [];
  }
}

type Change = Extract<
  HostMessage,
  { is: 'reset' | 'pin-mode' | 'pin-value' | 'port-value' | 'analog-value' | 'report-analog' | 'sampling' }
>;

function change(chip: Chip, message: Change): void {
  switch (message.is) {
    case 'reset':
      Object.assign(chip, freshChip());
      return;
    case 'pin-mode':
      setMode(chip, message.pin, message.mode);
      return;
    case 'pin-value':
      writePin(chip, message.pin, message.value ? 1 : 0);
      return;
    case 'port-value':
      for (let bit = 0; bit < 8; bit += 1) writePin(chip, message.port * 8 + bit, (message.bits >> bit) & 1);
      return;
    case 'analog-value':
      writePwm(chip, message.pin, message.value);
      return;
    case 'report-analog':
      if (message.channel < chip.reportedChannels.length) chip.reportedChannels[message.channel] = message.on;
      return;
    case 'sampling':
      chip.samplingMs = Math.max(1, message.everyMs);
      return;
    default:
      message satisfies never;
  }
}

function setMode(chip: Chip, pin: number, mode: number): void {
  const state = chip.pins[pin];
  if (!state || !capabilitiesOf(pin).some(([offered]) => offered === mode)) return;
  state.mode = mode;
  state.value = mode === modes.pullUp ? 1 : 0;
}

/** Hosts write whole ports, so a pin takes only what its mode allows; a 1 to an input switches its pull-up on. */
function writePin(chip: Chip, pin: number, value: number): void {
  const state = chip.pins[pin];
  if (!state || capabilitiesOf(pin).length === 0) return;
  if (state.mode === modes.input && value === 1) state.mode = modes.pullUp;
  if (state.mode === modes.output || state.mode === modes.pullUp) state.value = value;
}

function writePwm(chip: Chip, pin: number, value: number): void {
  const state = chip.pins[pin];
  if (state && (state.mode === modes.pwm || state.mode === modes.servo)) state.value = value;
}

function pinState(chip: Chip, pin: number): Uint8Array[] {
  const state = chip.pins[pin];
  return state ? [say.pinState(pin, state.mode, state.value)] : [];
}

function reportPort(chip: Chip, port: number, on: boolean, levels: Levels, map: PinMap): Uint8Array[] {
  if (port >= portCount) return [];
  chip.reportedPorts[port] = on;
  if (!on) return [];
  chip.lastReported[port] = -1; // switching on sends the level at once, changed or not (protocol 2.4 and later)
  return changedPorts(chip, levels, map);
}

/** The reports of all ports whose level is another one than last said. */
export function changedPorts(chip: Chip, levels: Levels, map: PinMap): Uint8Array[] {
  return chip.reportedPorts.flatMap((on, port) => {
    const bits = on ? portBits(chip, port, levels, map) : -1;
    if (!on || bits === chip.lastReported[port]) return [];
    chip.lastReported[port] = bits;
    return [say.port(port, bits)];
  });
}

function portBits(chip: Chip, port: number, levels: Levels, map: PinMap): number {
  let bits = 0;
  for (let bit = 0; bit < 8; bit += 1) if (pinReads(chip, port * 8 + bit, levels, map)) bits |= 1 << bit;
  return bits;
}

/** A sensor drives its pin high while what its name says is true; an open pin follows its pull-up. */
function pinReads(chip: Chip, pin: number, levels: Levels, { sensors }: PinMap): boolean {
  const mode = chip.pins[pin]?.mode;
  if (mode !== modes.input && mode !== modes.pullUp) return false;
  for (const [name, at] of Object.entries(sensors)) if (at === pin) return levels[name as keyof Levels];
  return mode === modes.pullUp;
}

/** Whether a pin pushes current into what is soldered to it. */
export function isDriven(chip: Chip, pin: number): boolean {
  const state = chip.pins[pin];
  return state !== undefined && (state.mode === modes.output || state.mode === modes.pwm) && state.value > 0;
}

function everyPin<T>(of: (pin: number) => T): T[] {
  return Array.from({ length: pinCount }, (_, pin) => of(pin));
}
