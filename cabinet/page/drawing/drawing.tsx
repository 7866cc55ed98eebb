import type { CabinetView } from '../../view.ts';
import type { Enlarge } from '../picture.tsx';
import { Body } from './body.tsx';
import { CameraSight } from './camera-sight.tsx';
import { CardPrinter } from './card-printer.tsx';
import { Citizen } from './citizen.tsx';
import { Glass } from './glass.tsx';
import { Mains } from './mains.tsx';
import { MovingCards } from './moving-cards.tsx';
import { Papers, ReceiptPrinter } from './receipt-printer.tsx';
import { Slot } from './slot.tsx';

/** The cabinet cut open from the side. Inside it the machine, right of it the citizen. All figures are drawing units. */
export function Drawing({ view, enlarge }: { view: CabinetView; enlarge: Enlarge }) {
  return (
    <svg class={`drawing ${view.mains ? '' : 'unlit'}`} viewBox="0 8 900 548" role="img" aria-label={summary(view)}>
      <Citizen />
      <Body view={view} />
      <Mains view={view} />
      <CardPrinter view={view} />
      <ReceiptPrinter view={view} />
      <Papers view={view} enlarge={enlarge} />
      <CameraSight view={view} />
      <Glass view={view} />
      <Slot view={view} />
      <MovingCards view={view} enlarge={enlarge} />
    </svg>
  );
}

/** The drawing in one sentence, for those who hear it. */
function summary(view: CabinetView): string {
  const where = view.bezel ? 'in the slot' : view.inside ? `inside at ${view.inside.at}` : 'nowhere on the way';
  return `Feeder ${view.feeder.cards} blanko, a card ${where}, shutter ${view.shutter.open ? 'open' : 'shut'}, reject box ${view.box.cards}.`;
}
