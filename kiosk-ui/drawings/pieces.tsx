/** Pieces that several drawings share. All our own: a plain card, never the face of an official one. */

/** A card of 200 x 126 with its corner at x, y: a figure, some lines, nothing that looks official. */
export const Card = ({ x = 0, y = 0 }: { x?: number; y?: number }) => (
  <g transform={`translate(${x} ${y})`}>
    <rect class="card-body" width="200" height="126" rx="12" />
    <rect class="card-photo" x="16" y="24" width="58" height="78" rx="8" />
    <circle class="card-figure" cx="45" cy="54" r="14" />
    <path class="card-figure" d="M22 102c0-36 46-36 46 0z" />
    <path class="card-lines" d="M92 36h88M92 58h66M92 80h78M92 100h48" />
  </g>
);

/** The front of the machine, 360 wide, with its lit slot at y 96. */
export const Machine = ({ lit = true }: { lit?: boolean }) => (
  <g>
    <rect class="machine" x="20" y="16" width="360" height="124" rx="22" />
    <rect class="machine-screen" x="44" y="36" width="88" height="34" rx="8" />
    <circle class="machine-lamp" cx="340" cy="53" r="10" />
    {lit && <rect class="slot-glow" x="76" y="88" width="248" height="34" rx="17" />}
    <rect class="slot" x="92" y="98" width="216" height="14" rx="7" />
  </g>
);

/** A recording slip of 120 x 160 with a QR code and its number. */
export const Slip = ({ x = 0, y = 0 }: { x?: number; y?: number }) => (
  <g transform={`translate(${x} ${y})`}>
    <path class="sheet" d="M0 0h120v160l-15-9-15 9-15-9-15 9-15-9-15 9-15-9-15 9z" />
    <Qr x={28} y={20} size={64} />
    <path class="card-lines" d="M22 104h76M36 122h48" />
  </g>
);

/** Looks like a QR code and says nothing. */
export function Qr({ x, y, size }: { x: number; y: number; size: number }) {
  const eye = (at: string) => `M${at}h7v7h-7zm1 1v5h5v-5zm1 1h3v3h-3z`;
  return (
    <g transform={`translate(${x} ${y}) scale(${size / 21})`}>
      <path class="ink-fill" fill-rule="evenodd" d={[eye('0 0'), eye('14 0'), eye('0 14')].join('')} />
      <path
        class="ink-fill"
        d="M9 0h2v2h-2zm2 3h2v2h-2zm-3 2h2v2h-2zm-8 4h3v2H0zm5 0h4v2H5zm6-1h2v4h-2zm4 1h2v2h-2zm4 0h2v4h-2zm-7 5h3v2h-3zm5-1h2v2h-2zm-8 3h2v5h-2zm4 2h4v2h-4zm6-1h2v4h-2zm-3 3h2v2h-2z"
      />
    </g>
  );
}

/** A hand that comes from below right, its fingertips at 0, 0. */
export const Hand = ({ x, y }: { x: number; y: number }) => (
  <g transform={`translate(${x} ${y}) scale(0.68)`}>
    <path
      class="hand"
      d="M-4 8c-2-9 10-13 14-4l20 42 46 16c12 5 16 12 16 24v64H40c-4-24-14-40-30-58-8-10 4-20 14-12l10 8z"
    />
    <path class="sleeve" d="M34 136h64v40H34z" />
  </g>
);

/** One finger from above, 64 wide, its tip at y, with its nail; the hand comes from below right. */
export const Fingertip = ({ x, y }: { x: number; y: number }) => (
  <g transform={`translate(${x} ${y})`}>
    <path class="hand" d="M0 32a32 32 0 0 1 64 0v64l46 34v70H22C10 176 0 156 0 126z" />
    <path class="nail" d="M16 32a16 18 0 0 1 32 0v14q-16 8-32 0z" />
    <path class="sleeve" d="M18 196h96v44H18z" />
  </g>
);

/** The sign of a fingerprint, 72 wide, its top in the middle at x, y. */
export const Ridges = ({ x, y }: { x: number; y: number }) => (
  <path
    class="ridges"
    transform={`translate(${x} ${y})`}
    d="M-36 88V46a36 38 0 0 1 72 0v42M-24 96V48a24 26 0 0 1 48 0v48M-12 90V50a12 13 0 0 1 24 0v40M0 52v42"
  />
);
