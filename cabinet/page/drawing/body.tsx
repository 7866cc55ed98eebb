import type { CabinetView } from '../../view.ts';

/** Walls, door and the lamps on the front. */
export function Body({ view }: { view: CabinetView }) {
  return (
    <g>
      <ellipse class="shadow" cx="345" cy="540" rx="330" ry="12" />
      <rect class="wall" x="70" y="20" width="550" height="515" rx="18" />
      <rect class="hollow" x="82" y="78" width="526" height="445" rx="8" />
      <rect class="shelf" x="82" y="372" width="526" height="6" />
      <text class="brand" x="100" y="56">
        ANJUNGAN
      </text>
      <text class="brand-small" x="222" y="56">
        ambil KTP di sini · gratis
      </text>
      <Lamps view={view} />
      <Door open={!view.doorClosed} />
    </g>
  );
}

const lamps = [
  { lamp: 'ready', x: 425, label: 'ready' },
  { lamp: 'call', x: 500, label: 'officer' },
  { lamp: 'trouble', x: 575, label: 'trouble' },
] as const;

function Lamps({ view }: { view: CabinetView }) {
  return (
    <g>
      {lamps.map(({ lamp, x, label }) => (
        <g key={lamp} class={`lamp ${lamp} ${view.lamps[lamp] ? 'lit' : ''}`}>
          <circle class="halo" cx={x} cy="43" r="17" />
          <circle class="bulb" cx={x} cy="43" r="10" />
          <text class="lamp-label" x={x} y="70">
            {label}
          </text>
        </g>
      ))}
    </g>
  );
}

/** The staff's door is at the back, left in the drawing. */
function Door({ open }: { open: boolean }) {
  return (
    <g class={`door ${open ? 'open' : ''}`}>
      <path class="door-leaf" d={open ? 'M72 90 L18 62 L18 548 L72 510 Z' : 'M64 90 L72 90 L72 510 L64 510 Z'} />
      {open && <circle class="door-knob" cx="27" cy="305" r="4" />}
      <text class="tiny" x={open ? 10 : 60} y={open ? 52 : 84} text-anchor={open ? 'start' : 'end'}>
        {open ? 'door open' : 'door'}
      </text>
    </g>
  );
}
