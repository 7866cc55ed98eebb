import type { CabinetView } from '../../view.ts';

/** The scanner's glass on the front, and the finger that lies on it. */
export function Glass({ view }: { view: CabinetView }) {
  if (!view.platen) return null;
  const { finger } = view.platen;
  const { powered, plugged } = view.devices['fingerprint-scanner'];
  const isOff = !powered || !plugged;
  const words = isOff ? 'scanner is off' : finger ? `${finger.finger.replace('-', ' ')} on the glass` : 'glass';
  return (
    <g class={isOff ? 'glass alarm' : 'glass'}>
      <rect class={finger && !isOff ? 'platen lit' : 'platen'} x="606" y="350" width="16" height="36" rx="4" />
      {finger && <path class="fingertip" d="M690 358 H636 Q620 358 620 368 Q620 378 636 378 H690 Z" />}
      <text class="label" x="632" y="346">
        {words}
      </text>
    </g>
  );
}
