import type { CabinetView } from '../../view.ts';
import type { Device } from '../../world/plain.ts';
import type { Do } from '../world.ts';
import { Act, Group, Toggle } from './parts.tsx';

/** What goes wrong, one switch each; switching it back mends it. */
export function Accidents({ view, act }: { view: CabinetView; act: Do }) {
  return (
    <Group title="Trouble (gangguan)" note="Let something go wrong, also in the middle of a card.">
      <div class="acts three">
        <Act does={() => act('jamCard')}>Jam a card</Act>
        <Act does={() => act('endRibbon')} off={!view.ribbon?.prints} why="It has ended; the operator changes it">
          End ribbon
        </Act>
        <Act does={() => act('endPaper')} off={view.receipt.leftShare === 0} why="It is out; the operator loads a roll">
          End paper
        </Act>
      </div>
      <div class="toggles">
        <Toggle label="Mains cut" on={!view.mains} does={(on) => act(on ? 'cutMains' : 'restoreMains')} />
        <Toggle label="Feeder jammed" on={view.feeder.jammed} does={(on) => act(on ? 'jam' : 'freeFeeder')} />
        <Toggle label="Shutter stuck" on={view.shutter.stuck} does={(on) => act(on ? 'wedgeShutter' : 'freeShutter')} />
        <Toggle
          label="Cutter blocked"
          on={view.receipt.cutterBlocked}
          does={(on) => act(on ? 'blockCutter' : 'freeCutter')}
        />
        <Toggle
          label="Camera stalls"
          on={view.camera.stalled}
          does={(on) => act(on ? 'stallCamera' : 'restartCamera')}
        />
        <Toggle
          label="Lens covered"
          on={view.camera.covered}
          does={(on) => act(on ? 'coverCamera' : 'uncoverCamera')}
        />
      </div>
      <Plugs view={view} act={act} />
    </Group>
  );
}

const names: [Device, string][] = [
  ['card-printer', 'Card printer'],
  ['receipt-printer', 'Receipt printer'],
  ['panel', 'I/O board'],
  ['camera', 'Camera'],
  ['fingerprint-scanner', 'Fingerprint scanner'],
];

/** The cable and the switch of each device; the dot is green while the controller holds its wire. */
function Plugs({ view, act }: { view: CabinetView; act: Do }) {
  return (
    <table class="plugs">
      <tbody>
        {names
          .filter(([device]) => device !== 'fingerprint-scanner' || view.platen)
          .map(([device, name]) => {
            const { plugged, switchedOn, powered, connected } = view.devices[device];
            return (
              <tr key={device}>
                <th scope="row">
                  <span class={`dot ${connected ? 'on' : ''}`} title={connected ? 'in use' : 'no host'} /> {name}
                </th>
                <td>
                  <Toggle label="cable" on={plugged} does={(on) => act(on ? 'replug' : 'unplug', { device })} />
                </td>
                <td>
                  <Toggle
                    label="power"
                    on={switchedOn}
                    does={(on) => act(on ? 'switchOn' : 'switchOff', { device })}
                    {...(switchedOn && !powered && { hint: 'switched on, but the mains are cut' })}
                  />
                </td>
              </tr>
            );
          })}
      </tbody>
    </table>
  );
}
