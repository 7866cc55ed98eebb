/** Pin modes by their number on the wire (peripherals sheet D.5). */
export const modes = { input: 0, output: 1, analog: 2, pwm: 3, servo: 4, i2c: 6, pullUp: 0x0b } as const;

export const pinCount = 20;
export const portCount = 3;
const PWM_PINS = [3, 5, 6, 9, 10, 11];
const FIRST_ANALOG = 14;

/** The modes that an UNO offers at a pin, each with its resolution in bits. Pins 0 and 1 are the serial line: none. */
export function capabilitiesOf(pin: number): readonly (readonly [mode: number, bits: number])[] {
  if (pin < 2) return [];
  const digital = [[modes.input, 1] as const, [modes.output, 1] as const, [modes.pullUp, 1] as const];
  if (pin < FIRST_ANALOG) {
    return [...digital, ...(PWM_PINS.includes(pin) ? [[modes.pwm, 8] as const] : []), [modes.servo, 14] as const];
  }
  return [...digital, [modes.analog, 10] as const, ...(pin >= 18 ? [[modes.i2c, 1] as const] : [])];
}

/** Which analog channel is at a pin, if any. */
export function analogChannelOf(pin: number): number | undefined {
  return pin >= FIRST_ANALOG && pin < pinCount ? pin - FIRST_ANALOG : undefined;
}

/** What a pin does after power-up and after FF: StandardFirmata makes analog pins inputs and all others low outputs. */
export function modeAfterReset(pin: number): number {
  return analogChannelOf(pin) === undefined ? modes.output : modes.analog;
}
