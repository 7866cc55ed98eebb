/** The slice of the physical world that the camera sees. */
export interface Scene {
  /** What is held before the lens, if anything: the text of a QR code, and how it is held. */
  readonly held: {
    text: string;
    as: 'paper' | 'phone' | 'cracked-phone' | 'dark-phone' | 'glare' | 'inverted' | 'folded';
  } | null;
  /** The lens is covered, or the sensor has stopped delivering frames. */
  readonly covered: boolean;
  readonly stalled: boolean;
}
