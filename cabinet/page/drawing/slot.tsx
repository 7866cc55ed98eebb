import type { CabinetView } from '../../view.ts';

/** The one way out: slot, shutter, and the lamp that shows where to look. */
export function Slot({ view }: { view: CabinetView }) {
  const { open, resting, stuck } = view.shutter;
  const words = stuck
    ? 'shutter stuck'
    : resting
      ? 'shutter rests on the card'
      : open
        ? 'shutter open'
        : 'shutter shut';
  return (
    <g class={`slot ${open ? 'open' : ''} ${stuck || resting ? 'alarm' : ''}`}>
      <rect class="opening" x="606" y="262" width="16" height="58" rx="3" />
      <rect class="shutter" x="609" y={open ? 214 : 264} width="10" height="54" rx="3" />
      <g class={`lamp slot-lamp ${view.lamps.slot ? 'lit' : ''}`}>
        <circle class="halo" cx="636" cy="246" r="14" />
        <circle class="bulb" cx="636" cy="246" r="7" />
      </g>
      <text class="label" x="650" y="242">
        {words}
      </text>
      {view.beeping && (
        <text class="label" x="650" y="256">
          beep
        </text>
      )}
    </g>
  );
}
