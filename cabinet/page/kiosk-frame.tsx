import { useEffect, useRef, useState } from 'preact/hooks';
import type { CabinetView } from '../view.ts';
import type { Enlarge } from './picture.tsx';

/** The kiosk's page is made for a standing touch screen of 1080 x 1920, and shown smaller here. */
const SCREEN_WIDTH_PX = 1080;

/** What the citizen sees: the kiosk's own page, served by the controller. */
export function KioskFrame({ url, view, enlarge }: { url: string | null; view: CabinetView; enlarge: Enlarge }) {
  return (
    <section class="screen" aria-label="The kiosk's screen">
      <div class="screen-glass">{url ? <Scaled url={url} /> : <NoScreen view={view} enlarge={enlarge} />}</div>
    </section>
  );
}

function Scaled({ url }: { url: string }) {
  const box = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  useEffect(() => {
    const watcher = new ResizeObserver(([entry]) => entry && setSize(entry.contentRect));
    if (box.current) watcher.observe(box.current);
    return () => watcher.disconnect();
  }, []);
  const scale = size.width / SCREEN_WIDTH_PX;
  const style = { width: `${SCREEN_WIDTH_PX}px`, height: `${size.height / scale}px`, transform: `scale(${scale})` };
  return (
    <div class="scaled" ref={box}>
      {scale > 0 && <iframe src={url} title="The kiosk's screen" style={style} />}
    </div>
  );
}

/** Without a kiosk beside it the page shows what came out last. */
function NoScreen({ view, enlarge }: { view: CabinetView; enlarge: Enlarge }) {
  const card = view.bezel ?? view.taken;
  const picture = card?.picture;
  return (
    <div class="no-screen">
      {picture && (
        <button type="button" onClick={() => enlarge({ title: card.id, address: picture, shape: 'card' })}>
          <img src={picture} alt="The last card" />
        </button>
      )}
      <p>No kiosk was named at start.</p>
      <p>
        <code>npm start</code> shows its screen here.
      </p>
    </div>
  );
}
