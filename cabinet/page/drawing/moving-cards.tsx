import type { CabinetView, CardView } from '../../view.ts';
import type { Enlarge } from '../picture.tsx';

interface Standing {
  card: CardView;
  x: number;
  y: number;
  scale: number;
  where: string;
}

const stationX = { print: 274, contact: 350, contactless: 400, exit: 488 } as const;

/** Cards on their way, each drawn once, so that it glides from place to place. They face us, to be read. */
export function MovingCards({ view, enlarge }: { view: CabinetView; enlarge: Enlarge }) {
  return (
    <g>
      {view.taken && <Hand view={view} />}
      {standing(view).map(({ card, x, y, scale, where }) => (
        <g key={card.id} class="card" style={{ transform: `translate(${x}px, ${y}px) scale(${scale})` }}>
          <Face card={card} where={where} enlarge={enlarge} />
        </g>
      ))}
    </g>
  );
}

function standing({ inside, bezel, taken }: CabinetView): Standing[] {
  return [
    ...(taken ? [{ card: taken, x: 706, y: 316, scale: 1.62, where: `taken by ${taken.who}` }] : []),
    ...(inside ? [{ card: inside, x: stationX[inside.at], y: 238, scale: 1, where: `inside, at ${inside.at}` }] : []),
    ...(bezel ? [{ card: bezel, x: 566, y: 258, scale: 1, where: 'in the slot' }] : []),
  ].filter(({ card }, index, all) => all.findLastIndex((other) => other.card.id === card.id) === index);
}

function Face({ card, where, enlarge }: { card: CardView; where: string; enlarge: Enlarge }) {
  const { picture } = card;
  const title = `${card.id}, ${where}`;
  const show = () => picture && enlarge({ title, address: picture, shape: 'card' });
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button cannot stand inside a drawing
    <g
      class={picture ? 'face' : 'face blank'}
      role="button"
      tabIndex={0}
      onClick={show}
      onKeyDown={(event) => event.key === 'Enter' && show()}
    >
      <title>{title}</title>
      <rect class={card.kind} width="96" height="61" rx="5" />
      {picture ? (
        <image href={picture} width="96" height="61" preserveAspectRatio="none" />
      ) : (
        <text class="tiny" x="48" y="34" text-anchor="middle">
          {card.kind === 'blanko' ? 'blanko' : 'bank card'}
        </text>
      )}
      <rect class="rim" width="96" height="61" rx="5" />
    </g>
  );
}

/** Behind the card that was taken: whose hand it is, and how many cards are out. */
function Hand({ view }: { view: CabinetView }) {
  return (
    <g>
      <text class="label" x="706" y="306">
        in hand: {view.taken?.who}
      </text>
      <text class="tiny" x="862" y="306" text-anchor="end">
        {view.takenCount} out
      </text>
    </g>
  );
}
