/** What a person can say by touching the screen. */
export { isTapRequest } from './taps.generated.ts';
export type { TapBody as Tap, TapRequest } from './taps.schema.ts';
