import { useState } from 'preact/hooks';
import { Accidents } from './controls/accidents.tsx';
import { CitizenControls } from './controls/citizen.tsx';
import { History } from './controls/history.tsx';
import { OperatorControls } from './controls/operator.tsx';
import { Drawing } from './drawing/drawing.tsx';
import { KioskFrame } from './kiosk-frame.tsx';
import { Enlarged, type Picture } from './picture.tsx';
import { act, useAbout, useWorld } from './world.ts';

export function App() {
  const { view, live } = useWorld();
  const { kioskUrl, citizens } = useAbout();
  const [picture, setPicture] = useState<Picture | null>(null);
  if (!view) return <p class="away">Looking for the cabinet …</p>;
  return (
    <main class="page">
      <section class="cabinet" aria-label="The simulated cabinet">
        <Drawing view={view} enlarge={setPicture} />
        {!live && <p class="away banner">The cabinet does not answer. This drawing shows its last known state.</p>}
      </section>
      <div class="beside">
        <KioskFrame url={kioskUrl} view={view} enlarge={setPicture} />
        <History view={view} citizens={citizens} />
      </div>
      <section class="controls" aria-label="What people can do">
        <CitizenControls view={view} citizens={citizens} act={act} />
        <OperatorControls view={view} act={act} />
        <Accidents view={view} act={act} />
      </section>
      {picture && <Enlarged picture={picture} close={() => setPicture(null)} />}
    </main>
  );
}
