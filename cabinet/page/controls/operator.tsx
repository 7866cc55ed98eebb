import type { CabinetView } from '../../view.ts';
import type { Do } from '../world.ts';
import { Act, Group, Toggle } from './parts.tsx';

/** What the staff of the office do, with the door open in life; here the hand reaches everything. */
export function OperatorControls({ view, act }: { view: CabinetView; act: Do }) {
  const full = view.feeder.cards >= view.feeder.capacity;
  return (
    <Group title="Operator (petugas)" note={`${view.safe} blank cards (blanko) are in the office's safe.`}>
      <div class="acts">
        <Act
          does={() => act('loadHopper', { count: 50 })}
          off={full || view.safe === 0}
          why="Full, or the safe is empty"
        >
          Load 50 blanko
        </Act>
        <Act does={() => act('emptyFeeder')} off={view.feeder.cards === 0} why="It is empty">
          Empty the feeder
        </Act>
        <Act does={() => act('emptyRejectBox')} off={view.box.cards === 0} why="It is empty">
          Empty reject box
        </Act>
        <Act does={() => act('changeRibbon')}>Change the ribbon</Act>
        <Act does={() => act('loadPaper')}>Load a paper roll</Act>
        <Act does={() => act('takeCardFromInside')} off={!view.inside || view.coverClosed} why="Open the cover first">
          Clear the inside
        </Act>
      </div>
      <div class="toggles">
        <Toggle label="Door open" on={!view.doorClosed} does={(on) => act(on ? 'openDoor' : 'closeDoor')} />
        <Toggle label="Cover open" on={!view.coverClosed} does={(on) => act(on ? 'openCover' : 'closeCover')} />
        <Toggle
          label="Receipt lid open"
          on={!view.receipt.coverClosed}
          does={(on) => act(on ? 'openReceiptLid' : 'closeReceiptLid')}
        />
      </div>
    </Group>
  );
}
