import type { CabinetView } from '../../view.ts';

type Plug = CabinetView['devices'][keyof CabinetView['devices']];

/** Says at a machine that its switch is off or its cable out; nothing where both are as they should be. */
export function Unplugged({ device, x, y }: { device: Plug; x: number; y: number }) {
  const words = device.switchedOn ? (device.plugged ? '' : 'cable is out') : 'switched off';
  return (
    <text class="warn-text" x={x} y={y} text-anchor="end">
      {words}
    </text>
  );
}
