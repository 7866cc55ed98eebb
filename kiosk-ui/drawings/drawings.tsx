import type { ComponentChildren } from 'preact';
import type { Effect, FingerPosition, FingerSay, PrintPhase } from '#contract/screen/screen-state.ts';
import { Card, Fingertip, Hand, Machine, Qr, Ridges, Slip } from './pieces.tsx';

/** Every drawing is 400 x 300 and says the same as the heading beside it, so it is silent for screen readers. */
function Drawing({ children }: { children: ComponentChildren }) {
  return (
    <svg class="drawing" viewBox="0 0 400 300" aria-hidden="true">
      {children}
    </svg>
  );
}

/** The attract loop: a card slides out of the lit slot, over and over, slowly. */
export const WelcomeDrawing = () => (
  <Drawing>
    <clipPath id="below-slot">
      <path d="M0 105h400v195H0z" />
    </clipPath>
    <Machine />
    <g clip-path="url(#below-slot)">
      <g class="slides">
        <Card x={100} y={112} />
      </g>
    </g>
  </Drawing>
);

export const RestingDrawing = () => (
  <Drawing>
    <Machine lit={false} />
    <path class="moon" d="M236 168a56 56 0 1 0 40 92 62 62 0 0 1-40-92z" />
  </Drawing>
);

export const PreparingDrawing = () => (
  <Drawing>
    <Machine lit={false} />
    <g class="beats">
      <circle class="dot" cx="150" cy="216" r="18" />
      <circle class="dot" cx="200" cy="216" r="18" />
      <circle class="dot" cx="250" cy="216" r="18" />
    </g>
  </Drawing>
);

export const ScanDrawing = () => (
  <Drawing>
    <rect class="machine" x="20" y="20" width="150" height="200" rx="24" />
    <circle class="slot" cx="95" cy="110" r="46" />
    <circle class="lens" cx="95" cy="110" r="28" />
    <circle class="gleam" cx="86" cy="100" r="9" />
    <path class="beam" d="M142 92L270 66v116l-128-48z" />
    <g class="nods">
      <Slip x={256} y={52} />
      <Hand x={318} y={170} />
    </g>
  </Drawing>
);

export const QrDrawing = () => (
  <Drawing>
    <Slip x={70} y={60} />
    <rect class="phone" x="216" y="50" width="112" height="196" rx="18" />
    <rect class="sheet" x="226" y="72" width="92" height="144" rx="4" />
    <Qr x={238} y={106} size={68} />
  </Drawing>
);

export const KeysDrawing = () => (
  <Drawing>
    {['1', '2', '3', '4', '5', '6', '7', '8', '9'].map((key, at) => (
      <g key={key} transform={`translate(${92 + (at % 3) * 76} ${36 + Math.floor(at / 3) * 78})`}>
        <rect class="sheet" width="64" height="66" rx="14" />
        <text class="key-figure" x="32" y="46">
          {key}
        </text>
      </g>
    ))}
  </Drawing>
);

export const AskingDrawing = () => (
  <Drawing>
    <Card x={20} y={88} />
    <path class="office" d="M300 64l76 42v12H224v-12zM236 128h128v96H236z" />
    <path class="office-doors" d="M252 144h20v64h-20zm38 0h20v64h-20zm38 0h20v64h-20z" />
    <g class="beats">
      <circle class="dot" cx="150" cy="258" r="12" />
      <circle class="dot" cx="200" cy="258" r="12" />
      <circle class="dot" cx="250" cy="258" r="12" />
    </g>
  </Drawing>
);

/** The glass with the sign of a finger, and the finger below it or on it. A left hand comes from the left; while it is read the glass fills. */
export function FingerDrawing({ finger, say, part }: { finger: FingerPosition; say: FingerSay; part: number }) {
  const lies = say === 'hold';
  const mirror = finger.startsWith('left') ? 'translate(400 0) scale(-1 1)' : undefined;
  return (
    <Drawing>
      <rect class="machine" x="70" y="12" width="260" height="196" rx="28" />
      <rect class="window" x="122" y="32" width="156" height="156" rx="22" />
      <Ridges x={200} y={40} />
      <clipPath id="glass">
        <rect x="122" y="32" width="156" height="156" rx="22" />
      </clipPath>
      {lies && (
        <g clip-path="url(#glass)">
          <rect class="slot-glow" x="122" y={32 + 156 * (1 - part)} width="156" height={156 * part} />
        </g>
      )}
      <g transform={mirror}>
        <g class={lies ? undefined : 'reaches'}>
          <Fingertip x={168} y={lies ? 58 : 140} />
        </g>
      </g>
    </Drawing>
  );
}

const phaseDepth: Record<PrintPhase, number> = {
  preparing: 0,
  feeding: 0.3,
  printing: 1,
  presenting: 1.6,
};

/** The card lies inside the open machine; colour covers it as far as the panels have come, and it moves with the phase. */
export function PrintingDrawing({ phase, fraction }: { phase: PrintPhase; fraction: number }) {
  const done = Math.min(1, Math.max(0, phase === 'printing' ? fraction : phaseDepth[phase] >= 1 ? 1 : 0));
  return (
    <Drawing>
      <rect class="machine" x="20" y="16" width="360" height="212" rx="22" />
      <rect class="window" x="68" y="36" width="264" height="160" rx="14" />
      <rect class="slot" x="92" y="204" width="216" height="14" rx="7" />
      <g transform={`translate(0 ${Math.round(phaseDepth[phase] * 32) - 36})`}>
        <rect class="card-blank" x="100" y="56" width="200" height="126" rx="12" />
        <clipPath id="printed">
          <rect x="100" y="56" width={200 * done} height="126" />
        </clipPath>
        <g clip-path="url(#printed)">
          <Card x={100} y={56} />
        </g>
        {phase === 'printing' && <rect class="head" x={94 + 200 * done} y="44" width="12" height="150" rx="6" />}
      </g>
    </Drawing>
  );
}

export const TakeDrawing = () => (
  <Drawing>
    <Machine />
    <clipPath id="under-slot">
      <path d="M0 105h400v195H0z" />
    </clipPath>
    <g clip-path="url(#under-slot)">
      <Card x={100} y={72} />
    </g>
    <g class="reaches">
      <Hand x={244} y={176} />
    </g>
  </Drawing>
);

/** Pulled back inside: safe, and not lost. */
export const KeptDrawing = () => (
  <Drawing>
    <rect class="machine" x="20" y="16" width="360" height="212" rx="22" />
    <rect class="window" x="68" y="36" width="264" height="160" rx="14" />
    <Card x={100} y={52} />
    <rect class="slot" x="92" y="204" width="216" height="14" rx="7" />
    <circle class="lock" cx="320" cy="212" r="46" />
    <path class="lock-sign" d="M300 208h40v30h-40zm8 0v-10a12 12 0 0 1 24 0v10" />
  </Drawing>
);

export const ReceiptDrawing = () => (
  <Drawing>
    <rect class="machine" x="60" y="16" width="280" height="96" rx="22" />
    <rect class="slot" x="116" y="82" width="168" height="14" rx="7" />
    <g class="rolls">
      <path
        class="sheet"
        d="M130 90h140v170l-17.500-12-17.500 12-17.500-12-17.500 12-17.500-12-17.500 12-17.500-12-17.500 12z"
      />
      <path class="card-lines" d="M152 126h96M152 150h72M152 174h96M152 198h52" />
    </g>
    <Hand x={228} y={176} />
  </Drawing>
);

export const DoneDrawing = () => (
  <Drawing>
    <circle class="halo" cx="200" cy="150" r="136" />
    <Card x={100} y={88} />
    <circle class="tick" cx="292" cy="216" r="44" />
    <path class="tick-sign" d="M272 217l15 15 27-31" />
  </Drawing>
);

export const OfficerDrawing = () => (
  <Drawing>
    <circle class="halo" cx="200" cy="150" r="136" />
    <circle class="skin" cx="200" cy="106" r="46" />
    <path class="hair" d="M152 104c-4-64 100-64 96 0-10-22-30-30-48-30s-38 8-48 30z" />
    <path class="uniform" d="M112 250c0-104 176-104 176 0z" />
    <path class="collar" d="M176 170l24 26 24-26-24-8z" />
    <path class="desk" d="M60 246h280v26H60z" />
  </Drawing>
);

const OfficeDrawing = () => (
  <Drawing>
    <path class="office" d="M200 26l152 84v22H48v-22zM72 144h256v112H72z" />
    <path class="office-doors" d="M96 164h36v72H96zm172 0h36v72h-36zM176 164h48v92h-48z" />
    <path class="machine" d="M40 256h320v20H40z" />
  </Drawing>
);

const CalendarDrawing = () => (
  <Drawing>
    <rect class="sheet" x="72" y="48" width="256" height="220" rx="22" />
    <path class="machine" d="M94 48h212a22 22 0 0 1 22 22v42H72V70a22 22 0 0 1 22-22z" />
    <path class="rings" d="M136 28v44m128-44v44" />
    <path class="days" d="M104 148h192M104 188h192M104 228h120" />
    <circle class="tick" cx="268" cy="228" r="24" />
  </Drawing>
);

const ClockDrawing = () => (
  <Drawing>
    <circle class="machine" cx="200" cy="150" r="126" />
    <circle class="face" cx="200" cy="150" r="102" />
    <path class="hands" d="M200 84v66l46 30" />
  </Drawing>
);

const AgainDrawing = () => (
  <Drawing>
    <circle class="halo" cx="200" cy="150" r="136" />
    <path class="turn" d="M278 108a92 92 0 1 0 14 56" />
    <path class="turn-head" d="M296 64v60h-60z" />
  </Drawing>
);

/** What to do now, as a drawing. */
export function NextDrawing({ next }: { next: Effect['next'] }) {
  switch (next) {
    case 'wait':
      return <ClockDrawing />;
    case 'retry':
      return <AgainDrawing />;
    case 'officer':
      return <OfficerDrawing />;
    case 'office':
    case 'go-elsewhere':
      return <OfficeDrawing />;
    case 'come-back':
      return <CalendarDrawing />;
    default:
      return next satisfies never;
  }
}
