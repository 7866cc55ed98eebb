import type { CabinetView } from '../../view.ts';
import { Unplugged } from './unplugged.tsx';

/** Feeder, head with its ribbon, and reject box. The path of the cards runs from left to right. */
export function CardPrinter({ view }: { view: CabinetView }) {
  return (
    <g class={view.devices['card-printer'].powered ? '' : 'dead'}>
      <Cover closed={view.coverClosed} />
      <line class="path" x1="190" y1="303" x2="612" y2="303" />
      {[214, 268, 322, 376, 430, 484, 538, 588].map((x) => (
        <circle key={x} class="roller" cx={x} cy="309" r="6" />
      ))}
      <Feeder view={view} />
      <Ribbon ribbon={view.ribbon} />
      <RejectBox view={view} />
      <PanelsDone panels={view.inside?.panels ?? null} />
      <Unplugged device={view.devices['card-printer']} x={582} y={132} />
    </g>
  );
}

/** Open, the lid stands on its struts. */
function Cover({ closed }: { closed: boolean }) {
  const y = closed ? 112 : 100;
  return (
    <g class={closed ? '' : 'alarm'}>
      {!closed && <path class="strut" d="M130 88 L130 112 M560 88 L560 112" />}
      <path class="cover" d={`M96 ${y} Q96 ${y - 12} 108 ${y - 12} L582 ${y - 12} Q594 ${y - 12} 594 ${y}`} />
      {!closed && (
        <text class="label" x="500" y="108" text-anchor="middle">
          printer cover open
        </text>
      )}
    </g>
  );
}

const STACK_BOTTOM = 300;
const STACK_HEIGHT = 150;

function Feeder({ view }: { view: CabinetView }) {
  const { cards, capacity, jammed } = view.feeder;
  const height = (cards / capacity) * STACK_HEIGHT;
  const edges = Math.min(cards, 38);
  return (
    <g class={cards === 0 || jammed ? 'feeder alarm' : 'feeder'}>
      <path class="tray" d="M104 136 L104 306 L184 306 L184 136" />
      <rect
        class="stack"
        x="108"
        y={STACK_BOTTOM - Math.max(height, cards > 0 ? 4 : 0)}
        width="72"
        height={Math.max(height, cards > 0 ? 4 : 0)}
        rx="2"
      />
      {Array.from({ length: edges }, (_, edge) => {
        const y = STACK_BOTTOM - ((edge + 1) * height) / (edges + 1);
        return <line key={edge} class="edge" x1="108" x2="180" y1={y} y2={y} />;
      })}
      <text class="figure" x="144" y="166" text-anchor="middle">
        {cards}
      </text>
      <text class="label" x="144" y="130" text-anchor="middle">
        {jammed ? 'feeder jammed' : cards === 0 ? 'feeder empty' : 'feeder (blanko)'}
      </text>
    </g>
  );
}

const FULL_SPOOL = 26;
const CORE = 9;

function Ribbon({ ribbon }: { ribbon: CabinetView['ribbon'] }) {
  const share = ribbon ? ribbon.prints / ribbon.capacity : 0;
  const left = CORE + (FULL_SPOOL - CORE) * Math.sqrt(share);
  const right = CORE + (FULL_SPOOL - CORE) * Math.sqrt(1 - share);
  const words = !ribbon
    ? 'no ribbon'
    : ribbon.broken
      ? 'ribbon torn'
      : ribbon.prints === 0
        ? 'ribbon ended'
        : `ribbon: ${ribbon.prints} of ${ribbon.capacity} cards`;
  return (
    <g class={!ribbon || ribbon.broken || ribbon.prints === 0 ? 'ribbon alarm' : 'ribbon'}>
      {ribbon && (
        <g>
          {!ribbon.broken && <path class="film" d={`M${262 - left} 172 L292 226 L352 226 L${382 + right} 172`} />}
          <circle class="spool" cx="262" cy="172" r={left} />
          <circle class="core" cx="262" cy="172" r={CORE - 2} />
          <circle class="spool used" cx="382" cy="172" r={right} />
          <circle class="core" cx="382" cy="172" r={CORE - 2} />
        </g>
      )}
      <path class="head" d="M302 196 L342 196 L342 218 L328 232 L316 232 L302 218 Z" />
      <text class="label" x="322" y="132" text-anchor="middle">
        {words}
      </text>
    </g>
  );
}

function RejectBox({ view }: { view: CabinetView }) {
  const { cards, capacity } = view.box;
  const full = cards >= capacity;
  return (
    <g class={full ? 'box alarm' : 'box'}>
      <path class="tray" d="M420 324 L420 366 L520 366 L520 324" />
      {Array.from({ length: Math.min(cards, 9) }, (_, index) => (
        <rect key={index} class="rejected" x={428} y={360 - index * 4} width="84" height="3" rx="1" />
      ))}
      <text class="label" x="530" y="346">
        reject box
      </text>
      <text class="figure small" x="530" y="365">
        {cards}
        <tspan class="label"> of {capacity}</tspan>
      </text>
    </g>
  );
}

const panels = ['y', 'm', 'c', 'k', 'o'] as const;

/** Which of the five panels are on the card: yellow, magenta, cyan, black, overlay. */
function PanelsDone({ panels: done }: { panels: string[] | null }) {
  if (!done) return null;
  return (
    <g>
      {panels.map((panel, index) => (
        <g key={panel} class={`panel ${panel} ${done.includes(panel) ? 'done' : ''}`}>
          <rect x={222 + index * 27} y="332" width="23" height="23" rx="6" />
          <text x={233.5 + index * 27} y="348" text-anchor="middle">
            {panel.toUpperCase()}
          </text>
        </g>
      ))}
    </g>
  );
}
