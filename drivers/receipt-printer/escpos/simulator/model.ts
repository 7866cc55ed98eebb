/** What one printer has and another lacks. */
export interface EscPosModel {
  /** What GS I 67 says. */
  name: string;
  /** Without this sensor "near end" is never reported, as with a real printer that was bought without it. */
  nearEndSensor: boolean;
  /** Clones exist that answer nothing but DLE EOT 4 (sheet B.2), and others that lack only automatic status. */
  answers: 'all' | 'no-asb' | 'dle-eot-4-only';
  /** Receive buffer. A full one stops reading from the link until there is room. */
  bufferBytes: number;
}

export const fullModel: EscPosModel = { name: 'SIM-80', nearEndSensor: true, answers: 'all', bufferBytes: 65_536 };

/** Paper speed and the time of a cut; null = at once. */
export type EscPosPacing = { mmPerSecond: number; cutMs: number } | null;
export const realPacing: EscPosPacing = { mmPerSecond: 150, cutMs: 300 };
