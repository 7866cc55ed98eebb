import { useState } from 'preact/hooks';
import type { Action } from '../../actions.ts';
import type { About } from '../../page-server.ts';
import type { CabinetView } from '../../view.ts';
import type { Do } from '../world.ts';
import { Act, Group } from './parts.tsx';

const OWN_TEXT = 'own';

const holdings: [NonNullable<Action['as']>, string][] = [
  ['paper', 'on paper'],
  ['folded', 'on folded paper'],
  ['phone', 'on a phone'],
  ['cracked-phone', 'on a cracked phone'],
  ['dark-phone', 'on a dim phone'],
  ['inverted', 'on a phone in night mode'],
  ['glare', 'under a glaring lamp'],
];

export function CitizenControls({ view, citizens, act }: { view: CabinetView; citizens: About['citizens']; act: Do }) {
  const [chosen, choose] = useState<string | null>(null);
  const who = chosen ?? citizens[0]?.code ?? OWN_TEXT; // the list of citizens comes after the page
  return (
    <Group title="Citizen (warga)" note="Shows a code, touches the screen, takes the card.">
      <HoldCode view={view} citizens={citizens} act={act} who={who} choose={choose} />
      {view.platen && (
        <PutFinger lies={view.platen.finger !== null} citizens={citizens} act={act} here={who} key={who} />
      )}
      <div class="acts">
        <Act main does={() => act('takeCard')} off={!canTake(view)} why="No card stands in the open slot">
          Take the card
        </Act>
        <Act does={() => act('leaveCard')} off={!view.bezel} why="No card stands in the slot">
          Leave it and go
        </Act>
        <Act does={() => act('pushCardBack')} off={!canPush(view) || !view.taken} why="The slot is shut or taken">
          Push it back in
        </Act>
        <Act does={() => act('pushForeignCard')} off={!canPush(view)} why="The slot is shut or taken">
          Push in a bank card
        </Act>
        <Act does={() => act('takePaper')} off={view.receipt.tray.length === 0} why="No paper in the tray">
          Take the paper
        </Act>
      </div>
    </Group>
  );
}

const canTake = ({ bezel, shutter }: CabinetView) => bezel !== null && shutter.open && !shutter.resting;
const canPush = ({ bezel, shutter }: CabinetView) => bezel === null && shutter.open;

interface HoldCodeProps {
  view: CabinetView;
  citizens: About['citizens'];
  act: Do;
  who: string;
  choose: (who: string) => void;
}

function HoldCode({ view, citizens, act, who, choose }: HoldCodeProps) {
  const [text, setText] = useState('');
  const [as, setAs] = useState<Action['as']>('paper');
  const chosen = citizens.find(({ code }) => code === who);
  const own = !chosen;
  const code = own ? text : chosen.qr;
  const hold = () =>
    view.camera.held ? act('takeFromCamera') : act('holdBeforeCamera', { text: code, ...(as && { as }) });
  return (
    <div class="hold">
      <select
        aria-label="Who"
        value={own ? OWN_TEXT : chosen.code}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        {citizens.map((citizen) => (
          <option key={citizen.code} value={citizen.code}>
            {citizen.name} · {citizen.expect}
          </option>
        ))}
        <option value={OWN_TEXT}>A QR code of your own …</option>
      </select>
      {own ? (
        <input placeholder="Text of the QR code" value={text} onInput={(event) => setText(event.currentTarget.value)} />
      ) : (
        <p class="numbers">
          Number <b>{chosen.number}</b> · PIN <b>{chosen.pin}</b>
        </p>
      )}
      <div class="row">
        <select
          aria-label="How the code is held"
          value={as}
          onChange={(event) => setAs(event.currentTarget.value as Action['as'])}
        >
          {holdings.map(([name, words]) => (
            <option key={name} value={name}>
              {words}
            </option>
          ))}
        </select>
        <Act main={!view.camera.held} does={hold} off={!view.camera.held && code === ''} why="Type a text first">
          {view.camera.held ? 'Take the code away' : 'Hold it up'}
        </Act>
      </div>
    </div>
  );
}

const mannersOf: [NonNullable<Action['manner']>, string][] = [
  ['well', 'flat and dry'],
  ['lightly', 'hardly pressed'],
  ['wet', 'wet'],
  ['beside', 'beside the middle'],
];
const STRANGER = 'stranger';

interface PutFingerProps {
  lies: boolean;
  citizens: About['citizens'];
  act: Do;
  /** Who was chosen to stand here. */
  here: string;
}

/** A finger on the glass of the scanner, of whoever stands there or of somebody else. */
function PutFinger({ lies, citizens, act, here }: PutFingerProps) {
  const [who, setWho] = useState(here === OWN_TEXT ? (citizens[0]?.code ?? STRANGER) : here);
  const [manner, setManner] = useState<NonNullable<Action['manner']>>('well');
  const put = (finger: NonNullable<Action['finger']>, text = who) => act('putFinger', { text, finger, manner });
  return (
    <div class="hold">
      <div class="row">
        <select aria-label="Whose finger" value={who} onChange={(event) => setWho(event.currentTarget.value)}>
          {citizens.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
        <select
          aria-label="How the finger is put down"
          value={manner}
          onChange={(event) => setManner(event.currentTarget.value as typeof manner)}
        >
          {mannersOf.map(([name, words]) => (
            <option key={name} value={name}>
              {words}
            </option>
          ))}
        </select>
      </div>
      <div class="acts">
        <Act main={!lies} does={() => put('right-index')}>
          Put right index
        </Act>
        <Act does={() => put('left-index')}>Put left index</Act>
        <Act does={() => put('right-index', STRANGER)}>A stranger's finger</Act>
        <Act main={lies} does={() => act('liftFinger')} off={!lies} why="No finger lies on the glass">
          Lift
        </Act>
      </div>
    </div>
  );
}
