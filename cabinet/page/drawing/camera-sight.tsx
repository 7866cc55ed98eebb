import type { CabinetView } from '../../view.ts';

/** The lens on the front, and what it sees. */
export function CameraSight({ view }: { view: CabinetView }) {
  const { held, covered, stalled, picture } = view.camera;
  const { powered, plugged } = view.devices.camera;
  const dark = !powered || !plugged;
  const words = dark
    ? 'camera is off'
    : stalled
      ? 'camera stalls'
      : covered
        ? 'lens covered'
        : held
          ? 'sees a code'
          : 'camera';
  return (
    <g class={dark || stalled || covered ? 'camera alarm' : 'camera'}>
      <path class="cone" d="M634 124 L690 62 L690 186 Z" />
      <rect class="housing" x="606" y="108" width="26" height="32" rx="6" />
      <circle class="lens" cx="630" cy="124" r="9" />
      <svg x="690" y="48" width="190" height="143">
        <title>What the camera sees</title>
        {dark ? <rect class="black" width="190" height="143" /> : <image href={picture} width="190" height="143" />}
      </svg>
      <rect class={stalled ? 'sight stalled' : 'sight'} x="690" y="48" width="190" height="143" rx="6" />
      <text class="label" x="690" y="40">
        {words}
      </text>
    </g>
  );
}
