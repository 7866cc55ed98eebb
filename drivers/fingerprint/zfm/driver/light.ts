const [BREATHE, ON, OFF] = [1, 3, 4];
const [BLUE, GREEN] = [2, 4];
const SPEED = 0x80;
const FOR_EVER = 0;

/**
 * What the ring of an R503 says, as parameters of AuraLedConfig: control, speed, colour, count. (Sheet 1.3) Not verified:
 * green is a colour of newer firmware only; an older one refuses it and stays blue.
 */
export const lights = {
  waiting: [BREATHE, SPEED, BLUE, FOR_EVER],
  done: [ON, SPEED, GREEN, FOR_EVER],
  off: [OFF, SPEED, BLUE, FOR_EVER],
} as const satisfies Record<string, readonly number[]>;
export type Light = keyof typeof lights;
