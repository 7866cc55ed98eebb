import type { CabinetView, PaperView } from '../../view.ts';
import type { Enlarge } from '../picture.tsx';
import { Unplugged } from './unplugged.tsx';

const FULL_ROLL = 44;
const CORE = 10;
const SLIT_Y = 412;
/** Paper is 576 dots wide and drawn this wide. */
const PAPER_WIDTH = 62;
const LONGEST = 104;
const TRAY_Y = 537;

function heightOf(paper: PaperView): number {
  return Math.min(LONGEST, Math.max(14, (paper.rows / 576) * PAPER_WIDTH));
}

/** The roll and the slit. */
export function ReceiptPrinter({ view }: { view: CabinetView }) {
  const { leftShare, coverClosed, cutterBlocked } = view.receipt;
  const radius = CORE + (FULL_ROLL - CORE) * Math.sqrt(leftShare);
  const words =
    leftShare === 0 ? 'paper is out' : !coverClosed ? 'lid open' : cutterBlocked ? 'cutter blocked' : 'receipt printer';
  return (
    <g class={view.devices['receipt-printer'].powered ? '' : 'dead'}>
      <g class={leftShare === 0 || !coverClosed || cutterBlocked ? 'roll alarm' : 'roll'}>
        <rect class="machine" x="452" y="392" width="150" height="118" rx="10" />
        {!coverClosed && <path class="cover" d="M452 400 L470 368 L604 356" />}
        <circle class="paper-roll" cx="512" cy="456" r={leftShare === 0 ? CORE : radius} />
        <circle class="core" cx="512" cy="456" r={CORE} />
        {leftShare > 0 && <path class="web" d={`M${512 + radius * 0.7} ${456 - radius * 0.7} L600 ${SLIT_Y}`} />}
        <text class="label" x="442" y="450" text-anchor="end">
          {words}
        </text>
        <text class="label" x="442" y="466" text-anchor="end">
          {leftShare > 0 ? `${Math.max(1, Math.round(leftShare * 50))} m left` : ''}
        </text>
      </g>
      <Unplugged device={view.devices['receipt-printer']} x={442} y={484} />
      <rect class="opening" x="606" y={SLIT_Y - 5} width="16" height="10" rx="2" />
    </g>
  );
}

/** The paper that hangs out of the slit, what lies in the tray, and what was taken last. Cut paper slides down into the tray. */
export function Papers({ view, enlarge }: { view: CabinetView; enlarge: Enlarge }) {
  const { strip, tray, taken } = view.receipt;
  const newest = tray.at(-1);
  const caption = tray.length > 1 ? `${tray.length} papers in the tray` : 'in the tray';
  return (
    <g>
      <path class="tray" d="M622 540 L698 540 L698 526" />
      {taken && <Sheet paper={taken} x={728} y={434} caption="paper in hand" enlarge={enlarge} />}
      {newest && (
        <Sheet paper={newest} x={630} y={TRAY_Y - heightOf(newest)} caption={strip ? '' : caption} enlarge={enlarge} />
      )}
      {strip && <Sheet paper={strip} x={626} y={SLIT_Y - 2} caption="" enlarge={enlarge} />}
    </g>
  );
}

/** Paper of its true length, up to what the drawing has room for; click to read it. */
function Sheet(props: { paper: PaperView; x: number; y: number; caption: string; enlarge: Enlarge }) {
  const { paper, x, y, caption, enlarge } = props;
  const { picture } = paper;
  const height = heightOf(paper);
  const show = () => picture && enlarge({ title: paper.id, address: picture, shape: 'paper' });
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button cannot stand inside a drawing
    <g class="sheet" role="button" tabIndex={0} onClick={show} onKeyDown={(event) => event.key === 'Enter' && show()}>
      <title>{paper.lines.join('\n')}</title>
      <text class="tiny" x={x} y={y - 6}>
        {caption}
      </text>
      <rect x={x} y={y} width={PAPER_WIDTH} height={height} />
      {picture && (
        <svg x={x} y={y} width={PAPER_WIDTH} height={height}>
          <title>{paper.id}</title>
          <image href={picture} width={PAPER_WIDTH} height={(paper.rows / 576) * PAPER_WIDTH} />
        </svg>
      )}
    </g>
  );
}
