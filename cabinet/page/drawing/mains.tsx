import type { CabinetView } from '../../view.ts';

/** The plug at the wall, and the small battery that carries board and screen for a while. */
export function Mains({ view }: { view: CabinetView }) {
  const { mains } = view;
  return (
    <g class={mains ? 'mains' : 'mains alarm'}>
      <path class="cable" d={mains ? 'M76 506 C50 506 44 524 10 524' : 'M76 506 C56 506 56 540 40 546'} />
      <rect class="wall-socket" x="0" y="510" width="12" height="28" rx="3" />
      <rect class="battery" x="104" y="470" width="60" height="34" rx="6" />
      <rect class="battery-nose" x="164" y="480" width="5" height="14" rx="2" />
      <text class="tiny light" x="134" y="491" text-anchor="middle">
        {mains ? 'charged' : 'in use'}
      </text>
      <text class="label" x="104" y="462">
        {mains ? 'mains on' : 'mains cut'}
      </text>
    </g>
  );
}
