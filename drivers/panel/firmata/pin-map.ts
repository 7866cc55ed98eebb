import type { Lamp } from '../panel.ts';

export const sensorNames = ['cardAtExit', 'shutterClosed', 'doorClosed', 'mainsPresent'] as const;
export type SensorName = (typeof sensorNames)[number];

/** What the pins of the I/O board are soldered to; from the cabinet file. A sensor pin is high while its name is true. */
export interface PinMap {
  lamps: Record<Lamp, number>;
  beeper: number;
  /** High = pull the shutter open; low or unpowered = it falls shut. */
  shutterMotor: number;
  sensors: Record<SensorName, number>;
}

export const outputPins = ({ lamps, beeper, shutterMotor }: PinMap): number[] => [
  shutterMotor,
  beeper,
  ...Object.values(lamps),
];

/** One pin of each port that has sensors: a port reports all its pins together. (Sheet D.5) */
export function onePinPerPort({ sensors }: PinMap): number[] {
  return [...new Map(Object.values(sensors).map((pin) => [pin >> 3, pin])).values()];
}
